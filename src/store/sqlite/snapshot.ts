// What one turn of the event loop reads: all its selects share one snapshot, so that the file is locked once for them.

import type { QueryResult } from 'kysely'
import { runStatement, type SqliteHandle, type SqliteStatement } from './handle.ts'

export class Snapshot {
  readonly #reader: SqliteHandle
  #timer: NodeJS.Immediate | undefined

  constructor(reader: SqliteHandle) {
    this.#reader = reader
  }

  read<Row>(statement: SqliteStatement, parameters: readonly unknown[]): QueryResult<Row> {
    if (!this.#timer) {
      this.#reader.run('begin')
      this.#timer = setImmediate(() => this.end())
    }
    return runStatement<Row>(statement, parameters)
  }

  /** What has been committed by now is seen by the next read. */
  end(): void {
    if (!this.#timer) return
    clearImmediate(this.#timer)
    this.#timer = undefined
    this.#reader.run('commit')
  }
}
