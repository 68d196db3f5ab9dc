// What is read between two batches, within one turn of the event loop, is one snapshot: the file is locked once for it.

import type { QueryResult } from 'kysely'
import { runStatement, type SqliteHandle, type SqliteStatement } from './handle.ts'

export class Snapshot {
  readonly #handle: SqliteHandle
  #timer: NodeJS.Immediate | undefined

  constructor(handle: SqliteHandle) {
    this.#handle = handle
  }

  read<Row>(statement: SqliteStatement, parameters: readonly unknown[]): QueryResult<Row> {
    if (!this.#timer) {
      this.#handle.run('begin')
      this.#timer = setImmediate(() => this.end())
    }
    return runStatement<Row>(statement, parameters)
  }

  /** Before anything is written, and at the end of the turn: the next read sees what has been committed by then. */
  end(): void {
    if (!this.#timer) return
    clearImmediate(this.#timer)
    this.#timer = undefined
    this.#handle.run('commit')
  }
}
