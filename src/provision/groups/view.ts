// The members of groups as they are shown: under the names of today, in pieces that let others through in between.
import { setImmediate as immediate } from 'node:timers/promises'
import type { Db } from '../../store/db.ts'
import type { Scope } from '../../store/query/pages.ts'
import {
  findGroupOfUserAt,
  type ListedMember,
  listNestedIn,
  listUsersAfter,
  listUsersIn,
} from '../../store/resources/group-lists.ts'
import type { Elements } from '../joined.ts'

/** Members in the first statement, which takes some 15 ms on SQLite and holds everybody else for so long. */
const atOnce = 2_000
/** Members in each further one: every answer that is under way holds so many. */
const inPiece = 250
/** Members in one answer, unless they are of one group. */
const mostInAnswer = 50_000

/** The elements of `members`, for each group; the first of them where there are too many to be held. */
export async function readMembers(db: Db, scope: Scope, groupIds: readonly string[]): Promise<Elements> {
  const { domainId } = scope
  const users = await listUsersIn(db, { domainId, ids: groupIds, limit: atOnce })
  const areAll = users.length < atOnce
  const nested = areAll ? await listNestedIn(db, domainId, groupIds) : []
  const members = new Map<string, string[]>(groupIds.map(id => [id, []]))
  for (const user of users) members.get(user.group_id)?.push(elementOf(scope, 'User', user))
  for (const group of nested) members.get(group.group_id)?.push(elementOf(scope, 'Group', group))
  return { byId: members, areAll }
}

/** The groups whose members fit into one answer: the first of `groupIds`, and others in the order of their ids. */
export async function listFitting(
  db: Db,
  { domainId }: Scope,
  groupIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const last = await findGroupOfUserAt(db, { domainId, ids: groupIds, place: mostInAnswer })
  const [first, ...others] = groupIds
  return new Set(
    [first, ...others.filter(id => last === undefined || id <= last)].filter(id => id !== undefined),
  )
}

/** The elements of `members` of one group: its users by the thousand, and with the last of them the groups in it. */
export async function* readMembersInTurn(db: Db, scope: Scope, groupId: string) {
  const users = readUsersOf(db, scope, groupId)
  let held: string[] = []
  for await (const some of users) {
    if (held.length > 0) yield held
    held = some
  }
  const nested = await listNestedIn(db, scope.domainId, [groupId])
  yield [...held, ...nested.map(member => elementOf(scope, 'Group', member))]
}

async function* readUsersOf(db: Db, scope: Scope, groupId: string): AsyncGenerator<string[], void> {
  let limit = atOnce
  for (let afterId: string | undefined = ''; afterId !== undefined; limit = inPiece) {
    if (afterId !== '') await turn()
    const behind = { domainId: scope.domainId, groupId, afterId, limit }
    const rows: ListedMember[] = await listUsersAfter(db, behind)
    yield rows.map(row => elementOf(scope, 'User', row))
    afterId = rows.length === limit ? rows.at(-1)?.id : undefined
  }
}

let line: Promise<void> = Promise.resolve()

/** However many large groups are read at once, others come through after each piece of any of them. */
function turn(): Promise<void> {
  line = line.then(() => immediate())
  return line
}

/** Written by hand, since a group may have many: only the name is text of others. */
function elementOf(
  { baseUrl }: Scope,
  type: 'User' | 'Group',
  { id, display }: Pick<ListedMember, 'id' | 'display'>,
): string {
  const shown = display === null ? '' : `,"display":${JSON.stringify(display)}`
  return `{"value":"${id}","$ref":"${baseUrl}/${type}s/${id}","type":"${type}"${shown}}`
}
