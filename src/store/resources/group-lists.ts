// Who is in each of some groups, under the names of today.
import { sql } from 'kysely'
import type { Db } from '../db.ts'
import { type DatabaseKind, documentColumn, isOneOf, jsonAt, kindOf } from '../dialect.ts'
import { type Places, prepare } from '../statement.ts'

export interface ListedMember {
  group_id: string
  id: string
  display: string | null
}

interface Listed {
  domainId: string
  /** The text of a JSON array. */
  ids: string
}

/** The display name of a row of `users` or `groups`. */
export const displayOf = (kind: DatabaseKind, table: 'users' | 'groups') =>
  jsonAt(kind, sql.ref(`${table}.${documentColumn(kind)}`), ['displayName'])

const usersOf = (db: Db, domainId: Places<Listed>['domainId']) =>
  db
    .selectFrom('group_users')
    .innerJoin('users', join =>
      join
        .onRef('users.domain_id', '=', 'group_users.domain_id')
        .onRef('users.id', '=', 'group_users.user_id'),
    )
    .select([
      'group_users.group_id',
      'group_users.user_id as id',
      displayOf(kindOf(db), 'users').as('display'),
    ])
    .where('group_users.domain_id', '=', domainId)

const someUsers = prepare((db, { domainId, ids, limit }: Places<Listed & { limit: number }>) =>
  usersOf(db, domainId)
    .where(isOneOf(kindOf(db), 'group_users.group_id', ids))
    .orderBy('group_users.group_id')
    .orderBy('group_users.user_id')
    .limit(limit),
)
const userAt = prepare((db, { domainId, ids, place }: Places<Listed & { place: number }>) =>
  db
    .selectFrom('group_users')
    .select('group_id')
    .where('domain_id', '=', domainId)
    .where(isOneOf(kindOf(db), 'group_id', ids))
    .orderBy('group_id')
    .limit(1)
    .offset(place),
)
const nextUsers = prepare(
  (
    db,
    {
      domainId,
      groupId,
      afterId,
      limit,
    }: Places<{
      domainId: string
      groupId: string
      afterId: string
      limit: number
    }>,
  ) =>
    usersOf(db, domainId)
      .where('group_users.group_id', '=', groupId)
      .where('group_users.user_id', '>', afterId)
      .orderBy('group_users.user_id')
      .limit(limit),
)
const nestedGroups = prepare((db, { domainId, ids }: Places<Listed>) =>
  db
    .selectFrom('group_groups')
    .innerJoin('groups', join =>
      join
        .onRef('groups.domain_id', '=', 'group_groups.domain_id')
        .onRef('groups.id', '=', 'group_groups.nested_id'),
    )
    .select(['group_groups.group_id', 'group_groups.nested_id as id'])
    .select(displayOf(kindOf(db), 'groups').as('display'))
    .where('group_groups.domain_id', '=', domainId)
    .where(isOneOf(kindOf(db), 'group_groups.group_id', ids))
    .orderBy('group_groups.nested_id'),
)

/** The users in these groups, group by group, both in the order of their ids; the first `limit` of them. */
export const listUsersIn = (
  db: Db,
  { domainId, ids, limit }: { domainId: string; ids: readonly string[]; limit: number },
): Promise<ListedMember[]> => someUsers.all(db, { domainId, ids: JSON.stringify(ids), limit })

/** Of all users in these groups, in the same order, the group of the one behind so many; undefined if there are no more. */
export const findGroupOfUserAt = async (
  db: Db,
  { domainId, ids, place }: { domainId: string; ids: readonly string[]; place: number },
): Promise<string | undefined> =>
  (await userAt.first(db, { domainId, ids: JSON.stringify(ids), place: place - 1 }))?.group_id

/** The users in one group behind this id. */
export const listUsersAfter = (
  db: Db,
  after: { domainId: string; groupId: string; afterId: string; limit: number },
): Promise<ListedMember[]> => nextUsers.all(db, after)

export const listNestedIn = (db: Db, domainId: string, ids: readonly string[]): Promise<ListedMember[]> =>
  nestedGroups.all(db, { domainId, ids: JSON.stringify(ids) })
