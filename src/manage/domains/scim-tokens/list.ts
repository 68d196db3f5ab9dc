// The live SCIM tokens of an organization, domain by domain, each with who made it and who uses it.
import { missing } from '../../../base/refusal.ts'
import type { Context } from '../../../context.ts'
import type { Db } from '../../../store/db.ts'
import { listLiveScimTokensAmong, type ScimToken } from '../../../store/domain/scim-tokens.ts'
import {
  countTokenHolders,
  findTokenHolder,
  listDomainsWithoutScim,
  listTokenHolders,
  type TokenHolder,
} from '../../../store/domain/token-holders.ts'
import { listNamedMembers } from '../../../store/organization/named-members.ts'
import { listAudit } from '../../../store/records/audit.ts'
import { countResources } from '../../../store/resources/counts.ts'
import type { Caller } from '../../caller.ts'
import { type LastUser, readLastUsers } from './last-use.ts'

export interface ListedToken {
  readonly id: string
  readonly hint: string
  readonly createdAt: string
  /** Null: nobody knows any more. `personId` is that of a member. */
  readonly maker: { readonly name: string; readonly personId: string | null } | null
  readonly expiresAt: string | null
  readonly lastUsedAt: string | null
  readonly lastUsedIp: string | null
  readonly lastUser: LastUser | null
}

export interface TokensOfDomain {
  readonly id: string
  readonly name: string
  /** The oldest first. */
  readonly tokens: readonly ListedToken[]
}

/** Domains without a token too, as long as SCIM is on for them. */
export async function readTokens(ctx: Context, caller: Caller, page: { limit: number; offset: number }) {
  const { organizationId } = caller
  const count = await countTokenHolders(ctx.db, organizationId)
  const holders = await listTokenHolders(ctx.db, organizationId, page)
  return { count, results: await describeAll(ctx, caller, holders) }
}

/** Some of the domains that have no SCIM yet. */
export const readDomainsWithoutScim = (ctx: Context, { organizationId }: Caller, limit: number) =>
  listDomainsWithoutScim(ctx.db, organizationId, limit)

export interface TokensAtStake extends TokensOfDomain {
  /** How many its directory keeps up to date. */
  readonly users: number
  readonly groups: number
}

/** Missing where SCIM is off: there are no tokens then. */
export async function readTokensAtStake(
  ctx: Context,
  caller: Caller,
  domainId: string,
): Promise<TokensAtStake> {
  const holder = await findTokenHolder(ctx.db, caller.organizationId, domainId)
  const [described] = holder ? await describeAll(ctx, caller, [holder]) : []
  if (!described) throw missing()
  return {
    ...described,
    users: await countResources(ctx.db, domainId, 'User'),
    groups: await countResources(ctx.db, domainId, 'Group'),
  }
}

async function describeAll(
  { db, now }: Context,
  { organizationId }: Caller,
  holders: readonly TokenHolder[],
): Promise<TokensOfDomain[]> {
  const ids = holders.map(({ id }) => id)
  const tokens = await listLiveScimTokensAmong(db, ids, now().toISOString())
  const makers = await readMakers(db, organizationId, tokens)
  const byDomain = Map.groupBy(tokens, token => token.domain_id)
  return Promise.all(
    holders.map(async ({ id, name }) => {
      const own = byDomain.get(id) ?? []
      const users = await readLastUsers(db, id, own)
      return { id, name, tokens: own.map(token => describe(token, { users, makers })) }
    }),
  )
}

type Maker = ListedToken['maker']

const describe = (
  token: ScimToken,
  { users, makers }: { users: ReadonlyMap<string, LastUser>; makers: ReadonlyMap<string, Maker> },
): ListedToken => ({
  id: token.id,
  hint: token.hint,
  createdAt: token.created_at,
  maker: makers.get(token.id) ?? null,
  expiresAt: token.expires_at,
  lastUsedAt: token.last_used_at,
  lastUsedIp: token.last_used_ip || null,
  lastUser: users.get(token.id) ?? null,
})

/** By the id of a token. What somebody is called who is no member is what the audit log called them then. */
async function readMakers(
  db: Db,
  organizationId: string,
  tokens: readonly ScimToken[],
): Promise<ReadonlyMap<string, Maker>> {
  const ids = [...new Set(tokens.flatMap(({ created_by: id }) => id ?? []))]
  const members = new Map(
    (await listNamedMembers(db, organizationId, { ids, emails: [] })).map(member => [member.id, member]),
  )
  const makers = new Map<string, Maker>()
  for (const { id, domain_id: targetId, created_at: at, created_by: personId } of tokens) {
    const member = members.get(personId ?? '')
    if (member) makers.set(id, { name: member.name || member.email, personId: member.id })
    else {
      const [row] = await listAudit(db, organizationId, { targetId, after: at, before: at, limit: 1 })
      makers.set(id, row ? { name: row.actor_label, personId: null } : null)
    }
  }
  return makers
}
