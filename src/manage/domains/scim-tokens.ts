// The bearer tokens of a domain's identity provider: made, rotated with or without an overlap, revoked.
import { newId } from '../../base/id.ts'
import { invalid, missing } from '../../base/refusal.ts'
import { digestOf, hintOf, newSecret } from '../../base/secret.ts'
import type { Context } from '../../context.ts'
import { type Db, transact } from '../../store/db.ts'
import { findDomain, lockDomain } from '../../store/domain/domains.ts'
import {
  deleteScimToken,
  deleteScimTokens,
  endScimTokensAt,
  insertScimToken,
  listLiveScimTokens,
} from '../../store/domain/scim-tokens.ts'
import { record } from '../audit.ts'
import { type DomainCaller, requirePart, requireReach } from '../set-up/caller.ts'
import { holdRight } from '../set-up/hold.ts'
import { domainTarget } from './audit.ts'
import { refuseUnseen } from './scim-tokens/seen.ts'
import { scimBaseUrl } from './view.ts'

const tokenPrefix = 'gts_'
export const maxOverlapping = 2

export const longestOverlapSeconds = 604_800

/** Makes a token and gives its clear text, which is nowhere else. */
export async function addToken(
  tx: Db,
  { personId }: DomainCaller,
  { domainId, now }: { domainId: string; now: string },
) {
  const clear = newSecret(tokenPrefix)
  const hint = hintOf(clear)
  await insertScimToken(tx, {
    domain_id: domainId,
    id: newId(),
    digest: digestOf(clear),
    hint,
    created_at: now,
    expires_at: null,
    last_used_at: null,
    last_used_ip: null,
    created_by: personId,
  })
  return { clear, hint }
}

export async function requireScim(ctx: Context, caller: DomainCaller, domainId: string): Promise<void> {
  requireReach(caller, domainId)
  const domain = await findDomain(ctx.db, caller.organizationId, domainId)
  if (!domain) throw missing()
  if (!domain.scimEnabled) throw scimDisabled(domain.name)
}

const scimDisabled = (name: string) =>
  invalid('scim_disabled', `SCIM is off for ${name}; switch it on to have a token.`)

interface Rotation {
  readonly domainId: string
  readonly overlapSeconds: number
  /** By `seenTokens`: nothing becomes of others. */
  readonly seen?: string | undefined
}

/** A new token. Without an overlap every older one dies at once; with one they live on for so many seconds. */
export async function rotateToken(
  ctx: Context,
  caller: DomainCaller,
  { domainId, overlapSeconds, seen }: Rotation,
) {
  requirePart(caller, domainId, 'scim')
  const now = ctx.now()
  return transact(ctx.db, async tx => {
    await holdRight(tx, caller, now.toISOString())
    const domain = await lockDomain(tx, caller.organizationId, domainId)
    if (!domain) throw missing()
    if (!domain.scimEnabled) throw scimDisabled(domain.name)
    const live = await listLiveScimTokens(tx, domainId, now.toISOString())
    if (seen !== undefined) refuseUnseen(live, { seen, endsAll: overlapSeconds === 0 })
    const end = overlapSeconds > 0 ? new Date(now.getTime() + overlapSeconds * 1000).toISOString() : null
    if (end === null) await deleteScimTokens(tx, domainId)
    else if (live.length >= maxOverlapping) throw tooMany(live.length)
    else await endScimTokensAt(tx, domainId, end)
    const { clear, hint } = await addToken(tx, caller, { domainId, now: now.toISOString() })
    const before = live.map(token => token.hint)
    await record(tx, caller, {
      action: 'scim.token_rotated',
      target: domainTarget(domain),
      changes: { scim_tokens: { before, after: end === null ? [hint] : [...before, hint] } },
      now: now.toISOString(),
    })
    return {
      scim_enabled: true,
      scim_base_url: scimBaseUrl(ctx.config.baseUrl, domain),
      scim_bearer_token: clear,
      expires_previous_at: live[0] && end ? earlier(live[0].expires_at, end) : null,
    }
  })
}

const earlier = (expiry: string | null, end: string) => (expiry !== null && expiry < end ? expiry : end)

const tooMany = (live: number) =>
  invalid(
    'too_many_tokens',
    `${live} tokens are live, and at most ${maxOverlapping} may be; revoke one, or rotate without an overlap.`,
  )

/** Dies at once. */
interface Revocation {
  readonly domainId: string
  readonly tokenId: string
  /** By `seenTokens`: it ends only as it was shown. */
  readonly seen?: string | undefined
}

export async function revokeToken(
  ctx: Context,
  caller: DomainCaller,
  { domainId, tokenId, seen }: Revocation,
): Promise<void> {
  requirePart(caller, domainId, 'scim')
  const now = ctx.now().toISOString()
  await transact(ctx.db, async tx => {
    await holdRight(tx, caller, now)
    const domain = await lockDomain(tx, caller.organizationId, domainId)
    const token = domain && (await listLiveScimTokens(tx, domainId, now)).find(({ id }) => id === tokenId)
    if (!token) throw missing()
    if (seen !== undefined) refuseUnseen([token], { seen, endsAll: true })
    await deleteScimToken(tx, domainId, tokenId)
    await record(tx, caller, {
      action: 'scim.token_revoked',
      target: domainTarget(domain),
      changes: { scim_token: { before: token.hint, after: null } },
      now,
    })
  })
}
