// The groups of all domains of an organization, and who is in one of them, as pages to look at.
import { sql } from 'kysely'
import { fold } from '../../scim/text/fold.ts'
import type { Db } from '../db.ts'
import { kindOf } from '../dialect.ts'
import { displayOf } from './group-lists.ts'
import { directCounts } from './groups.ts'

export interface GroupFilter {
  /** Part of the name, in any case. */
  readonly search?: string | undefined
  readonly domainId?: string | undefined
  /** Whether a level is given, whichever. */
  readonly isLevelled?: boolean | undefined
}

function matching(db: Db, organizationId: string, { search, domainId, isLevelled }: GroupFilter) {
  let query = db
    .selectFrom('domains')
    .innerJoin('groups', 'groups.domain_id', 'domains.id')
    .where('domains.organization_id', '=', organizationId)
  if (domainId !== undefined) query = query.where('domains.id', '=', domainId)
  if (isLevelled !== undefined) query = query.where('groups.level', isLevelled ? 'is not' : 'is', null)
  if (search === undefined) return query
  const pattern = `%${fold(search).replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  return query.where('groups.display_name', 'like', sql<string>`${pattern} escape '\\'`)
}

export async function countGroupsOf(db: Db, organizationId: string, filter: GroupFilter): Promise<number> {
  const { total } = await matching(db, organizationId, filter)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** By name, with how many users and groups are directly in each. */
export const listGroupsOf = (
  db: Db,
  organizationId: string,
  { limit, offset, ...filter }: GroupFilter & { limit: number; offset: number },
) =>
  matching(db, organizationId, filter)
    .select(['groups.id', 'groups.domain_id', 'domains.name as domain_name'])
    .select(['groups.level', 'groups.external_id', 'groups.created_at', 'groups.updated_at'])
    .select(displayOf(kindOf(db), 'groups').as('display'))
    .select(directCounts)
    .orderBy('groups.display_name')
    .orderBy('domains.name')
    .limit(limit)
    .offset(offset)
    .execute()

interface Place {
  readonly domainId: string
  readonly groupId: string
}

/** The users directly in a group, in the order of their ids, from one of them on. */
export const listUsersOfGroup = (
  db: Db,
  { domainId, groupId, afterId, limit }: Place & { afterId: string; limit: number },
) =>
  db
    .selectFrom('group_users')
    .innerJoin('users', join =>
      join
        .onRef('users.domain_id', '=', 'group_users.domain_id')
        .onRef('users.id', '=', 'group_users.user_id'),
    )
    .where('group_users.domain_id', '=', domainId)
    .where('group_users.group_id', '=', groupId)
    .where('group_users.user_id', '>', afterId)
    .select(['users.id', 'users.person_id', 'users.user_name', 'users.active', 'users.updated_at'])
    .select(displayOf(kindOf(db), 'users').as('display'))
    .orderBy('group_users.user_id')
    .limit(limit)
    .execute()

/** The groups that are directly in a group, or that it is directly in, by name. */
export const listGroupsBeside = (
  db: Db,
  { domainId, groupId, side, limit }: Place & { side: 'inside' | 'around'; limit: number },
) => {
  const [own, other] =
    side === 'inside' ? (['group_id', 'nested_id'] as const) : (['nested_id', 'group_id'] as const)
  return db
    .selectFrom('group_groups')
    .innerJoin('groups', join =>
      join
        .onRef('groups.domain_id', '=', 'group_groups.domain_id')
        .onRef('groups.id', '=', `group_groups.${other}`),
    )
    .where('group_groups.domain_id', '=', domainId)
    .where(`group_groups.${own}`, '=', groupId)
    .select(['groups.id', 'groups.level'])
    .select(displayOf(kindOf(db), 'groups').as('display'))
    .orderBy('groups.display_name')
    .limit(limit)
    .execute()
}

/** How many members have their level from the group. */
export async function countLevelledBy(db: Db, organizationId: string, groupId: string): Promise<number> {
  const { total } = await db
    .selectFrom('members')
    .where('organization_id', '=', organizationId)
    .where('level_group_id', '=', groupId)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}
