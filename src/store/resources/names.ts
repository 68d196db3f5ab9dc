// What the users and groups of a domain are called, for those who read about them by their ids.
import type { Db } from '../db.ts'

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
