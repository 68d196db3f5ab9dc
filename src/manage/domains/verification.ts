// Proving that a domain is the organization's: the check that an administrator asks for, and the daily one.
import { invalid, missing, throttled } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { systemActor } from '../../domain/actor.ts'
import { type Domain, isVerified } from '../../domain/domain.ts'
import { afterRecheck, judge, recordFor, type VerificationCheck } from '../../domain/verification.ts'
import { verificationLostLetter } from '../../outside/mail/letters.ts'
import { type Db, transact } from '../../store/db.ts'
import { isUniqueViolation } from '../../store/dialect.ts'
import {
  findDomain,
  findVerifiedDomain,
  listDomainsToRecheck,
  lockDomain,
  replaceDomain,
  takeCheck,
} from '../../store/domain/domains.ts'
import { deleteScimTokens } from '../../store/domain/scim-tokens.ts'
import { mailAdmins } from '../delivery/admin-mail.ts'
import { type DomainCaller, requirePart } from '../set-up/caller.ts'
import { holdRight } from '../set-up/hold.ts'
import { recordDomain } from './audit.ts'
import { type DomainObject, viewDomain } from './view.ts'

const secondsBetweenChecks = 5

export interface Verification extends DomainObject {
  verification_check: VerificationCheck
}

/** A check that finds nothing is an answer, not a refusal. */
export async function verifyDomain(
  ctx: Context,
  caller: DomainCaller,
  domain: Domain,
): Promise<Verification> {
  requirePart(caller, domain.id, 'verify')
  if (isVerified(domain)) throw alreadyVerified(domain)
  return checkNow(ctx, caller, domain)
}

/** As `verifyDomain`; of a verified domain whose record was missed it is the daily check, before its time. */
export async function checkNow(ctx: Context, caller: DomainCaller, domain: Domain): Promise<Verification> {
  requirePart(caller, domain.id, 'verify')
  if (isVerified(domain) && !isMissed(domain)) throw alreadyVerified(domain)
  await refuseHeldElsewhere(ctx.db, domain)
  const checkedAt = await takeTurn(ctx, domain)
  const check = await lookUp(ctx, domain)
  const after = await settle(ctx, domain, { check, caller })
  const shown = after ?? { ...domain, lastCheckedAt: checkedAt }
  return { ...(await viewDomain(ctx, caller, shown)), verification_check: check }
}

const alreadyVerified = ({ name }: Domain) => invalid('already_verified', `${name} is verified already.`)

/** Its record was not there the last time. */
const isMissed = ({ failingSince, verificationLostAt }: Domain): boolean =>
  failingSince !== null || verificationLostAt !== null

interface Looked {
  readonly check: VerificationCheck
  readonly caller: DomainCaller
}

async function settle(ctx: Context, domain: Domain, { check, caller }: Looked): Promise<Domain | undefined> {
  if (isVerified(domain)) return settleRecheck(ctx, domain, { check, caller })
  return check.outcome === 'verified' ? markVerified(ctx, caller, domain) : undefined
}

async function takeTurn(ctx: Context, domain: Domain): Promise<string> {
  const now = ctx.now()
  const notAfter = new Date(now.getTime() - secondsBetweenChecks * 1000).toISOString()
  if (await takeCheck(ctx.db, domain, { now: now.toISOString(), notAfter })) return now.toISOString()
  throw throttled(
    `${domain.name} can be checked once in ${secondsBetweenChecks} seconds.`,
    secondsBetweenChecks,
  )
}

async function lookUp(ctx: Context, domain: Domain): Promise<VerificationCheck> {
  const { challengePrefix } = ctx.config
  return judge(await ctx.lookUpTxt(recordFor(domain, challengePrefix).name), domain, challengePrefix)
}

async function markVerified(ctx: Context, caller: DomainCaller, { id, name }: Domain): Promise<Domain> {
  const now = ctx.now().toISOString()
  try {
    return await transact(ctx.db, async tx => {
      await holdRight(tx, caller, now)
      const before = await lockDomain(tx, caller.organizationId, id)
      if (!before) throw missing()
      await refuseHeldElsewhere(tx, before)
      const verified = { verifiedAt: now, verifiedBy: 'dns', lastCheckedAt: now, updatedAt: now } as const
      const after: Domain = { ...before, ...verified, failingSince: null, verificationLostAt: null }
      await replaceDomain(tx, after)
      await recordDomain(tx, caller, { action: 'domain.verified', before, after, now })
      return after
    })
  } catch (error) {
    throw asTaken(error, name)
  }
}

/** Only one organization can hold a name verified. */
export async function refuseHeldElsewhere(db: Db, { name, organizationId }: Domain): Promise<void> {
  const holder = await findVerifiedDomain(db, name)
  if (holder && holder.organizationId !== organizationId) throw taken(name)
}

/** Two organizations that prove the name at once: the database lets one through, and the other learns it here. */
export const asTaken = (error: unknown, name: string): unknown =>
  isUniqueViolation(error, 'domains_verified_name') ? taken(name) : error

const taken = (name: string) => invalid('domain_taken', `Another organization has verified ${name} already.`)

/** The daily check of a domain that is verified. */
export async function recheckDomain(ctx: Context, { organizationId, id }: Domain): Promise<void> {
  const domain = await findDomain(ctx.db, organizationId, id)
  if (!domain || !isVerified(domain)) return
  await settleRecheck(ctx, domain, { check: await lookUp(ctx, domain), caller: null })
}

/** What follows from a loss is the operator's policy. `caller`: who asked for the check; null when its time had come. */
async function settleRecheck(
  ctx: Context,
  { organizationId, id }: Domain,
  { check, caller }: { check: VerificationCheck; caller: DomainCaller | null },
): Promise<Domain | undefined> {
  const now = ctx.now()
  const settled = await transact(ctx.db, async tx => {
    if (caller) await holdRight(tx, caller, now.toISOString())
    const before = await lockDomain(tx, organizationId, id)
    if (!before || !isVerified(before)) return undefined
    const { changes, event } = afterRecheck(before, check, { now, policy: ctx.config.reverifyPolicy })
    const after = { ...before, ...changes }
    await replaceDomain(tx, after)
    if (!event) return { after, event }
    if (!after.scimEnabled) await deleteScimTokens(tx, id)
    const by = caller ?? { organizationId, actor: systemActor }
    const action = `domain.verification_${event}`
    await recordDomain(tx, by, { action, before, after, now: now.toISOString() })
    if (event === 'lost') await tellOfLoss(tx, ctx, after)
    return { after, event }
  })
  if (settled?.event) {
    const { after, event } = settled
    ctx.log.warn({ organizationId, domain: after.name, event, check }, 'domain verification changed')
  }
  return settled?.after
}

async function tellOfLoss(tx: Db, ctx: Context, domain: Domain): Promise<void> {
  const { organizationId, name, failingSince } = domain
  const { challengePrefix, reverifyPolicy } = ctx.config
  const facts = {
    domain: name,
    record: recordFor(domain, challengePrefix),
    failingSince: failingSince ?? ctx.now().toISOString(),
    isRevoked: reverifyPolicy === 'revoke',
  }
  await mailAdmins(tx, ctx, {
    organizationId,
    write: addressed => verificationLostLetter({ ...addressed, ...facts }),
  })
}

/** Verified domains that are due for their daily check, the longest unchecked first. */
export const listDueDomains = (ctx: Context, { before, limit }: { before: string; limit: number }) =>
  listDomainsToRecheck(ctx.db, before, limit)
