// The groups of users as they are shown: those that have them as members, and those around these.
import type { Db } from '../../store/db.ts'
import type { Scope } from '../../store/query/pages.ts'
import { type GroupsOfUsers, type HeldGroup, listGroupsOf } from '../../store/resources/user-groups.ts'
import type { Elements } from '../joined.ts'

/** The elements of `groups` (RFC 7643 §4.1.2), for each user. */
export async function readGroups(
  db: Db,
  { domainId, baseUrl }: Scope,
  userIds: readonly string[],
): Promise<Elements> {
  const found = await listGroupsOf(db, domainId, userIds)
  return { byId: new Map(userIds.map(id => [id, elementsOf(found, id, baseUrl)])), areAll: true }
}

/** In the order of the groups' ids; one that a user is in both ways is direct. */
function elementsOf({ direct, groups, around }: GroupsOfUsers, userId: string, baseUrl: string): string[] {
  const own = direct.get(userId) ?? []
  if (own.length === 0) return []
  const elements = new Map<string, string>()
  for (const id of own) {
    for (const group of around.get(id) ?? []) elements.set(group.id, elementOf(group, 'indirect', baseUrl))
  }
  for (const id of own) {
    const group = groups.get(id)
    if (group) elements.set(id, elementOf(group, 'direct', baseUrl))
  }
  return [...elements].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, element]) => element)
}

function elementOf({ id, display }: HeldGroup, type: 'direct' | 'indirect', baseUrl: string): string {
  const shown = display === null ? '' : `"display":${JSON.stringify(display)},`
  return `{"value":"${id}","$ref":"${baseUrl}/Groups/${id}",${shown}"type":"${type}"}`
}
