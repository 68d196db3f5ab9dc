// Who has access to a project that is not open to everybody in the organization.
import type { Db } from '../db.ts'
import type { ProjectMembersTable } from '../tables/sign-ins.ts'

/** Projects that are not there any more are left out; whoever has access already keeps the level they have. */
export async function grantProjects(
  tx: Db,
  { organizationId, personId, now }: { organizationId: string; personId: string; now: string },
  access: readonly { id: number; level: ProjectMembersTable['level'] }[],
): Promise<void> {
  if (access.length === 0) return
  const projects = await tx
    .selectFrom('projects')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where(
      'id',
      'in',
      access.map(each => each.id),
    )
    .execute()
  const known = new Set(projects.map(project => project.id))
  for (const { id, level } of access.filter(each => known.has(each.id))) {
    await tx
      .insertInto('project_members')
      .values({
        organization_id: organizationId,
        project_id: id,
        person_id: personId,
        level,
        created_at: now,
      })
      .onConflict(conflict => conflict.columns(['organization_id', 'project_id', 'person_id']).doNothing())
      .execute()
  }
}

/** The projects that somebody was given access to, with the level they have there. */
export const listProjectsOf = (db: Db, organizationId: string, personId: string) =>
  db
    .selectFrom('project_members')
    .select(['project_id', 'level'])
    .where('organization_id', '=', organizationId)
    .where('person_id', '=', personId)
    .execute()
