// Set-up links: made for whoever runs a customer's directory and DNS, listed, revoked. The secret is shown once.
import { newId } from '../base/id.ts'
import { invalid, missing } from '../base/refusal.ts'
import { digestOf, newSecret } from '../base/secret.ts'
import type { Context } from '../context.ts'
import { type Db, transact } from '../store/db.ts'
import { findDomain } from '../store/domain/domains.ts'
import { lockOrganization } from '../store/organization/organizations.ts'
import { findPeople, findPerson } from '../store/organization/people.ts'
import {
  countSetUpLinks,
  findSetUpLink,
  insertSetUpLink,
  listSetUpLinks,
  markSetUpLinkRevoked,
  type NamedSetUpLink,
  type SetUpLink,
} from '../store/organization/set-up-links.ts'
import { record } from './audit.ts'
import { type Caller, holdLevel, operatorIdOf, requireLevel } from './caller.ts'
import { linkTarget } from './set-up/facts.ts'
import { queueSetUpMail } from './set-up/mail.ts'
import { type Asked, readWish, type SetUpLinkWish } from './set-up/wish.ts'
import { nameOf, userBasic } from './user-basic.ts'

const mostLive = 50
const dayMs = 24 * 60 * 60 * 1000

export type SetUpLinkObject = ReturnType<typeof view>

export async function readSetUpLinks(
  ctx: Context,
  { organizationId }: Caller,
  page: { domainId: string | undefined; limit: number; offset: number },
): Promise<{ count: number; results: SetUpLinkObject[] }> {
  const count = await countSetUpLinks(ctx.db, organizationId, page)
  const links = await listSetUpLinks(ctx.db, organizationId, page)
  const people = await findPeople(ctx.db, [...new Set(links.flatMap(({ created_by }) => created_by ?? []))])
  const now = ctx.now().toISOString()
  const results = links.map(link => {
    const maker = people.get(link.created_by ?? '')
    return view(link, { now, createdBy: maker ? userBasic(maker) : null })
  })
  return { count, results }
}

/** With the link, whose secret is nowhere else. */
export async function createSetUpLink(ctx: Context, caller: Caller, wish: SetUpLinkWish) {
  const asked = readWish(wish)
  const secret = newSecret()
  const url = `${ctx.config.baseUrl}/set-up/${secret}`
  const at = ctx.now()
  return transact(ctx.db, async tx => {
    const organization = await lockOrganization(tx, caller.organizationId)
    if (!organization) throw missing()
    requireLevel(await holdLevel(tx, caller), 'admin')
    await refuseTooMany(tx, caller, at)
    const domain = asked.domainId && (await findDomain(tx, caller.organizationId, asked.domainId))
    if (domain === undefined) throw missing()
    const domainName = domain ? domain.name : null
    const link = linkOf(caller, asked, { digest: digestOf(secret), at })
    await insertSetUpLink(tx, link)
    if (asked.sendTo !== null) {
      const maker = caller.personId === null ? undefined : await findPerson(tx, caller.personId)
      const askedBy = maker ? nameOf(maker) : organization.name
      const organizationName = organization.name
      await queueSetUpMail(tx, ctx, { link, to: asked.sendTo, url, organizationName, domainName, askedBy })
    }
    await recordCreation(tx, caller, { link, domainName })
    return { id: link.id, label: link.label, sent_to: link.sent_to, expires_at: link.expires_at, url }
  })
}

async function refuseTooMany(tx: Db, { organizationId }: Caller, at: Date): Promise<void> {
  const live = await countSetUpLinks(tx, organizationId, { liveAt: at.toISOString() })
  if (live < mostLive) return
  throw invalid(
    'too_many_links',
    `${live} set-up links are live, and at most ${mostLive} may be; revoke one first.`,
  )
}

const linkOf = (
  caller: Caller,
  { domainId, label, sendTo, parts, days }: Asked,
  { digest, at }: { digest: string; at: Date },
): SetUpLink => ({
  organization_id: caller.organizationId,
  id: newId(),
  domain_id: domainId,
  digest,
  label,
  sent_to: sendTo,
  parts,
  created_by: caller.personId,
  operator_id: operatorIdOf(caller),
  created_at: at.toISOString(),
  expires_at: new Date(at.getTime() + days * dayMs).toISOString(),
  opened_at: null,
  last_used_at: null,
  last_used_ip: null,
  revoked_at: null,
})

function recordCreation(
  tx: Db,
  caller: Caller,
  { link, domainName }: { link: SetUpLink; domainName: string | null },
) {
  const { parts, sent_to, expires_at, created_at: now } = link
  const changes = {
    domain: { before: null, after: domainName },
    parts: { before: null, after: parts },
    sent_to: { before: null, after: sent_to },
    expires_at: { before: null, after: expires_at },
  }
  return record(tx, caller, { action: 'set_up_link.created', target: linkTarget(link), changes, now })
}

/** It opens nothing from now on, for whoever has it open either. */
export async function revokeSetUpLink(ctx: Context, caller: Caller, id: string): Promise<void> {
  const now = ctx.now().toISOString()
  await transact(ctx.db, async tx => {
    requireLevel(await holdLevel(tx, caller), 'admin')
    const link = await findSetUpLink(tx, caller.organizationId, id)
    if (!link) throw missing()
    if (!(await markSetUpLinkRevoked(tx, link, now)))
      throw invalid('already_over', 'The link was over already: it had expired, or been revoked.')
    const changes = { revoked_at: { before: null, after: now } }
    await record(tx, caller, { action: 'set_up_link.revoked', target: linkTarget(link), changes, now })
  })
}

const view = (
  link: NamedSetUpLink,
  { now, createdBy }: { now: string; createdBy: ReturnType<typeof userBasic> | null },
) => ({
  id: link.id,
  domain: link.domain_id === null ? null : { id: link.domain_id, name: link.domain_name ?? '' },
  label: link.label,
  sent_to: link.sent_to,
  parts: link.parts,
  state: stateOf(link, now),
  created_by: createdBy,
  created_at: link.created_at,
  expires_at: link.expires_at,
  opened_at: link.opened_at,
  last_used_at: link.last_used_at,
  last_used_ip: link.last_used_ip,
  revoked_at: link.revoked_at,
})

/** `live`: nobody has opened it yet. */
function stateOf(
  { revoked_at, expires_at, opened_at }: SetUpLink,
  now: string,
): 'live' | 'used' | 'expired' | 'revoked' {
  if (revoked_at !== null) return 'revoked'
  if (expires_at <= now) return 'expired'
  return opened_at === null ? 'live' : 'used'
}
