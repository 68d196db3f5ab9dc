// The personal API keys: only digests, each with its owner, its scopes and the organizations it is limited to.
import type { Db } from '../db.ts'
import { type Places, prepare } from '../statement.ts'
import type { ApiKeysTable } from '../tables/tables.ts'
import { listMembershipsOf } from './members.ts'

/** The row with its two lists read. */
export interface ApiKey extends Omit<ApiKeysTable, 'scopes' | 'organizations'> {
  scopes: readonly string[]
  /** null: every organization of the owner. */
  organizations: readonly string[] | null
}

export const readKey = (row: ApiKeysTable): ApiKey => ({
  ...row,
  scopes: JSON.parse(row.scopes) as string[],
  organizations: row.organizations === null ? null : (JSON.parse(row.organizations) as string[]),
})

export const insertApiKey = (db: Db, key: ApiKey) =>
  db
    .insertInto('api_keys')
    .values({
      ...key,
      scopes: JSON.stringify(key.scopes),
      organizations: key.organizations === null ? null : JSON.stringify(key.organizations),
    })
    .execute()

export async function findApiKeyByDigest(db: Db, digest: string): Promise<ApiKey | undefined> {
  const row = await db.selectFrom('api_keys').selectAll().where('digest', '=', digest).executeTakeFirst()
  return row && readKey(row)
}

/** By its id alone: for the operator, who sees every organization. */
export async function findApiKey(db: Db, id: string): Promise<ApiKey | undefined> {
  const row = await db.selectFrom('api_keys').selectAll().where('id', '=', id).executeTakeFirst()
  return row && readKey(row)
}

const listOf = prepare((db, { personId }: Places<{ personId: string }>) =>
  db.selectFrom('api_keys').selectAll().where('person_id', '=', personId).orderBy('id', 'desc'),
)

/** The newest first. */
export async function listApiKeysOf(db: Db, personId: string): Promise<ApiKey[]> {
  return (await listOf.all(db, { personId })).map(readKey)
}

/** Whether there was one to delete. */
export async function deleteApiKey(db: Db, personId: string, id: string): Promise<boolean> {
  const result = await db
    .deleteFrom('api_keys')
    .where('person_id', '=', personId)
    .where('id', '=', id)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}

export const markApiKeyUsed = (
  db: Db,
  { personId, id, now }: { personId: string; id: string; now: string },
) =>
  db
    .updateTable('api_keys')
    .set({ last_used_at: now })
    .where('person_id', '=', personId)
    .where('id', '=', id)
    .execute()

/**
 * What the end or the suspension of a membership does to the person's keys: none opens this organization again, even
 * if the person comes back; one that opens nothing else dies. A key without a limit keeps the other organizations.
 */
export async function endApiKeysIn(db: Db, organizationId: string, personId: string): Promise<void> {
  for (const key of await listApiKeysOf(db, personId)) await endApiKeyIn(db, organizationId, key)
}

/** As `endApiKeysIn`, for one of them; gives what it opens from now on. */
export async function endApiKeyIn(db: Db, organizationId: string, key: ApiKey): Promise<readonly string[]> {
  const memberships = await listMembershipsOf(db, key.person_id)
  const opened = key.organizations ?? memberships.map(member => member.organization_id)
  return close(db, key, { organizationId, opened })
}

/** Before an organization is deleted: what `endApiKeysIn` does, to the keys that are limited to it and to others. */
export async function endApiKeysLimitedTo(db: Db, organizationId: string): Promise<void> {
  const rows = await db
    .selectFrom('api_keys')
    .selectAll()
    .where('person_id', 'in', ({ selectFrom }) =>
      selectFrom('members').select('person_id').where('organization_id', '=', organizationId),
    )
    .where('organizations', 'like', `%"${organizationId}"%`)
    .execute()
  for (const key of rows.map(readKey))
    await close(db, key, { organizationId, opened: key.organizations ?? [] })
}

async function close(
  db: Db,
  { person_id: personId, id }: ApiKey,
  { organizationId, opened }: { organizationId: string; opened: readonly string[] },
): Promise<readonly string[]> {
  const left = opened.filter(each => each !== organizationId)
  if (left.length === 0) await deleteApiKey(db, personId, id)
  else await limitApiKey(db, { personId, id, organizations: left })
  return left
}

const limitApiKey = (
  db: Db,
  { personId, id, organizations }: { personId: string; id: string; organizations: readonly string[] },
) =>
  db
    .updateTable('api_keys')
    .set({ organizations: JSON.stringify(organizations) })
    .where('person_id', '=', personId)
    .where('id', '=', id)
    .execute()

export const deleteExpiredApiKeys = (db: Db, before: string) =>
  db.deleteFrom('api_keys').where('expires_at', '<', before).execute()
