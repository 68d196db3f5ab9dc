// Organizations and their projects over HTTP.
import { z } from 'zod'
import * as organizations from '../../manage/organizations/organizations.ts'
import * as projects from '../../manage/organizations/projects.ts'
import { level, words } from './mount/fields.ts'
import { inOrganization, ofAccount } from './mount/operation.ts'
import { pageOf, slice, sliceOf } from './mount/paging.ts'
import * as shapes from './mount/shapes.ts'

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
const newOrganization = organizationFields.meta({ id: 'NewOrganization' })
export const organizationPatch = organizationFields.partial().meta({ id: 'OrganizationPatch' })
const newProject = z
  .object({ name: words(128), access: z.enum(['open', 'restricted']).default('open') })
  .meta({ id: 'NewProject' })

const organization = z
  .object({
    id: shapes.id,
    name: z.string(),
    slug: z.string(),
    created_at: shapes.instant,
    updated_at: shapes.instant,
    membership_level: shapes.level.describe("The caller's."),
    member_count: z.int(),
    members_can_invite: z.boolean(),
    default_membership_level: shapes.level,
  })
  .meta({ id: 'Organization' })

const project = z
  .object({
    id: z.int(),
    name: z.string(),
    api_token: z.string(),
    access: z.enum(['open', 'restricted']),
    created_at: shapes.instant,
  })
  .meta({ id: 'Project' })

export const list = ofAccount({
  id: 'listOrganizations',
  summary: 'The organizations of the caller',
  query: slice,
  answer: pageOf(organization),
  run: async (ctx, { caller, url, query }) => {
    const asked = query()
    return sliceOf(url, asked, await organizations.readOrganizations(ctx, caller, asked))
  },
})

export const create = ofAccount({
  id: 'createOrganization',
  summary: 'Make an organization; the caller becomes its owner',
  body: newOrganization,
  answer: organization,
  status: 201,
  run: async (ctx, { caller, body }) => {
    organizations.requireUnlimited(caller)
    return organizations.createOrganization(ctx, caller, await body())
  },
})

export const show = inOrganization({
  id: 'getOrganization',
  summary: 'The organization',
  answer: organization,
  run: (ctx, { caller }) => organizations.readOrganization(ctx, caller),
})

export const change = inOrganization({
  id: 'updateOrganization',
  summary: 'Change the organization',
  body: organizationPatch,
  answer: organization,
  run: async (ctx, { caller, body }) => organizations.changeOrganization(ctx, caller, await body()),
})

export const remove = inOrganization({
  id: 'deleteOrganization',
  summary: 'Delete the organization and everything in it',
  answer: 'nothing',
  run: (ctx, { caller }) => organizations.removeOrganization(ctx, caller),
})

export const listProjects = inOrganization({
  id: 'listProjects',
  summary: 'The projects of the organization',
  query: slice,
  answer: pageOf(project),
  run: async (ctx, { caller, url, query }) => {
    const asked = query()
    return sliceOf(url, asked, await projects.readProjects(ctx, caller, asked))
  },
})

export const createProject = inOrganization({
  id: 'createProject',
  summary: 'Make a project',
  body: newProject,
  answer: project,
  status: 201,
  run: async (ctx, { caller, body }) => projects.createProject(ctx, caller, await body()),
})
