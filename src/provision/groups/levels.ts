// What a push does to levels: whoever came into or left a group that gives one gets it or loses it.
import type { Db } from '../../store/db.ts'
import { followGroups } from '../../store/resources/group-levels.ts'
import type { Push } from '../push.ts'

export async function followLevels(
  tx: Db,
  { token, actor, story }: Push,
  { personIds, now }: { personIds: readonly string[]; now: string },
): Promise<void> {
  const { organizationId } = token.domain
  const changed = await followGroups(tx, { organizationId, personIds, actor, now })
  if (changed === 0) return
  const whose = changed === 1 ? 'one person' : `${changed} people`
  story.effects.push(`changed the level of ${whose} in the organization`)
}
