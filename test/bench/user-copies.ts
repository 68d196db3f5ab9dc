// Many users as pushes leave them: copies of what one push really wrote, under other names and ids.

import Database from 'better-sqlite3'
import { makePushTarget, type PushTarget } from '../push-target.ts'
import type { Bench } from './bench.ts'
import type { People } from './calls.ts'

/** Where a push leaves a row of its own, and whose id it is found by in which column. */
const tables = [
  ['people', 'id', 'person'],
  ['members', 'person_id', 'person'],
  ['users', 'id', 'user'],
  ['user_emails', 'user_id', 'user'],
] as const
const inOneTransaction = 50_000

type Row = Record<string, unknown>

/** A domain with so many users, `person0` and so on, in a file of its own. No server has it open afterwards. */
export async function makeDomainOf(
  bench: Bench,
  count: number,
): Promise<{ env: Record<string, string>; target: PushTarget; people: People }> {
  const env = bench.env()
  const target = await makePushTarget(env)
  const server = await bench.serve(env)
  const { id } = await target.create(server.url, 'person0')
  await server.stop()
  copyUser(`${env.GATEHOUSE_DATA_DIR}/gatehouse.db`, id, count)
  return { env, target, people: { count, idAt: index => (index === 0 ? id : idAt(index, 0)) } }
}

function copyUser(file: string, userId: string, count: number): void {
  const db = new Database(file)
  try {
    for (const pragma of ['synchronous = off', 'foreign_keys = off', 'cache_size = -500000'])
      db.pragma(pragma)
    const { originals, inserts } = readOriginals(db, userId)
    const copy = db.transaction((from: number, to: number) => {
      for (let index = from; index < to; index++)
        for (const { insert, values } of inserts)
          insert.run(values.map(value => renamed(value, originals, index)))
    })
    for (let from = 1; from < count; from += inOneTransaction)
      copy(from, Math.min(from + inOneTransaction, count))
    const more = db.prepare("update resource_counts set total = total + ? where kind = 'User' and total > 0")
    more.run(count - 1)
    db.pragma('wal_checkpoint(truncate)')
  } finally {
    db.close()
  }
}

/** The rows of the one user, and the ids in them that every copy has its own of. */
function readOriginals(db: Database.Database, userId: string) {
  const rowOf = (table: string, column: string, id: string) =>
    db.prepare(`select * from ${table} where ${column} = ?`).get(id) as Row
  const ids = { user: userId, person: String(rowOf('users', 'id', userId).person_id) }
  const inserts = tables.map(([table, column, whose]) => {
    const row = rowOf(table, column, ids[whose])
    const names = Object.keys(row)
    const insert = db.prepare(`insert into ${table} (${names}) values (${names.map(() => '?')})`)
    return { insert, values: Object.values(row) }
  })
  const memberId = String(rowOf('members', 'person_id', ids.person).id)
  return { originals: [ids.user, ids.person, memberId], inserts }
}

function renamed(value: unknown, originals: readonly string[], index: number): unknown {
  if (typeof value !== 'string') return value
  let text = value.replaceAll('person0', `person${index}`)
  for (const [which, id] of originals.entries()) text = text.replaceAll(id, idAt(index, which))
  return text
}

const idAt = (index: number, which: number): string =>
  `01900000-0000-7000-8${which}00-${index.toString(16).padStart(12, '0')}`
