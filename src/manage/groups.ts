// The groups of an organization as people look at them: those of all its domains, and one with who is in it.
import { missing } from '../base/refusal.ts'
import type { Context } from '../context.ts'
import { findDomain } from '../store/domain/domains.ts'
import {
  countGroupsOf,
  countLevelledBy,
  type GroupFilter,
  listGroupsBeside,
  listGroupsOf,
  listUsersOfGroup,
} from '../store/resources/group-pages.ts'
import type { Caller } from './caller.ts'
import { readGroup } from './domains/scim-groups.ts'

export type GroupOfList = Awaited<ReturnType<typeof readGroupsOfAll>>['results'][number]

export async function readGroupsOfAll(
  ctx: Context,
  { organizationId }: Caller,
  query: GroupFilter & { limit: number; offset: number },
) {
  const count = await countGroupsOf(ctx.db, organizationId, query)
  const groups = await listGroupsOf(ctx.db, organizationId, query)
  return {
    count,
    results: groups.map(({ users, groups: nested, ...group }) => ({
      ...group,
      user_count: Number(users),
      group_count: Number(nested),
    })),
  }
}

/** So many groups within it and around it are shown. */
const mostGroups = 100

export type GroupPage = Awaited<ReturnType<typeof readGroupPage>>

/** `afterId`: the user after whom the page begins; empty for the first page. */
export async function readGroupPage(
  ctx: Context,
  { organizationId }: Caller,
  place: { domainId: string; groupId: string; afterId: string; limit: number },
) {
  const domain = await findDomain(ctx.db, organizationId, place.domainId)
  if (!domain) throw missing()
  const group = await readGroup(ctx, place)
  const users = await listUsersOfGroup(ctx.db, { ...place, limit: place.limit + 1 })
  const beside = (side: 'inside' | 'around') =>
    listGroupsBeside(ctx.db, { ...place, side, limit: mostGroups })
  return {
    domain: { id: domain.id, name: domain.name },
    group,
    users: users.slice(0, place.limit),
    has_more_users: users.length > place.limit,
    inside: await beside('inside'),
    around: await beside('around'),
    levelled: await countLevelledBy(ctx.db, organizationId, group.id),
  }
}
