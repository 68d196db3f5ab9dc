// What the users and groups of a domain are called, for those who read about them by their ids.
import { type SqlBool, sql } from 'kysely'
import { readId } from '../../base/id.ts'
import { fold } from '../../scim/text/fold.ts'
import { prepareUserName } from '../../scim/text/precis.ts'
import { aside } from '../aside.ts'
import type { Db } from '../db.ts'
import { kindOf, positionIn } from '../dialect.ts'

export interface NamedResource {
  readonly id: string
  readonly type: 'User' | 'Group'
  readonly doc: string
}

/** Those that are still there, in no order. */
export async function listNamedResources(
  db: Db,
  domainId: string,
  ids: readonly string[],
): Promise<NamedResource[]> {
  if (ids.length === 0) return []
  const rowsOf = (table: 'users' | 'groups') =>
    db.selectFrom(table).select(['id', 'doc']).where('domain_id', '=', domainId).where('id', 'in', ids)
  const [users, groups] = await Promise.all([rowsOf('users').execute(), rowsOf('groups').execute()])
  return [
    ...users.map(row => ({ ...row, type: 'User' as const })),
    ...groups.map(row => ({ ...row, type: 'Group' as const })),
  ]
}

/** Those whose name, address or id this is, in any case; failing that, the first who have it in their name. */
export async function searchNamedResources(
  db: Db,
  domainId: string,
  { text, limit }: { text: string; limit: number },
): Promise<NamedResource[]> {
  const exact = await listNamedResources(db, domainId, await listIdsOf(db, domainId, { text, limit }))
  if (exact.length > 0) return exact
  const containing = (table: 'users' | 'groups', columns: readonly Named[]) =>
    db
      .selectFrom(table)
      .select(['id', 'doc'])
      .where('domain_id', '=', domainId)
      .where(({ or, eb }) =>
        or(columns.map(name => eb(positionIn(kindOf(db), sql.ref(name), fold(text)), '>', 0))),
      )
      .orderBy('id')
      .limit(limit)
      .compile()
  // A large domain is looked through for it.
  const [users, groups] = await Promise.all([
    db.executeQuery(aside(containing('users', ['user_name', 'display_name']))),
    db.executeQuery(aside(containing('groups', ['display_name']))),
  ])
  return [
    ...users.rows.map(row => ({ ...row, type: 'User' as const })),
    ...groups.rows.map(row => ({ ...row, type: 'Group' as const })),
  ].slice(0, limit)
}

type Named = 'user_name' | 'display_name'

async function listIdsOf(
  db: Db,
  domainId: string,
  { text, limit }: { text: string; limit: number },
): Promise<string[]> {
  const folded = fold(text)
  const named = (table: 'users' | 'groups', column: Named, name: string) =>
    db.selectFrom(table).select('id').where('domain_id', '=', domainId).where(sql.ref(column), '=', name)
  const addressed = db
    .selectFrom('user_emails')
    .select('user_id as id')
    .where('domain_id', '=', domainId)
    .where('value', '=', folded)
  const rows = await named('users', 'user_name', prepareUserName(text))
    .union(named('users', 'display_name', folded))
    .union(named('groups', 'display_name', folded))
    .union(addressed)
    .limit(limit)
    .execute()
  const id = readId(text)
  return [...rows.map(row => row.id), ...(id === undefined ? [] : [id])]
}

/** The first whose user name, address or group name begins and ends so, in any case. */
export async function listResourcesLike(
  db: Db,
  domainId: string,
  { begin, end, limit }: { begin: string; end: string; limit: number },
): Promise<NamedResource[]> {
  const [low, high] = [fold(begin), `${fold(begin)}\u{10ffff}`]
  const pattern = `%${fold(end).replaceAll(/[\\%_]/g, String.raw`\$&`)}`
  const like = (table: 'users' | 'groups' | 'user_emails', column: Named | 'value', id: 'id' | 'user_id') =>
    db
      .selectFrom(table)
      .select(sql<string>`${sql.ref(id)}`.as('id'))
      .where('domain_id', '=', domainId)
      .where(sql.ref(column), '>=', low)
      .where(sql.ref(column), '<', high)
      .where(sql<SqlBool>`${sql.ref(column)} like ${pattern} escape ${sql.lit('\\')}`)
  const query = like('users', 'user_name', 'id')
    .union(like('user_emails', 'value', 'user_id'))
    .union(like('groups', 'display_name', 'id'))
    .limit(limit)
    .compile()
  // In a large domain many begin alike.
  const { rows } = await db.executeQuery(aside(query))
  return listNamedResources(
    db,
    domainId,
    rows.map(row => row.id),
  )
}
