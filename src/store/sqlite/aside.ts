// A thread beside the main one with a connection of its own, for what takes long on SQLite: nobody else waits for it.
import { Worker } from 'node:worker_threads'
import type { QueryResult } from 'kysely'
import { afterClosing } from '../refusals.ts'
import type { Synchronous } from './handle.ts'

/** What its thread opens. */
export interface Opened {
  readonly path: string
  /** Undefined for a connection that only reads. */
  readonly writing: { readonly synchronous: Synchronous } | undefined
}

export interface Question {
  readonly number: number
  readonly sql: string
  readonly parameters: readonly unknown[]
  /** Whether it is part of a transaction, and nothing on its own. */
  readonly isInside: boolean
}

export type Answer =
  | { readonly number: number; readonly result: QueryResult<unknown> }
  | {
      readonly number: number
      readonly error: { readonly message: string; readonly code: string | undefined }
    }

interface Waiting {
  resolve(result: QueryResult<unknown>): void
  reject(error: Error): void
}

/** Begins its thread with the first query, and a new one should that die. Queries run one after the other. */
export class AsideThread {
  readonly #opened: Opened
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | undefined
  #asked = 0
  #isClosed = false

  constructor(opened: Opened) {
    this.#opened = opened
  }

  run<Row>(sql: string, parameters: readonly unknown[]): Promise<QueryResult<Row>> {
    return this.#ask({ sql, parameters, isInside: false })
  }

  /** Refused where no transaction is open: the thread may be another than began it, or SQLite has rolled it back. */
  runInside<Row>(sql: string, parameters: readonly unknown[]): Promise<QueryResult<Row>> {
    return this.#ask({ sql, parameters, isInside: true })
  }

  /** Resolves when the connection is closed, which it is not before its query has ended. */
  async close(): Promise<void> {
    const worker = this.#worker
    this.#isClosed = true
    this.#end(afterClosing())
    await worker?.terminate()
  }

  #ask<Row>(asked: Omit<Question, 'number'>): Promise<QueryResult<Row>> {
    if (this.#isClosed) return Promise.reject(afterClosing())
    const worker = this.#worker ?? this.#begin()
    const question: Question = { ...asked, number: ++this.#asked }
    return new Promise((resolve, reject) => {
      worker.postMessage(question)
      this.#waiting.set(question.number, { resolve: result => resolve(result as QueryResult<Row>), reject })
      worker.ref()
    })
  }

  #begin(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: this.#opened })
    worker.on('message', (answer: Answer) => this.#receive(worker, answer))
    worker.on('error', error => this.#worker === worker && this.#end(error as Error))
    worker.on(
      'exit',
      () => this.#worker === worker && this.#end(new Error('the thread beside the main one ended')),
    )
    this.#worker = worker
    return worker
  }

  #receive(worker: Worker, answer: Answer): void {
    const waiting = this.#waiting.get(answer.number)
    this.#waiting.delete(answer.number)
    // An idle thread keeps no process alive.
    if (this.#waiting.size === 0) worker.unref()
    if ('result' in answer) waiting?.resolve(answer.result)
    else waiting?.reject(Object.assign(new Error(answer.error.message), { code: answer.error.code }))
  }

  #end(reason: Error): void {
    this.#worker = undefined
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const each of waiting) each.reject(reason)
  }
}
