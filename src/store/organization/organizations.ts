// The organizations: their rows, and the ones a person belongs to.
import type { Db } from '../db.ts'
import { type Places, prepare } from '../statement.ts'
import type { OrganizationsTable } from '../tables/tables.ts'

export type Organization = OrganizationsTable

export interface OrganizationOfMember extends Organization {
  level: number
}

export const insertOrganization = (db: Db, organization: Organization) =>
  db.insertInto('organizations').values(organization).execute()

export const findOrganization = (db: Db, id: string): Promise<Organization | undefined> =>
  db.selectFrom('organizations').selectAll().where('id', '=', id).executeTakeFirst()

/** Whether there is one at all. */
export const hasOrganizations = async (db: Db): Promise<boolean> =>
  (await db.selectFrom('organizations').select('id').limit(1).executeTakeFirst()) !== undefined

const defaultLevelOf = prepare((db, { id }: Places<{ id: string }>) =>
  db.selectFrom('organizations').select('default_membership_level').where('id', '=', id),
)

/** The level of whoever joins without being invited. */
export const findDefaultLevel = async (db: Db, id: string): Promise<number | undefined> =>
  (await defaultLevelOf.first(db, { id }))?.default_membership_level

/** The oldest of this name; names are not unique. */
export const findOrganizationByName = (
  db: Db,
  name: string,
  except = '',
): Promise<Organization | undefined> =>
  db
    .selectFrom('organizations')
    .selectAll()
    .where('name', '=', name)
    .where('id', '!=', except)
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()

/** Nobody else changes it, or counts its projects, until the transaction ends; rows may still be added to it. */
export const lockOrganization = (tx: Db, id: string): Promise<Organization | undefined> =>
  tx.selectFrom('organizations').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirst()

/** Which of these are there; they stay until the transaction ends. */
export async function keepOrganizations(tx: Db, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await tx
    .selectFrom('organizations')
    .select('id')
    .where('id', 'in', ids)
    .orderBy('id')
    .forKeyShare()
    .execute()
  return rows.map(row => row.id)
}

export const updateOrganization = (db: Db, id: string, changes: Partial<Organization>) =>
  db.updateTable('organizations').set(changes).where('id', '=', id).execute()

/** Whether there was one to delete. */
export async function deleteOrganization(db: Db, id: string): Promise<boolean> {
  const result = await db.deleteFrom('organizations').where('id', '=', id).executeTakeFirst()
  return result.numDeletedRows > 0n
}

/** Whether the slug belongs to an organization, other than `except` where one is given. */
export async function isSlugTaken(db: Db, slug: string, except?: string): Promise<boolean> {
  const row = await db.selectFrom('organizations').select('id').where('slug', '=', slug).executeTakeFirst()
  return row !== undefined && row.id !== except
}

/** The organizations in which the person is an active member, the oldest membership first. */
export const listOrganizationsOf = (
  db: Db,
  personId: string,
  { only, limit }: { readonly only?: readonly string[] | undefined; readonly limit?: number } = {},
): Promise<OrganizationOfMember[]> =>
  db
    .selectFrom('organizations')
    .innerJoin('members', 'members.organization_id', 'organizations.id')
    .where('members.person_id', '=', personId)
    .where('members.status', '=', 'active')
    .$if(only !== undefined, query => query.where('organizations.id', 'in', only ?? []))
    .$if(limit !== undefined, query => query.limit(limit ?? 0))
    .selectAll('organizations')
    .select('members.level')
    .orderBy('members.joined_at')
    .orderBy('organizations.id')
    .execute()
