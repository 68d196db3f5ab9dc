// One SQLite connection with its settings, its own functions and its prepared statements.

import Database from 'better-sqlite3'
import type { QueryResult } from 'kysely'
import { LRUCache } from 'lru-cache'
import { instantOf } from '../../scim/text/instant.ts'

export type Synchronous = 'full' | 'normal'

export interface FileOptions {
  readonly path: string
  readonly synchronous: Synchronous
}

export type SqliteStatement = Database.Statement<unknown[], unknown>

const statementLimit = 1000
const busyMilliseconds = 5000
const cacheKibibytes = 64 * 1024
/** Of a connection in a thread of its own, which goes through a file once or writes at its ends. */
const asideCacheKibibytes = 8 * 1024
/** Of the write-ahead log, before a commit carries it over itself: 32 MiB, four times what usually stands in it. */
const pagesUntilCheckpoint = 8000

export class SqliteHandle {
  readonly #database: Database.Database
  readonly #statements = new LRUCache<string, SqliteStatement>({ max: statementLimit })

  constructor(path: string, { readonly, isAside = false }: { readonly: boolean; isAside?: boolean }) {
    this.#database = new Database(path, { readonly, timeout: busyMilliseconds })
    this.#database.pragma(`cache_size = -${isAside ? asideCacheKibibytes : cacheKibibytes}`)
    this.#database.function('fold', { deterministic: true }, foldValue)
    this.#database.function('instant', { deterministic: true }, instantOfValue)
  }

  /** A commit in WAL mode is on disk when it returns only under `full`. */
  prepareForWriting(synchronous: Synchronous): void {
    this.#keepLog()
    this.#database.pragma(`synchronous = ${synchronous}`)
    this.#database.pragma('foreign_keys = ON')
    // What a savepoint may have to put back is kept here and not in a file: a create touches more pages than fit otherwise.
    this.#database.pragma('temp_store = MEMORY')
    this.#database.pragma(`wal_autocheckpoint = ${pagesUntilCheckpoint}`)
  }

  /** Where several begin on a new file at once, SQLite refuses all but one at once, however long they would wait. */
  #keepLog(): void {
    for (const until = Date.now() + busyMilliseconds; ; pause()) {
      try {
        this.#database.pragma('journal_mode = WAL')
        return
      } catch (error) {
        if (!isBusy(error) || Date.now() > until) throw error
      }
    }
  }

  statement(sql: string): SqliteStatement {
    const known = this.#statements.get(sql)
    if (known) return known
    const statement = this.#database.prepare<unknown[], unknown>(sql)
    this.#statements.set(sql, statement)
    return statement
  }

  run<Row>(sql: string, parameters: readonly unknown[] = []): QueryResult<Row> {
    return runStatement<Row>(this.statement(sql), parameters)
  }

  get inTransaction(): boolean {
    return this.#database.inTransaction
  }

  close(): void {
    this.#database.close()
  }
}

export function runStatement<Row>(
  statement: SqliteStatement,
  parameters: readonly unknown[],
): QueryResult<Row> {
  const values = parameters.some(isBoolean) ? parameters.map(flagOf) : parameters
  if (statement.reader) return { rows: statement.all(values) as Row[] }
  return { rows: [], numAffectedRows: BigInt(statement.run(values).changes) }
}

const isBusy = (error: unknown) =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')

const pauseMilliseconds = 5
const pause = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMilliseconds)

const isBoolean = (value: unknown) => typeof value === 'boolean'
/** SQLite has no boolean of its own. */
const flagOf = (value: unknown) => (typeof value === 'boolean' ? Number(value) : value)

const instantOfValue = (value: unknown) => (typeof value === 'string' ? (instantOf(value) ?? null) : null)
const foldValue = (value: unknown) => (typeof value === 'string' ? value.toLowerCase() : value)
