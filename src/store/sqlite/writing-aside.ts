// A transaction in a thread beside the main one: what is written there holds up no request, only other transactions.

import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'
import { afterEnd, afterFailure, afterTurn, noCursor } from '../refusals.ts'
import type { TransactionScope } from '../transaction-scope.ts'
import type { AsideThread } from './aside.ts'
import type { GroupCommit } from './group-commit.ts'
import type { Snapshot } from './snapshot.ts'

interface Surroundings {
  readonly commits: GroupCommit
  readonly snapshot: Snapshot
  /** Its connection writes, and nobody else uses it. */
  readonly writer: AsideThread
}

export class AsideWriting implements DatabaseConnection {
  readonly #around: Surroundings
  readonly #scope: TransactionScope
  /** Set while the transaction has the turn. */
  #giveTurnBack: (() => void) | undefined
  /** Set once nothing more may be asked of it. */
  #refusal: Error | undefined
  #isEnding = false
  #begun: Promise<unknown> | undefined
  #asked = 0
  /** Fires unless the next query comes in the turn of the event loop that brought the last answer. */
  #idle: NodeJS.Immediate | undefined

  constructor(around: Surroundings, scope: TransactionScope) {
    this.#around = around
    this.#scope = scope
  }

  /** What it comes to is heard with the first query, which is under way with it: the turn is not held for two answers. */
  async begin(): Promise<void> {
    this.#giveTurnBack = await this.#around.commits.lend()
    this.#begun = this.#around.writer.run('begin immediate', [])
    this.#begun.catch(() => {})
    this.#expectQuery()
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.#refusal) throw this.#refusal
    clearImmediate(this.#idle)
    this.#asked += 1
    try {
      return await this.#ask<Row>(sql, parameters)
    } catch (error) {
      // As on PostgreSQL, a transaction in which a statement failed can only be rolled back.
      this.#refusal ??= afterFailure(error)
      throw error
    } finally {
      this.#asked -= 1
      if (this.#asked === 0) this.#expectQuery()
    }
  }

  streamQuery(): never {
    throw noCursor()
  }

  /** When it fails, on a full disk say, the transaction is to be rolled back as any other. */
  async commit(): Promise<void> {
    if (this.#refusal) throw this.#refusal
    this.#takeNoMore()
    await this.#ask('commit', [])
    this.#end()
  }

  async rollBack(): Promise<void> {
    this.#takeNoMore()
    // It fails only where nothing is left to roll back: SQLite did it already, or the thread ended.
    await this.#around.writer.runInside('rollback', []).catch(() => {})
    this.#end()
  }

  async #ask<Row>(sql: string, parameters: readonly unknown[]): Promise<QueryResult<Row>> {
    const [result] = await Promise.all([
      this.#around.writer.runInside<Row>(sql, parameters),
      // Where it has failed the query is refused for want of a transaction; this is the reason.
      this.#begun,
    ])
    return result
  }

  /** Whoever awaits something else would keep all writers waiting, and for ever if it never comes. */
  #expectQuery(): void {
    if (this.#isEnding) return
    this.#idle = setImmediate(() => {
      this.#refusal ??= afterTurn()
      this.#scope.abandon(this.#refusal)
    })
  }

  #takeNoMore(): void {
    this.#isEnding = true
    clearImmediate(this.#idle)
    this.#refusal ??= afterEnd()
  }

  /** Whoever waited for this transaction reads what it wrote. */
  #end(): void {
    this.#around.snapshot.end()
    this.#giveTurnBack?.()
    this.#giveTurnBack = undefined
  }
}
