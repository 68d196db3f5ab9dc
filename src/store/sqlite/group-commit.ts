// Group commit on SQLite: transactions run one after another as savepoints, and one real COMMIT makes a batch durable.

import type { QueryResult } from 'kysely'
import { afterClosing, afterEnd, afterFailure, afterTurn } from '../refusals.ts'
import type { SqliteHandle } from './handle.ts'

const batchLimit = 512

/** What one COMMIT carries. `settled` resolves when it is on disk. */
interface Batch {
  members: number
  running: SqliteTransaction | undefined
  readonly timer: NodeJS.Immediate
  readonly settled: Promise<void>
  readonly resolve: () => void
  readonly reject: (reason: Error) => void
}

/** One caller's share of a batch. */
export interface SqliteTransaction {
  readonly batch: Batch
  readonly onAbandon: (reason: Error) => void
  /** Set once nothing more may be asked of it. */
  refusal: Error | undefined
}

export class GroupCommit {
  readonly #writer: SqliteHandle
  readonly #beforeBatch: () => void
  readonly #queue: (() => void)[] = []
  #isTurnTaken = false
  #isClosed = false
  #batch: Batch | undefined

  /** `beforeBatch` runs before each batch is opened. */
  constructor(writer: SqliteHandle, beforeBatch: () => void) {
    this.#writer = writer
    this.#beforeBatch = beforeBatch
  }

  /** Resolves, whatever became of it, when the batch that is open has been closed; undefined when none is. */
  get underWay(): Promise<void> | undefined {
    return this.#batch?.settled.catch(() => {})
  }

  /** Waits for its turn, then joins the open batch or opens one. */
  async begin(onAbandon: (reason: Error) => void): Promise<SqliteTransaction> {
    await this.#takeTurn()
    try {
      this.#batch ??= this.#openBatch()
      // The first of a batch needs no savepoint: when it fails there is nothing else to keep.
      if (this.#batch.members > 0) this.#writer.run('savepoint member')
      const transaction: SqliteTransaction = { batch: this.#batch, onAbandon, refusal: undefined }
      this.#batch.running = transaction
      return transaction
    } catch (error) {
      this.#passTurn()
      throw error
    }
  }

  run<Row>(transaction: SqliteTransaction, sql: string, parameters: readonly unknown[]): QueryResult<Row> {
    if (transaction.refusal) throw transaction.refusal
    try {
      return this.#writer.run<Row>(sql, parameters)
    } catch (error) {
      // As on PostgreSQL, a transaction in which a statement failed can only be rolled back.
      transaction.refusal = afterFailure(error)
      if (!this.#writer.inTransaction) this.#lose(transaction, error)
      throw error
    }
  }

  /** Resolves when the batch is on disk. */
  async commit(transaction: SqliteTransaction): Promise<void> {
    if (transaction.refusal) {
      const { refusal } = transaction
      await this.rollBack(transaction)
      throw refusal
    }
    const { batch } = transaction
    if (batch.members > 0) this.#writer.run('release member')
    batch.members += 1
    this.#end(transaction)
    if (batch.members >= batchLimit) this.#flush(batch)
    await batch.settled
  }

  /** Resolves when what the transaction saw of others is on disk: its refusal may rest on them. */
  async rollBack(transaction: SqliteTransaction): Promise<void> {
    const { batch } = transaction
    if (batch.running !== transaction) return
    this.#undo(transaction)
    if (batch.members > 0) await batch.settled
  }

  /**
   * Waits for its turn and for what is open to be on disk. Until the turn is given back nobody else begins: it is for a
   * transaction on another connection, and SQLite has one writer.
   */
  async lend(): Promise<() => void> {
    await this.#takeTurn()
    await this.underWay
    return () => this.#passTurn()
  }

  /** Who still waits for a turn is refused as soon as it comes. */
  close(): void {
    this.#isClosed = true
    if (this.#batch) this.#turnOver(this.#batch, afterClosing())
  }

  #undo(transaction: SqliteTransaction): void {
    const { batch } = transaction
    if (this.#batch === batch) {
      if (batch.members === 0) this.#flush(batch)
      else {
        this.#writer.run('rollback to member')
        this.#writer.run('release member')
      }
    }
    this.#end(transaction)
  }

  #end(transaction: SqliteTransaction): void {
    transaction.refusal ??= afterEnd()
    transaction.batch.running = undefined
    this.#passTurn()
  }

  #openBatch(): Batch {
    this.#beforeBatch()
    this.#writer.run('begin immediate')
    const timer = setImmediate(() => this.#turnOver(batch, afterTurn()))
    const batch: Batch = { members: 0, running: undefined, timer, ...settlement() }
    return batch
  }

  /** The event loop turns: everything that only awaited the database is done, so what is still open never will be. */
  #turnOver(batch: Batch, refusal: Error): void {
    const { running } = batch
    if (running) {
      running.refusal = refusal
      this.#undo(running)
      running.onAbandon(refusal)
    }
    if (this.#batch === batch) this.#flush(batch)
  }

  #flush(batch: Batch): void {
    this.#close(batch)
    try {
      this.#writer.run(batch.members > 0 ? 'commit' : 'rollback')
      batch.resolve()
    } catch (error) {
      if (this.#writer.inTransaction) this.#writer.run('rollback')
      batch.reject(new Error('the commit failed; nothing of it was kept', { cause: error }))
    }
  }

  /** SQLite answers some errors (a full disk, a broken one) by rolling back everything that is open. */
  #lose(transaction: SqliteTransaction, error: unknown): void {
    const { batch } = transaction
    this.#close(batch)
    this.#end(transaction)
    batch.reject(new Error('the database rolled back the whole batch', { cause: error }))
  }

  #close(batch: Batch): void {
    this.#batch = undefined
    clearImmediate(batch.timer)
  }

  async #takeTurn(): Promise<void> {
    if (this.#isTurnTaken) await new Promise<void>(resolve => this.#queue.push(resolve))
    this.#isTurnTaken = true
    if (!this.#isClosed) return
    this.#passTurn()
    throw afterClosing()
  }

  /** Hands the turn to the one who has waited longest, so that nobody can push in between. */
  #passTurn(): void {
    const next = this.#queue.shift()
    if (next) next()
    else this.#isTurnTaken = false
  }
}

function settlement(): Pick<Batch, 'settled' | 'resolve' | 'reject'> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  // Whoever is in the batch awaits it; a batch without members may fail unheard.
  promise.catch(() => {})
  return { settled: promise, resolve, reject }
}
