// What is read between two batches, within one turn of the event loop, is one snapshot: the file is locked once for it.

import type { QueryResult } from 'kysely'
import { runStatement, type SqliteHandle, type SqliteStatement } from './handle.ts'

/** Of one statement. */
const mostAnswers = 1000

export class Snapshot {
  readonly #handle: SqliteHandle
  #timer: NodeJS.Immediate | undefined
  /** To selects that are asked again and again, as of the last commit of whatever connection. */
  readonly #answers = new Map<SqliteStatement, Map<string, QueryResult<unknown>>>()
  /** Another one than before says that another connection, of another process perhaps, has committed. */
  #dataVersion: unknown

  constructor(handle: SqliteHandle) {
    this.#handle = handle
  }

  read<Row>(statement: SqliteStatement, parameters: readonly unknown[]): QueryResult<Row> {
    this.#begin()
    return runStatement<Row>(statement, parameters)
  }

  /** The same without asking again as long as nothing at all has been committed. */
  readKept<Row>(statement: SqliteStatement, parameters: readonly unknown[]): QueryResult<Row> {
    this.#begin()
    const answers = this.#answersTo(statement)
    const question = JSON.stringify(parameters)
    const known = answers.get(question)
    if (known) return known as QueryResult<Row>
    const answer = runStatement<Row>(statement, parameters)
    answers.set(question, answer)
    return answer
  }

  /** Before anything is written: the next read sees what has been committed by then. */
  beforeBatch(): void {
    this.end()
    this.#answers.clear()
  }

  /** At the end of the turn. */
  end(): void {
    if (!this.#timer) return
    clearImmediate(this.#timer)
    this.#timer = undefined
    this.#handle.run('commit')
  }

  #answersTo(statement: SqliteStatement): Map<string, QueryResult<unknown>> {
    const known = this.#answers.get(statement)
    if (known && known.size < mostAnswers) return known
    const answers = new Map<string, QueryResult<unknown>>()
    this.#answers.set(statement, answers)
    return answers
  }

  #begin(): void {
    if (this.#timer) return
    this.#handle.run('begin')
    this.#timer = setImmediate(() => this.end())
    const [version] = this.#handle.run<{ data_version: number }>('pragma data_version').rows
    if (version?.data_version !== this.#dataVersion) this.#answers.clear()
    this.#dataVersion = version?.data_version
  }
}
