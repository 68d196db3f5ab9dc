// Changes to who is in a group, made row by row under the lock of the group: it is never read to be changed.
import { invalidValue, mutability, noTarget } from '../../scim/errors.ts'
import { quote } from '../../scim/resource.ts'
import type { Db } from '../../store/db.ts'
import type { Changes } from '../../store/records/audit.ts'
import { listMembersChosen } from '../../store/resources/group-choice.ts'
import { givesLevel, listPeopleOf } from '../../store/resources/group-levels.ts'
import {
  addGroupsToGroup,
  addUsersToGroup,
  type GroupKey,
  listAbsent,
  listGroupsAround,
  type Members,
  removeFromGroup,
  removeOthersFromGroup,
} from '../../store/resources/group-members.ts'
import type { Push } from '../push.ts'
import { followLevels } from './levels.ts'
import { idNamedBy, type MemberChange } from './member-plan.ts'

type Turn = 'added' | 'removed'

/** What came and went, the net of all changes: who is removed and added again is not in it. */
interface Tally {
  readonly users: Map<string, Turn>
  readonly groups: Map<string, Turn>
}

interface Work {
  readonly push: Push
  readonly key: GroupKey
  readonly baseUrl: string
  readonly tally: Tally
}

/** Gives what changed for the audit log, or undefined when nothing did. */
export async function changeMembers(
  tx: Db,
  push: Push,
  {
    key,
    baseUrl,
    changes,
    now,
  }: { key: GroupKey; baseUrl: string; changes: readonly MemberChange[]; now: string },
): Promise<Changes | undefined> {
  const tally: Tally = { users: new Map(), groups: new Map() }
  for (const change of changes) await changeOnce(tx, { push, key, baseUrl, tally }, change)
  const [added, removed] = [idsIn(tally, 'added'), idsIn(tally, 'removed')]
  if (added.length + removed.length === 0) return undefined
  const { effects } = push.story
  if (added.length > 0) effects.push(`added ${countOf(added)}`)
  if (removed.length > 0) effects.push(`removed ${countOf(removed)}`)
  await changeLevels(tx, push, { key, tally, now })
  return { members: { before: listed(removed), after: listed(added) } }
}

export async function emptyGroup(
  tx: Db,
  push: Push,
  { key, now }: { key: GroupKey; now: string },
): Promise<void> {
  await changeMembers(tx, push, { key, baseUrl: '', changes: [{ kind: 'replace', ids: [] }], now })
}

async function changeOnce(tx: Db, work: Work, change: MemberChange): Promise<void> {
  const { key, tally } = work
  switch (change.kind) {
    case 'add':
      return add(tx, work, change.ids)
    case 'remove':
      return count(tally, await removeFromGroup(tx, key, change.ids), 'removed')
    case 'replace':
      count(tally, await removeOthersFromGroup(tx, key, change.ids), 'removed')
      return add(tx, work, change.ids)
    case 'choose':
      return changeChosen(tx, work, change)
  }
}

/** Adding who is a member already is a success (R78). Throws `invalidValue` for whoever cannot be one. */
async function add(tx: Db, { push, key, tally }: Work, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const users = await addUsersToGroup(tx, key, ids)
  count(tally, { users, groups: [] }, 'added')
  if (users.length === ids.length) return
  const others = await listAbsent(tx, key, ids)
  if (others.length === 0) return
  const around = new Set(await listGroupsAround(tx, key)).add(key.groupId)
  const circular = others.find(id => around.has(id))
  if (circular !== undefined) {
    throw invalidValue(
      `A group cannot be inside itself, but the group ${circular} is this one or contains it.`,
    )
  }
  const groups = await addGroupsToGroup(tx, key, others)
  count(tally, { users: [], groups }, 'added')
  const unknown = new Set(others).difference(new Set(groups))
  passOver(
    push,
    ids.filter(id => unknown.has(id)),
  )
}

const namedAtMost = 10

/** R78: refuses whom nobody knows, unless the domain lets them be left out. */
function passOver({ token, story }: Push, ids: readonly string[]): void {
  if (ids.length === 0) return
  if (token.domain.unknownMembers === 'drop') {
    story.effects.push(`left out ${countOf(ids)} whom nobody knows here`)
    return
  }
  const named = ids.slice(0, namedAtMost).map(quote).join(', ')
  const more = ids.length > namedAtMost ? ` and ${ids.length - namedAtMost} more` : ''
  throw invalidValue(`Members must be users or groups of this domain, but ${named}${more} came.`)
}

async function changeChosen(
  tx: Db,
  work: Work,
  { filter, path, effect, instead }: MemberChange & { kind: 'choose' },
): Promise<void> {
  const { key, push, tally } = work
  const chosen = await listChosen(tx, work, filter)
  if (chosen.length > 0 && effect === 'keep') {
    if (instead === undefined || chosen.every(id => id === instead)) return
    throw mutability(`${path} cannot be changed: a member is added and removed as a whole.`)
  }
  if (chosen.length === 0) {
    const quirk = instead === undefined ? 'missing_element_removed' : 'missing_element_created'
    if (!push.leniency.allows(quirk)) throw noTarget(`No member of the group is chosen by the path ${path}.`)
  }
  count(tally, await removeFromGroup(tx, key, chosen), 'removed')
  if (instead !== undefined) await add(tx, work, [instead])
}

async function listChosen(
  tx: Db,
  { key, baseUrl }: Work,
  filter: (MemberChange & { kind: 'choose' })['filter'],
): Promise<readonly string[]> {
  const named = idNamedBy(filter)
  const { domainId, groupId } = key
  if (named === undefined) return listMembersChosen(tx, { domainId, baseUrl }, { groupId, filter })
  return (await listAbsent(tx, key, [named])).length === 0 ? [named] : []
}

/** Only where a group above or this one gives a level; nobody is looked at otherwise. */
async function changeLevels(
  tx: Db,
  push: Push,
  { key, tally, now }: { key: GroupKey; tally: Tally; now: string },
): Promise<void> {
  if (!(await givesLevel(tx, key))) return
  const touched = { users: [...tally.users.keys()], groups: [...tally.groups.keys()] }
  const personIds = await listPeopleOf(tx, key.domainId, touched)
  await followLevels(tx, push, { personIds, now })
}

function count(tally: Tally, { users, groups }: Members, turn: Turn): void {
  for (const id of users) note(tally.users, id, turn)
  for (const id of groups) note(tally.groups, id, turn)
}

const note = (turns: Map<string, Turn>, id: string, turn: Turn) =>
  turns.has(id) ? turns.delete(id) : turns.set(id, turn)

const idsIn = ({ users, groups }: Tally, turn: Turn): string[] =>
  [...users, ...groups].filter(([, each]) => each === turn).map(([id]) => id)

const countOf = ({ length }: readonly string[]) => (length === 1 ? '1 member' : `${length} members`)

const listedAtMost = 100

/** The audit log names the first ones. */
const listed = (ids: readonly string[]): readonly string[] =>
  ids.length > listedAtMost ? [...ids.slice(0, listedAtMost), `and ${ids.length - listedAtMost} more`] : ids
