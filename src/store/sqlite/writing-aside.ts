// A transaction in a thread beside the main one: what is written there holds up no request, only other transactions.

import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'
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
  /** Set while the transaction lasts. */
  #giveTurnBack: (() => void) | undefined

  constructor(around: Surroundings) {
    this.#around = around
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    if (!this.#giveTurnBack) throw new Error('the transaction has ended and takes no further query')
    return this.#around.writer.run<Row>(sql, parameters)
  }

  // biome-ignore lint/correctness/useYield: it only refuses
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('expected a list to be read page by page, by key')
  }

  async begin(): Promise<void> {
    this.#giveTurnBack = await this.#around.commits.lend()
    try {
      await this.#around.writer.run('begin immediate', [])
    } catch (error) {
      this.#end()
      throw error
    }
  }

  /** When it fails, on a full disk say, the transaction is to be rolled back as any other. */
  async commit(): Promise<void> {
    await this.#around.writer.run('commit', [])
    this.#end()
  }

  async rollBack(): Promise<void> {
    if (!this.#giveTurnBack) return
    // It fails only where nothing is left to roll back: SQLite did it already, or the thread ended.
    await this.#around.writer.run('rollback', []).catch(() => {})
    this.#end()
  }

  /** Whoever waited for this transaction reads what it wrote. */
  #end(): void {
    this.#around.snapshot.end()
    this.#giveTurnBack?.()
    this.#giveTurnBack = undefined
  }
}
