// The groups of users as they are shown: those that have them as members, and those around these.
import type { Db } from '../store/db.ts'
import type { Scope } from '../store/pages.ts'
import { listGroupsOf } from '../store/user-groups.ts'

/** The elements of `groups` (RFC 7643 §4.1.2), for each user. */
export async function readGroups(
  db: Db,
  { domainId, baseUrl }: Scope,
  userIds: readonly string[],
): Promise<Map<string, string[]>> {
  const groups = new Map(userIds.map((id): [string, string[]] => [id, []]))
  for (const { user_id, id, display, direct } of await listGroupsOf(db, domainId, userIds)) {
    const shown = display === null ? '' : `"display":${JSON.stringify(display)},`
    const type = direct === 1 ? 'direct' : 'indirect'
    groups.get(user_id)?.push(`{"value":"${id}","$ref":"${baseUrl}/Groups/${id}",${shown}"type":"${type}"}`)
  }
  return groups
}
