// The organizations that one person belongs to, looked through a page at a time.
import { sql } from 'kysely'
import type { Db } from '../db.ts'
import { foldSql, kindOf } from '../dialect.ts'
import type { OrganizationOfMember } from './organizations.ts'

interface Search {
  /** Part of the name. */
  readonly search: string | undefined
}

function matching(db: Db, personId: string, { search }: Search) {
  const query = db
    .selectFrom('members')
    .innerJoin('organizations', 'organizations.id', 'members.organization_id')
    .where('members.person_id', '=', personId)
    .where('members.status', '=', 'active')
  if (search === undefined) return query
  const pattern = `%${search.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`
  return query.where(({ eb, ref }) =>
    eb(foldSql(kindOf(db), ref('organizations.name')), 'like', sql<string>`${pattern} escape '\\'`),
  )
}

export async function countOrganizationsOf(db: Db, personId: string, search: Search): Promise<number> {
  const { total } = await matching(db, personId, search)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** By name. */
export const searchOrganizationsOf = (
  db: Db,
  personId: string,
  { limit, offset, ...search }: Search & { limit: number; offset: number },
): Promise<OrganizationOfMember[]> =>
  matching(db, personId, search)
    .selectAll('organizations')
    .select('members.level')
    .orderBy('organizations.name')
    .orderBy('organizations.id')
    .limit(limit)
    .offset(offset)
    .execute()
