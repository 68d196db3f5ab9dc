// Organizations and their projects over HTTP.
import { z } from 'zod'
import type { Context } from '../../context.ts'
import type { Caller, Principal } from '../../manage/caller.ts'
import * as organizations from '../../manage/organizations.ts'
import * as projects from '../../manage/projects.ts'
import { parse, readJson } from './body.ts'
import { level, words } from './fields.ts'
import { readSlice, sliceOf } from './paging.ts'
import type { ApiContext } from './request.ts'

const slug = words(48).regex(
  /^[a-z0-9]+(-[a-z0-9]+)*$/,
  'Expected lower-case letters, digits and single hyphens',
)
const organizationFields = z.object({
  name: words(64),
  slug: slug.optional(),
  members_can_invite: z.boolean().optional(),
  default_membership_level: level([1, 8]).optional(),
})
const projectFields = z.object({ name: words(128), access: z.enum(['open', 'restricted']).default('open') })

export async function list(ctx: Context, principal: Principal, c: ApiContext) {
  const slice = readSlice(ctx, c)
  return c.json(sliceOf(slice, await organizations.readOrganizations(ctx, principal, slice)))
}

export async function create(ctx: Context, principal: Principal, c: ApiContext) {
  organizations.requireUnlimited(principal)
  const fields = parse(organizationFields, await readJson(c))
  return c.json(await organizations.createOrganization(ctx, principal, fields), 201)
}

export async function show(ctx: Context, caller: Caller, c: ApiContext) {
  return c.json(await organizations.readOrganization(ctx, caller))
}

export async function change(ctx: Context, caller: Caller, c: ApiContext) {
  const patch = parse(organizationFields.partial(), await readJson(c))
  return c.json(await organizations.changeOrganization(ctx, caller, patch))
}

export async function remove(ctx: Context, caller: Caller, c: ApiContext) {
  await organizations.removeOrganization(ctx, caller)
  return c.body(null, 204)
}

export async function listProjects(ctx: Context, caller: Caller, c: ApiContext) {
  const slice = readSlice(ctx, c)
  return c.json(sliceOf(slice, await projects.readProjects(ctx, caller, slice)))
}

export async function createProject(ctx: Context, caller: Caller, c: ApiContext) {
  const fields = parse(projectFields, await readJson(c))
  return c.json(await projects.createProject(ctx, caller, fields), 201)
}
