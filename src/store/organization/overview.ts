// All organizations of the installation at a glance, a page at a time, for its operators.
import { type SqlBool, sql } from 'kysely'
import type { Db } from '../db.ts'
import { foldSql, kindOf } from '../dialect.ts'
import type { Organization } from './organizations.ts'

interface OverviewSearch {
  /** Part of the name or the slug, the name of a domain, or the id. */
  readonly search?: string | undefined
}

function matching(db: Db, { search }: OverviewSearch) {
  const query = db.selectFrom('organizations')
  if (search === undefined) return query
  const term = search.toLowerCase()
  const pattern = sql<string>`${`%${term.replaceAll(/[\\%_]/g, '\\$&')}%`} escape '\\'`
  return query.where(({ or, eb, exists, ref, selectFrom }) =>
    or([
      eb(foldSql(kindOf(db), ref('organizations.name')), 'like', pattern),
      eb('organizations.slug', 'like', pattern),
      eb('organizations.id', '=', term),
      exists(
        selectFrom('domains')
          .select('domains.id')
          .whereRef('domains.organization_id', '=', 'organizations.id')
          .where('domains.name', 'like', pattern),
      ),
    ]),
  )
}

export async function countAllOrganizations(db: Db, search: OverviewSearch): Promise<number> {
  const { total } = await matching(db, search)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** The newest first. */
export const listAllOrganizations = (
  db: Db,
  { limit, offset, ...search }: OverviewSearch & { limit: number; offset: number },
): Promise<Organization[]> =>
  matching(db, search)
    .selectAll('organizations')
    .orderBy('organizations.created_at', 'desc')
    .orderBy('organizations.id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()

interface DirectoryFacts {
  readonly domains: number
  readonly verified: number
  readonly users: number
  readonly last_push_at: string | null
  readonly last_refused_at: string | null
}

/** What the domains of each of these have: the last request of an identity provider is found by its key alone. */
export async function readDirectoryFacts(
  db: Db,
  organizationIds: readonly string[],
): Promise<ReadonlyMap<string, DirectoryFacts>> {
  if (organizationIds.length === 0) return new Map()
  const rows = await db
    .selectFrom(eachDomain(db, organizationIds).as('each'))
    .groupBy('each.organization_id')
    .select(({ fn }) => [
      'each.organization_id',
      fn.countAll<number>().as('domains'),
      fn.count<number>('each.verified_at').as('verified'),
      fn.sum<number | null>('each.users').as('users'),
      fn.max('each.last_push_at').as('last_push_at'),
      fn.max('each.last_refused_at').as('last_refused_at'),
    ])
    .execute()
  return new Map(
    rows.map(({ organization_id, domains, verified, users, ...rest }) => [
      organization_id,
      { ...rest, domains: Number(domains), verified: Number(verified), users: Number(users ?? 0) },
    ]),
  )
}

const eachDomain = (db: Db, organizationIds: readonly string[]) =>
  db
    .selectFrom('domains')
    .where('domains.organization_id', 'in', organizationIds)
    .select(({ selectFrom }) => [
      'domains.organization_id',
      'domains.verified_at',
      selectFrom('resource_counts')
        .whereRef('resource_counts.domain_id', '=', 'domains.id')
        .where('resource_counts.kind', '=', 'User')
        .select(({ fn }) => fn.sum<number>('resource_counts.total').as('total'))
        .as('users'),
      selectFrom('scim_log')
        .whereRef('scim_log.domain_id', '=', 'domains.id')
        .select('scim_log.created_at')
        .orderBy('scim_log.id', 'desc')
        .limit(1)
        .as('last_push_at'),
      // Word for word as the index of failures has it.
      selectFrom('scim_log')
        .whereRef('scim_log.domain_id', '=', 'domains.id')
        .where(sql<SqlBool>`response_status >= 400 and (response_status / 100) = 4`)
        .select('scim_log.created_at')
        .orderBy('scim_log.id', 'desc')
        .limit(1)
        .as('last_refused_at'),
    ])
