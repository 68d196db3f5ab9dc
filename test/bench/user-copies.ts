// Many users as pushes leave them: copies of what one push really wrote, under other names and ids.

import Database from 'better-sqlite3'
import { makePushTarget, type PushTarget } from '../push-target.ts'
import type { Bench } from './bench.ts'
import type { People } from './calls.ts'

/** Rows of one user, with the column that finds them by an id of the user or of its person. */
const tables = [
  ['people', 'id'],
  ['members', 'person_id'],
  ['users', 'id'],
  ['user_emails', 'user_id'],
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
    const { person_id: personId } = db.prepare('select person_id from users where id = ?').get(userId) as Row
    const originals = [userId, String(personId)]
    const copies = tables.map(([table, column]) => {
      const key = originals.find(id => db.prepare(`select 1 from ${table} where ${column} = ?`).get(id))
      const row = db.prepare(`select * from ${table} where ${column} = ?`).get(key) as Row
      const [names, values] = [Object.keys(row), Object.values(row)]
      if (table === 'members') originals.push(String(row.id))
      const insert = db.prepare(`insert into ${table} (${names}) values (${names.map(() => '?')})`)
      return { insert, values }
    })
    const copy = db.transaction((from: number, to: number) => {
      for (let index = from; index < to; index++)
        for (const { insert, values } of copies)
          insert.run(values.map(value => renamed(value, originals, index)))
    })
    for (let from = 1; from < count; from += inOneTransaction)
      copy(from, Math.min(from + inOneTransaction, count))
    db.prepare(`update resource_counts set total = total + ? where kind = 'User' and total > 0`).run(
      count - 1,
    )
    db.pragma('wal_checkpoint(truncate)')
  } finally {
    db.close()
  }
}

function renamed(value: unknown, originals: readonly string[], index: number): unknown {
  if (typeof value !== 'string') return value
  let text = value.includes('person0') ? value.replaceAll('person0', `person${index}`) : value
  for (const [which, id] of originals.entries())
    if (text.includes(id)) text = text.replaceAll(id, idAt(index, which))
  return text
}

const idAt = (index: number, which: number): string =>
  `01900000-0000-7000-8${which}00-${index.toString(16).padStart(12, '0')}`
