// The projects of an organization: small integers that invites and environment mappings refer to.
import type { Db } from '../db.ts'
import type { ProjectsTable } from '../tables/tables.ts'

export type Project = ProjectsTable

export const listProjects = (db: Db, organizationId: string, page: { limit: number; offset: number }) =>
  db
    .selectFrom('projects')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('id')
    .limit(page.limit)
    .offset(page.offset)
    .execute()

/** Those of these ids that are there. */
export async function findProjects(
  db: Db,
  organizationId: string,
  ids: readonly number[],
): Promise<Project[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('projects')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', 'in', ids)
    .execute()
}

export async function countProjects(db: Db, organizationId: string): Promise<number> {
  const { total } = await db
    .selectFrom('projects')
    .where('organization_id', '=', organizationId)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** The next free number; exact only while the organization's row is locked. */
export async function nextProjectId(db: Db, organizationId: string): Promise<number> {
  const { last } = await db
    .selectFrom('projects')
    .where('organization_id', '=', organizationId)
    .select(({ fn }) => fn.max('id').as('last'))
    .executeTakeFirstOrThrow()
  return (last ?? 0) + 1
}

export const insertProject = (db: Db, project: Project) => db.insertInto('projects').values(project).execute()
