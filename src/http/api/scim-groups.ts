// The groups of a domain over HTTP, and the level that each may give.
import { z } from 'zod'
import { requireDomain } from '../../manage/domains/domains.ts'
import { changeGroupLevel, readGroups } from '../../manage/domains/scim-groups.ts'
import { level } from './mount/fields.ts'
import { inOrganization } from './mount/operation.ts'
import { pageOf, slice, sliceOf } from './mount/paging.ts'
import * as shapes from './mount/shapes.ts'

/** A group can make an administrator, never an owner. */
export const groupPatch = z.object({ level: level([1, 8]).nullable() }).meta({ id: 'ScimGroupPatch' })

const group = z
  .object({
    id: shapes.id,
    display_name: z.string(),
    external_id: z.string().nullable(),
    level: shapes.level.nullable().describe('What whoever is in the group has at least.'),
    user_count: z.int(),
    group_count: z.int(),
    created_at: shapes.instant,
    updated_at: shapes.instant,
  })
  .meta({ id: 'ScimGroup' })

export const list = inOrganization({
  id: 'listScimGroups',
  summary: 'The groups that the directory of a domain pushed',
  query: slice,
  answer: pageOf(group),
  run: async (ctx, { caller, url, id: idOf, query }) => {
    const { id } = await requireDomain(ctx, caller, idOf('id'))
    const asked = query()
    return sliceOf(url, asked, await readGroups(ctx, id, asked))
  },
})

export const change = inOrganization({
  id: 'updateScimGroup',
  summary: 'Let a group give a level to its people, or none',
  body: groupPatch,
  answer: group,
  run: async (ctx, { caller, id, body }) => {
    const { id: domainId } = await requireDomain(ctx, caller, id('id'))
    const groupId = id('group')
    const { level: given } = await body()
    return changeGroupLevel(ctx, caller, { domainId, groupId, level: given })
  },
})
