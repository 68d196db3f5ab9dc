// The bearer tokens of a domain's identity provider: only digests, and the one look-up that admits a request.
import type { InferResult } from 'kysely'
import type { Profile } from '../../scim/quirks.ts'
import type { Db } from '../db.ts'
import { type Places, prepare } from '../statement.ts'
import type { ScimTokensTable } from '../tables/tables.ts'

export type ScimToken = ScimTokensTable

/** The domain that a token opens, with what every push needs to know of it. */
interface ScimDomain {
  id: string
  organizationId: string
  name: string
  isVerified: boolean
  isScimEnabled: boolean
  profile: Profile
  foreignAddresses: 'allow' | 'refuse'
  requiresIfMatch: boolean
  unknownMembers: 'refuse' | 'drop'
  /** Which schemas it has registered by now; 0 is none ever. */
  schemasVersion: number
}

export interface AdmittedToken {
  id: string
  hint: string
  /** The person who made it; null when it was the operator. */
  createdBy: string | null
  expiresAt: string | null
  lastUsedAt: string | null
  domain: ScimDomain
}

const withDomain = (db: Db) =>
  db
    .selectFrom('scim_tokens as token')
    .innerJoin('domains as domain', 'domain.id', 'token.domain_id')
    .select([
      'token.id',
      'token.hint',
      'token.created_by',
      'token.expires_at',
      'token.last_used_at',
      'token.domain_id',
      'domain.organization_id',
      'domain.name',
      'domain.verified_at',
      'domain.scim_enabled',
      'domain.scim_profile',
      'domain.scim_foreign_addresses',
      'domain.scim_require_if_match',
      'domain.scim_unknown_members',
      'domain.scim_schemas_version',
    ])
type AdmittedRow = InferResult<ReturnType<typeof withDomain>>[number]

const findByDigest = prepare(
  (db, { digest }: Places<{ digest: string }>) => withDomain(db).where('token.digest', '=', digest),
  { keepsAnswers: true },
)

/** The token of this digest, expired or not, with its domain: the one look-up in front of every request. */
export async function findScimToken(db: Db, digest: string): Promise<AdmittedToken | undefined> {
  const row = await findByDigest.first(db, { digest })
  return row && admittedOf(row)
}

/** The same by the token's id, for work that goes on after its request. */
export async function findScimTokenById(
  db: Db,
  domainId: string,
  id: string,
): Promise<AdmittedToken | undefined> {
  const row = await withDomain(db)
    .where('token.domain_id', '=', domainId)
    .where('token.id', '=', id)
    .executeTakeFirst()
  return row && admittedOf(row)
}

function admittedOf(row: AdmittedRow): AdmittedToken {
  return {
    id: row.id,
    hint: row.hint,
    createdBy: row.created_by,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    domain: {
      id: row.domain_id,
      organizationId: row.organization_id,
      name: row.name,
      isVerified: row.verified_at !== null,
      isScimEnabled: row.scim_enabled === 1,
      profile: row.scim_profile as Profile,
      foreignAddresses: row.scim_foreign_addresses,
      requiresIfMatch: row.scim_require_if_match === 1,
      unknownMembers: row.scim_unknown_members,
      schemasVersion: row.scim_schemas_version,
    },
  }
}

export const insertScimToken = (db: Db, token: ScimToken) =>
  db.insertInto('scim_tokens').values(token).execute()

/** Those that still open the domain at `now`, the oldest first. */
export const listLiveScimTokens = (db: Db, domainId: string, now: string): Promise<ScimToken[]> =>
  db
    .selectFrom('scim_tokens')
    .selectAll()
    .where('domain_id', '=', domainId)
    .where(({ or, eb }) => or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .orderBy('id')
    .execute()

/** The live tokens of every domain of an organization, the oldest first. */
export const listLiveScimTokensOf = (db: Db, organizationId: string, now: string): Promise<ScimToken[]> =>
  db
    .selectFrom('scim_tokens')
    .innerJoin('domains', 'domains.id', 'scim_tokens.domain_id')
    .selectAll('scim_tokens')
    .where('domains.organization_id', '=', organizationId)
    .where(({ or, eb }) =>
      or([eb('scim_tokens.expires_at', 'is', null), eb('scim_tokens.expires_at', '>', now)]),
    )
    .orderBy('scim_tokens.id')
    .execute()

/** The live tokens of these domains, the oldest first. */
export async function listLiveScimTokensAmong(
  db: Db,
  domainIds: readonly string[],
  now: string,
): Promise<ScimToken[]> {
  if (domainIds.length === 0) return []
  return db
    .selectFrom('scim_tokens')
    .selectAll()
    .where('domain_id', 'in', domainIds)
    .where(({ or, eb }) => or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .orderBy('id')
    .execute()
}

/** Whether there was one to delete. */
export async function deleteScimToken(db: Db, domainId: string, id: string): Promise<boolean> {
  const result = await db
    .deleteFrom('scim_tokens')
    .where('domain_id', '=', domainId)
    .where('id', '=', id)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}

export const deleteScimTokens = (db: Db, domainId: string) =>
  db.deleteFrom('scim_tokens').where('domain_id', '=', domainId).execute()

/** Gives every token of the domain that lives longer than `at` its end there. */
export const endScimTokensAt = (db: Db, domainId: string, at: string) =>
  db
    .updateTable('scim_tokens')
    .set({ expires_at: at })
    .where('domain_id', '=', domainId)
    .where(({ or, eb }) => or([eb('expires_at', 'is', null), eb('expires_at', '>', at)]))
    .execute()

export interface TokenUse {
  readonly domainId: string
  readonly id: string
  readonly now: string
  readonly ip: string | null
}

const markUsed = prepare((db, { domainId, id, now, ip }: Places<TokenUse>) =>
  db
    .updateTable('scim_tokens')
    .set({ last_used_at: now, last_used_ip: ip })
    .where('domain_id', '=', domainId)
    .where('id', '=', id),
)

export const markScimTokenUsed = (tx: Db, use: TokenUse) => markUsed.run(tx, use)

export const deleteExpiredScimTokens = (db: Db, now: string) =>
  db.deleteFrom('scim_tokens').where('expires_at', '<=', now).execute()
