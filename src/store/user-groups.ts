// In which groups each of some users is, under the names of today.
import { type RawBuilder, sql } from 'kysely'
import type { Db } from './db.ts'
import { kindOf, textsOf } from './dialect.ts'
import { displayOf } from './group-lists.ts'
import { groupsHeld } from './nesting.ts'
import { type Places, prepare } from './statement.ts'
import type { Flag } from './tables.ts'

interface Listed {
  domainId: string
  /** The text of a JSON array. */
  ids: string
}

interface HeldGroup {
  user_id: string
  id: string
  display: string | null
  /** Whether a row says so, and not only a group between them. */
  direct: Flag
}

/** With whether the group is itself in one. */
const directGroups = (db: Db, domainId: Places<Listed>['domainId'], users: RawBuilder<unknown>) =>
  sql<HeldGroup & { is_nested: Flag }>`
    select group_users.user_id, groups.id, ${displayOf(kindOf(db), 'groups')} as display, 1 as direct,
      case when exists (
        select 1 from group_groups where domain_id = ${domainId} and nested_id = group_users.group_id
      ) then 1 else 0 end as is_nested
    from group_users cross join groups
    where group_users.domain_id = ${domainId} and group_users.user_id ${users}
      and groups.domain_id = ${domainId} and groups.id = group_users.group_id
    order by group_users.user_id, group_users.group_id`

// What follows each look at one user, so it takes the shortest way there is.
const ofOne = prepare((db, { domainId, id }: Places<{ domainId: string; id: string }>) =>
  directGroups(db, domainId, sql`= ${id}`),
)
const ofMany = prepare((db, { domainId, ids }: Places<Listed>) =>
  directGroups(db, domainId, sql`in ${textsOf(kindOf(db), ids)}`),
)
const withNested = prepare(
  (db, { domainId, ids }: Places<Listed>) => sql<HeldGroup>`
    with recursive ${groupsHeld(sql`in ${textsOf(kindOf(db), ids)}`, domainId)}
    select held.user_id, groups.id, ${displayOf(kindOf(db), 'groups')} as display, max(held.direct) as direct
    from held cross join groups
    where groups.domain_id = ${domainId} and groups.id = held.group_id
    group by held.user_id, groups.id, display
    order by held.user_id, groups.id`,
)

/** The groups that these users are in, directly or through other groups, user by user. */
export async function listGroupsOf(
  db: Db,
  domainId: string,
  userIds: readonly string[],
): Promise<HeldGroup[]> {
  const [id] = userIds
  if (id === undefined) return []
  const values = { domainId, ids: JSON.stringify(userIds) }
  const direct = userIds.length === 1 ? await ofOne.all(db, { domainId, id }) : await ofMany.all(db, values)
  return direct.some(group => group.is_nested === 1) ? withNested.all(db, values) : direct
}
