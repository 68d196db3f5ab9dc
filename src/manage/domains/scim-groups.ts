// The groups that a directory pushed, and the level that an administrator lets one give to its people.
import { missing } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { type Db, transact } from '../../store/db.ts'
import { findDomain } from '../../store/domain/domains.ts'
import { countResources } from '../../store/resources/counts.ts'
import { followGroups, listGroupsInside, listPeopleOf } from '../../store/resources/group-levels.ts'
import {
  findListedGroup,
  type ListedGroup,
  listGroups,
  lockGroups,
  setGroupLevel,
} from '../../store/resources/groups.ts'
import { record } from '../audit.ts'
import type { Caller } from '../caller.ts'
import { type MadeFrom, refuseOverwriting } from '../meanwhile.ts'
import { holdRight } from '../set-up/hold.ts'

export async function readGroups(ctx: Context, domainId: string, page: { limit: number; offset: number }) {
  const count = await countResources(ctx.db, domainId, 'Group')
  return { count, results: (await listGroups(ctx.db, domainId, page)).map(view) }
}

export async function readGroup(ctx: Context, { domainId, groupId }: Omit<LevelChange, 'level'>) {
  const group = await findListedGroup(ctx.db, domainId, groupId)
  if (!group) throw missing()
  return view(group)
}

export interface LevelChange {
  readonly domainId: string
  readonly groupId: string
  /** Null: the group says nothing about levels. */
  readonly level: number | null
  readonly madeFrom?: MadeFrom | undefined
}

/** Whoever is in the group, directly or through groups inside it, has the level when this resolves; owners keep theirs. */
export async function changeGroupLevel(ctx: Context, caller: Caller, change: LevelChange) {
  const { organizationId, actor } = caller
  const { domainId, groupId, level, madeFrom } = change
  const now = ctx.now().toISOString()
  return transact(ctx.db, async tx => {
    await holdRight(tx, caller, now)
    if (!(await findDomain(tx, organizationId, domainId))) throw missing()
    await holdMembers(tx, change)
    const group = await findListedGroup(tx, domainId, groupId)
    if (!group) throw missing()
    if (madeFrom) refuseOverwriting(madeFrom, { before: { level: group.level }, after: { level } })
    if (group.level === level) return view(group)
    await setGroupLevel(tx, group, level)
    await record(tx, caller, {
      action: 'group.level_changed',
      target: { type: 'group', id: groupId, label: nameOf(group) },
      changes: { level: { before: group.level, after: level } },
      now,
    })
    const personIds = await listPeopleOf(tx, domainId, { users: [], groups: [groupId] })
    await followGroups(tx, { organizationId, personIds, actor, now })
    return view({ ...group, level })
  })
}

/** Nobody comes into the group or leaves it, be it through groups inside it, before the transaction ends. */
async function holdMembers(tx: Db, { domainId, groupId }: LevelChange): Promise<void> {
  const held = new Set<string>()
  for (;;) {
    const groups = [groupId, ...(await listGroupsInside(tx, { domainId, groupId }))]
    if (groups.every(id => held.has(id))) return
    // What was nested while we waited for a lock is inside too.
    await lockGroups(tx, domainId, groups)
    for (const id of groups) held.add(id)
  }
}

const view = (group: ListedGroup) => ({
  id: group.id,
  display_name: nameOf(group),
  external_id: group.external_id,
  level: group.level,
  user_count: Number(group.users),
  group_count: Number(group.groups),
  created_at: group.created_at,
  updated_at: group.updated_at,
})

/** As the directory writes it. */
function nameOf({ doc }: ListedGroup): string {
  const { displayName }: { displayName?: unknown } = JSON.parse(doc)
  return String(displayName)
}
