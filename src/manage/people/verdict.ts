// Whether somebody can sign in, with all that the answer rests on and what happened last.
import type { Context } from '../../context.ts'
import type { AccessFacts, Verdict } from '../../domain/access-verdict.ts'
import { judgeAccess } from '../../domain/access-verdict.ts'
import { type Domain, domainOfAddress } from '../../domain/domain.ts'
import { findVerifiedDomain, listDomains } from '../../store/domain/domains.ts'
import { findNewestInviteTo, type Invite } from '../../store/organization/invites.ts'
import { lastId } from '../../store/records/audit-about.ts'
import type { Caller } from '../caller.ts'
import { findMembershipEnd, type MembershipEnd } from './end.ts'
import { readSignIns, type SignInHappening } from './history.ts'
import type { Subject } from './subject.ts'

interface Attempt {
  readonly at: string
  readonly domainId: string
  readonly signInId: string
  readonly code: string | null
}

export interface ReadVerdict {
  readonly verdict: Verdict
  readonly facts: AccessFacts
  /** All of the organization. */
  readonly domains: readonly Domain[]
  readonly invite: Invite | undefined
  readonly end: MembershipEnd | undefined
  /** Through SAML, tests left out. */
  readonly lastAccepted: Attempt | undefined
  readonly lastRefused: Attempt | undefined
}

export async function readVerdict(ctx: Context, caller: Caller, subject: Subject): Promise<ReadVerdict> {
  const { organizationId } = caller
  const { address, member, users } = subject
  const isInside = member?.status === 'active'
  const [domains, holder, invite, end, attempts] = await Promise.all([
    listDomains(ctx.db, organizationId),
    address === null ? undefined : findVerifiedDomain(ctx.db, domainOfAddress(address) ?? ''),
    address === null ? undefined : findNewestInviteTo(ctx.db, organizationId, address),
    isInside ? undefined : findMembershipEnd(ctx, caller, subject),
    readLastAttempts(ctx, caller, subject),
  ])
  const isLive = invite !== undefined && invite.expires_at > ctx.now().toISOString()
  const facts: AccessFacts = {
    organizationId,
    address,
    status: member?.status,
    isDeactivated: users.length > 0 && users.every(user => user.active === 0),
    hasInvite: isLive,
    hadInvite: invite !== undefined && !isLive,
    wasRemoved: end?.how === 'removed',
    domains,
    holder,
    emailLinks: ctx.config.emailLinks,
  }
  return { verdict: judgeAccess(facts), facts, domains, invite, end, ...attempts }
}

/** Among so many of the newest. */
const lookedAt = 40

async function readLastAttempts(ctx: Context, caller: Caller, subject: Subject) {
  const last: { lastAccepted?: Attempt; lastRefused?: Attempt } = {}
  let looked = 0
  for await (const { row } of readSignIns({ ctx, caller, subject, before: lastId })) {
    if (row.kind !== 'test') {
      if (row.code === null) last.lastAccepted ??= attemptOf(row)
      else last.lastRefused ??= attemptOf(row)
    }
    looked += 1
    // Whatever was refused before the last success is over.
    if (last.lastAccepted || looked === lookedAt) break
  }
  return { lastAccepted: last.lastAccepted, lastRefused: last.lastRefused }
}

const attemptOf = ({ created_at: at, domain_id: domainId, id, code }: SignInHappening['row']): Attempt => ({
  at,
  domainId,
  signInId: id,
  code,
})
