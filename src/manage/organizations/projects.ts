// The projects of an organization.
import { missing } from '../../base/refusal.ts'
import { newSecret } from '../../base/secret.ts'
import type { Context } from '../../context.ts'
import { transact } from '../../store/db.ts'
import { lockOrganization } from '../../store/organization/organizations.ts'
import {
  countProjects,
  insertProject,
  listProjects,
  nextProjectId,
  type Project,
} from '../../store/organization/projects.ts'
import { changesBetween, record } from '../audit.ts'
import { type Caller, holdLevel, requireLevel } from '../caller.ts'

export async function readProjects(
  ctx: Context,
  { organizationId }: Caller,
  page: { limit: number; offset: number },
) {
  const count = await countProjects(ctx.db, organizationId)
  const rows = await listProjects(ctx.db, organizationId, page)
  return { count, results: rows.map(view) }
}

export async function createProject(
  ctx: Context,
  caller: Caller,
  { name, access }: { name: string; access: Project['access'] },
) {
  const { organizationId } = caller
  const now = ctx.now().toISOString()
  return transact(ctx.db, async tx => {
    if (!(await lockOrganization(tx, organizationId))) throw missing()
    requireLevel(await holdLevel(tx, caller), 'admin')
    const project: Project = {
      organization_id: organizationId,
      id: await nextProjectId(tx, organizationId),
      name,
      api_token: newSecret('gtp_'),
      access,
      created_at: now,
    }
    await insertProject(tx, project)
    const target = { type: 'project', id: String(project.id), label: name }
    const changes = changesBetween({}, { name, access })
    await record(tx, caller, { action: 'project.created', target, changes, now })
    return view(project)
  })
}

const view = ({ id, name, api_token, access, created_at }: Project) => ({
  id,
  name,
  api_token,
  access,
  created_at,
})
