// The database: how it is opened, and the one way to run a transaction on it.

import { type Dialect, Kysely, sql } from 'kysely'
import { isContention } from './dialect.ts'
import { createPostgresDialect } from './postgres/dialect.ts'
import { openShortWay, type Runs, withShortWay } from './short-way.ts'
import { createSqliteDialect } from './sqlite/dialect.ts'
import type { Tables } from './tables/tables.ts'
import { enterScope } from './transaction-scope.ts'

/** The database, or a transaction on it. */
export type Db = Kysely<Tables>

export interface DatabaseOptions {
  /** SQLite: with `normal` the last moments before a power cut may be lost, though nothing breaks. */
  readonly synchronous?: 'full' | 'normal'
  /** PostgreSQL: connections at most. */
  readonly poolSize?: number
  readonly applicationName?: string
}

/** Opens `sqlite:./path` or `postgres://…`, and asks it something, so that a wrong address is known at once. */
export async function openDatabase(url: string, options: DatabaseOptions = {}): Promise<Db> {
  const { dialect, runs } = dialectFor(url, options)
  const db: Db = new Kysely({ dialect })
  try {
    await sql`select 1`.execute(db)
    if (runs) openShortWay(db, runs)
  } catch (error) {
    await db.destroy()
    throw new Error(`cannot open the database ${placeOf(url)}: ${messageOf(error)}`, { cause: error })
  }
  return db
}

export const closeDatabase = (db: Db): Promise<void> => db.destroy()

const attempts = 6

export interface TransactOptions {
  /** SQLite: in a thread beside the main one, where only other transactions wait for it. For many rows at a time. */
  readonly isAside?: boolean
}

/**
 * Runs the work in one transaction: it is durable when the promise resolves, and nothing of it is left when it rejects.
 * The work awaits only its own queries, and makes them through `tx` alone. Of two transactions that wait for each other
 * PostgreSQL ends one; what that one did is undone, and its work runs once more.
 */
export async function transact<T>(
  db: Db,
  work: (tx: Db) => Promise<T>,
  { isAside = false }: TransactOptions = {},
): Promise<T> {
  if (db.isTransaction)
    throw new Error('expected a database, but got a transaction: transactions do not nest')
  for (let attempt = 1; ; attempt++) {
    try {
      return await enterScope(isAside, scope =>
        db.transaction().execute(tx => withShortWay(tx, () => scope.run(() => work(tx)))),
      )
    } catch (error) {
      if (!isContention(error) || attempt === attempts) throw error
    }
  }
}

/** What a rehearsal came to, on its way out of the transaction that it ends. */
class Rehearsed<T> {
  readonly result: T

  constructor(result: T) {
    this.result = result
  }
}

/** As `transact`, but nothing of it remains: the work is told how it would have gone. It awaits only its own queries. */
export async function rehearse<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  try {
    return await transact(db, async tx => {
      throw new Rehearsed(await work(tx))
    })
  } catch (end) {
    if (end instanceof Rehearsed) return end.result
    throw end
  }
}

function dialectFor(
  url: string,
  { synchronous, poolSize, applicationName }: DatabaseOptions,
): { dialect: Dialect; runs?: Runs } {
  if (url.startsWith('sqlite:')) {
    const path = url.slice('sqlite:'.length)
    if (path === '' || path.startsWith(':')) {
      throw new Error(`expected sqlite: to be followed by the path of a file, but got "${url}"`)
    }
    return createSqliteDialect({ path, synchronous: synchronous ?? 'full' })
  }
  if (/^postgres(ql)?:\/\//.test(url)) {
    const dialect = createPostgresDialect({
      url,
      poolSize: poolSize ?? 10,
      applicationName: applicationName ?? 'gatehouse',
    })
    return { dialect }
  }
  throw new Error('expected the database URL to begin with sqlite: or postgres://')
}

/** The address without the user and the password. */
function placeOf(url: string): string {
  if (url.startsWith('sqlite:')) return url
  const { host, pathname } = new URL(url)
  return `postgres://${host}${pathname}`
}

function messageOf(error: unknown): string {
  // One for every address that the name of the host stands for.
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
