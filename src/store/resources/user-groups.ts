// In which groups each of some users is, under the names of today.
import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Db } from '../db.ts'
import { isOneOf, kindOf } from '../dialect.ts'
import { type Places, prepare } from '../statement.ts'
import type { Flag } from '../tables/tables.ts'
import { displayOf } from './group-lists.ts'

export interface HeldGroup {
  readonly id: string
  readonly display: string | null
}

interface Listed {
  domainId: string
  /** The text of a JSON array. */
  ids: string
}

const rowsOf = (domainId: Expression<string>, isWanted: RawBuilder<SqlBool>) =>
  sql<{ user_id: string; group_id: string }>`
    select user_id, group_id from group_users
    where domain_id = ${domainId} and ${isWanted}
    order by user_id, group_id`

// A directory asks for one user before each change, so that one has the shortest way there is.
const ofOne = prepare((_, { domainId, id }: Places<{ domainId: string; id: string }>) =>
  rowsOf(domainId, sql`user_id = ${id}`),
)
const ofMany = prepare((db, { domainId, ids }: Places<Listed>) =>
  rowsOf(domainId, isOneOf(kindOf(db), 'user_id', ids)),
)
const named = prepare(
  (db, { domainId, ids }: Places<Listed>) => sql<HeldGroup & { is_nested: Flag }>`
    select id, ${displayOf(kindOf(db), 'groups')} as display,
      case when exists (
        select 1 from group_groups where domain_id = ${domainId} and nested_id = groups.id
      ) then 1 else 0 end as is_nested
    from groups where domain_id = ${domainId} and ${isOneOf(kindOf(db), 'id', ids)}`,
)
const above = prepare(
  (db, { domainId, ids }: Places<Listed>) => sql<HeldGroup & { start_id: string }>`
    with recursive above (start_id, group_id) as (
      select nested_id, group_id from group_groups
      where domain_id = ${domainId} and ${isOneOf(kindOf(db), 'nested_id', ids)}
      union
      select above.start_id, outer_one.group_id
      from above cross join group_groups as outer_one
      where outer_one.domain_id = ${domainId} and outer_one.nested_id = above.group_id
    )
    select above.start_id, groups.id, ${displayOf(kindOf(db), 'groups')} as display
    from above cross join groups
    where groups.domain_id = ${domainId} and groups.id = above.group_id`,
)

export interface GroupsOfUsers {
  /** User → the groups that have them as a member. */
  readonly direct: ReadonlyMap<string, readonly string[]>
  /** Every group that occurs here. */
  readonly groups: ReadonlyMap<string, HeldGroup>
  /** Group → those around it. */
  readonly around: ReadonlyMap<string, readonly HeldGroup[]>
}

/** Each group is looked at once, however many of the users are in it. */
export async function listGroupsOf(
  db: Db,
  domainId: string,
  userIds: readonly string[],
): Promise<GroupsOfUsers> {
  const [id] = userIds
  const rows =
    id !== undefined && userIds.length === 1
      ? await ofOne.all(db, { domainId, id })
      : await ofMany.all(db, { domainId, ids: JSON.stringify(userIds) })
  const direct = new Map<string, string[]>()
  for (const { user_id, group_id } of rows) {
    const own = direct.get(user_id)
    if (own) own.push(group_id)
    else direct.set(user_id, [group_id])
  }
  if (rows.length === 0) return { direct, groups: new Map(), around: new Map() }
  const ids = JSON.stringify([...new Set(rows.map(row => row.group_id))])
  const groups = await named.all(db, { domainId, ids })
  const isNested = groups.some(group => group.is_nested === 1)
  const outer = isNested ? await above.all(db, { domainId, ids }) : []
  return {
    direct,
    groups: new Map(groups.map(group => [group.id, group])),
    around: Map.groupBy(outer, group => group.start_id),
  }
}
