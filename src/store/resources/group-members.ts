// Changes to who is in a group: rows come and go as sets, and the group is never read to be changed.
import { sql } from 'kysely'
import type { Db } from '../db.ts'
import { isOneOf, kindOf, textsOf } from '../dialect.ts'
import { type Places, prepare } from '../statement.ts'
import { groupsAround } from './nesting.ts'

export interface GroupKey {
  domainId: string
  groupId: string
}

/** `ids` is the text of a JSON array: one value, however many there are. */
type Listed = GroupKey & { ids: string }

/** Ids, apart by what they are the ids of. */
export interface Members {
  readonly users: readonly string[]
  readonly groups: readonly string[]
}

const users = linkOf({ table: 'group_users', member: 'user_id', of: 'users' })
const groups = linkOf({ table: 'group_groups', member: 'nested_id', of: 'groups' })

/** The statements of one table of members; `of` is where those members are at home. */
function linkOf(names: { table: string; member: string; of: string }) {
  const table = names.table as 'group_users'
  const member = names.member as 'user_id'
  const of = names.of as 'users'
  const rows = (db: Db, { domainId, groupId }: Places<GroupKey>) =>
    db.deleteFrom(table).where('domain_id', '=', domainId).where('group_id', '=', groupId)
  return {
    add: prepare((db, { domainId, groupId, ids }: Places<Listed>) =>
      db
        .insertInto(table)
        .columns(['domain_id', 'group_id', member])
        .expression(({ selectFrom }) =>
          selectFrom(of)
            .select(['domain_id', sql<string>`cast(${groupId} as text)`.as('group_id'), 'id'])
            .where('domain_id', '=', domainId)
            .where(isOneOf(kindOf(db), 'id', ids))
            // Whoever is being deleted at this moment is waited for, and is then no member.
            .forKeyShare(),
        )
        .onConflict(conflict => conflict.doNothing())
        .returning(`${member} as id`),
    ),
    remove: prepare((db, places: Places<Listed>) =>
      rows(db, places)
        .where(isOneOf(kindOf(db), member, places.ids))
        .returning(`${member} as id`),
    ),
    removeOthers: prepare((db, places: Places<Listed>) =>
      rows(db, places)
        .where(member, 'not in', textsOf(kindOf(db), places.ids))
        .returning(`${member} as id`),
    ),
  }
}

const idsOf = (rows: readonly { id: string }[]) => rows.map(row => row.id)
const listed = (key: GroupKey, ids: readonly string[]): Listed => ({ ...key, ids: JSON.stringify(ids) })

/** Those of `ids` that are users and were no members yet. */
export const addUsersToGroup = async (tx: Db, key: GroupKey, ids: readonly string[]) =>
  idsOf(await users.add.all(tx, listed(key, ids)))

/** Those of `ids` that are groups and were no members yet. Ask `listGroupsAround` first: it may close a circle. */
export const addGroupsToGroup = async (tx: Db, key: GroupKey, ids: readonly string[]) =>
  idsOf(await groups.add.all(tx, listed(key, ids)))

/** Those of `ids` that were members. */
export async function removeFromGroup(tx: Db, key: GroupKey, ids: readonly string[]): Promise<Members> {
  const values = listed(key, ids)
  return {
    users: idsOf(await users.remove.all(tx, values)),
    groups: idsOf(await groups.remove.all(tx, values)),
  }
}

/** All members but `ids`. */
export async function removeOthersFromGroup(tx: Db, key: GroupKey, ids: readonly string[]): Promise<Members> {
  const values = listed(key, ids)
  return {
    users: idsOf(await users.removeOthers.all(tx, values)),
    groups: idsOf(await groups.removeOthers.all(tx, values)),
  }
}

const leave = prepare((db, { domainId, userId }: Places<{ domainId: string; userId: string }>) =>
  db.deleteFrom('group_users').where('domain_id', '=', domainId).where('user_id', '=', userId),
)

/** The user leaves every group; gives how many these were. */
export const deleteFromGroups = (tx: Db, domainId: string, userId: string): Promise<number> =>
  leave.run(tx, { domainId, userId })

const absent = prepare(
  (db, { domainId, groupId, ids }: Places<Listed>) => sql<{ id: string }>`
    select listed.value as id from ${textsOf(kindOf(db), ids)} as listed
    where not exists (
      select 1 from group_users
      where domain_id = ${domainId} and group_id = ${groupId} and user_id = listed.value
    ) and not exists (
      select 1 from group_groups
      where domain_id = ${domainId} and group_id = ${groupId} and nested_id = listed.value
    )`,
)

/** Those of `ids` that are no members. */
export const listAbsent = async (tx: Db, key: GroupKey, ids: readonly string[]): Promise<string[]> =>
  idsOf(await absent.all(tx, listed(key, ids)))

const around = prepare(
  (_, { domainId, groupId }: Places<GroupKey>) => sql<{ id: string }>`
    with recursive ${groupsAround(groupId, domainId)}
    select id from around`,
)
const lockDomain = prepare((db, { domainId }: Places<{ domainId: string }>) =>
  db.selectFrom('domains').select('id').where('id', '=', domainId).forNoKeyUpdate(),
)

/**
 * The groups that the group is in, directly or not. Nobody else nests groups of the domain before the
 * transaction ends: two who do so at once could close a circle that neither of them sees.
 */
export async function listGroupsAround(tx: Db, { domainId, groupId }: GroupKey): Promise<string[]> {
  await lockDomain.first(tx, { domainId })
  return idsOf(await around.all(tx, { domainId, groupId }))
}
