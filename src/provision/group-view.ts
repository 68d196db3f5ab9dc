// The members of groups as they are shown: under the names of today, in pieces that let others through in between.
import { setImmediate as immediate } from 'node:timers/promises'
import type { Db } from '../store/db.ts'
import { type ListedMember, listNestedIn, listUsersAfter, listUsersIn } from '../store/group-lists.ts'
import type { Scope } from '../store/pages.ts'

/** Members in the first statement, which takes some 15 ms on SQLite and holds everybody else for so long. */
const atOnce = 2_000
/** Members in each further one: every answer that is under way holds so many. */
const inPiece = 250
/** Members in one answer, unless they are of one group. */
const mostInAnswer = 50_000

/**
 * The elements of `members`, for each group. Where there are more than fit into one answer only some of the groups are
 * read; the first of `groupIds` always is, and so are the others in the order of their ids.
 */
export async function readMembers(
  db: Db,
  scope: Scope,
  groupIds: readonly string[],
): Promise<Map<string, string[]>> {
  const members = await readUsers(db, scope, groupIds)
  const nested = await listNestedIn(db, scope.domainId, groupIds)
  for (const member of nested) members.get(member.group_id)?.push(elementOf(scope, 'Group', member))
  return members
}

async function readUsers(db: Db, scope: Scope, groupIds: readonly string[]): Promise<Map<string, string[]>> {
  const read = new Map<string, string[]>()
  const [first] = groupIds
  let left = groupIds.toSorted()
  let total = 0
  while (left.length > 0 && total < mostInAnswer) {
    const rows = await listUsersIn(db, { domainId: scope.domainId, ids: left, limit: atOnce })
    const isWhole = rows.length < atOnce
    const last = isWhole ? undefined : rows.at(-1)?.group_id
    const reached = left.filter(id => last === undefined || id <= last)
    for (const id of reached) read.set(id, [])
    for (const row of rows) read.get(row.group_id)?.push(elementOf(scope, 'User', row))
    if (last !== undefined)
      await readRest(db, scope, { groupId: last, afterId: rows.at(-1)?.id ?? '', into: read })
    left = left.slice(reached.length)
    for (const id of reached) total += read.get(id)?.length ?? 0
  }
  if (first !== undefined && !read.has(first)) {
    read.set(first, [])
    await readRest(db, scope, { groupId: first, afterId: '', into: read })
  }
  return read
}

/** The elements of `members` of one group: its users by the thousand, and with the last of them the groups in it. */
export async function* readMembersInTurn(db: Db, scope: Scope, groupId: string) {
  const users = readUsersBehind(db, scope, { groupId, afterId: '' })
  let held: string[] = []
  for await (const some of users) {
    if (held.length > 0) yield held
    held = some
  }
  const nested = await listNestedIn(db, scope.domainId, [groupId])
  yield [...held, ...nested.map(member => elementOf(scope, 'Group', member))]
}

/** The users of one group from an id on. */
async function* readUsersBehind(
  db: Db,
  scope: Scope,
  { groupId, afterId }: { groupId: string; afterId: string },
): AsyncGenerator<string[], void> {
  let limit = afterId === '' ? atOnce : inPiece
  for (let after: string | undefined = afterId; after !== undefined; limit = inPiece) {
    if (after !== '' && !db.isTransaction) await turn()
    const behind = { domainId: scope.domainId, groupId, afterId: after, limit }
    const rows: ListedMember[] = await listUsersAfter(db, behind)
    yield rows.map(row => elementOf(scope, 'User', row))
    after = rows.length === limit ? rows.at(-1)?.id : undefined
  }
}

let line: Promise<void> = Promise.resolve()

/** However many large groups are read at once, others come through after each piece of any of them. */
function turn(): Promise<void> {
  line = line.then(() => immediate())
  return line
}

async function readRest(
  db: Db,
  scope: Scope,
  { into, ...from }: { groupId: string; afterId: string; into: ReadonlyMap<string, string[]> },
): Promise<void> {
  const elements = into.get(from.groupId)
  for await (const some of readUsersBehind(db, scope, from)) elements?.push(...some)
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
