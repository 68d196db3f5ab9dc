// Judging responses away from the event loop: one thread, one response at a time, and a new thread after one that hung.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { throttled } from '../../base/refusal.ts'
import { fail, openChecks } from '../../saml/checks.ts'
import type { Refusal } from '../../saml/refusal.ts'
import type { Case, Verdict } from '../../saml/verdict.ts'
import type { Judgement } from './judge-worker.ts'

export type Judge = (input: Case) => Promise<Verdict>

interface Limits {
  /** For one response; a good one takes some milliseconds. */
  readonly milliseconds: number
  /** How many may wait; a response takes longer to send again than to judge. */
  readonly waiting: number
}

const usualLimits: Limits = { milliseconds: 2000, waiting: 256 }
const startMilliseconds = 15_000

/** The thread is started with the first response. */
export class JudgeThread {
  readonly #limits: Limits
  readonly #program: URL
  #worker: Promise<Worker> | undefined
  #last: Promise<unknown> = Promise.resolve()
  #waiting = 0

  constructor(limits: Partial<Limits> = {}, program = new URL('./judge-worker.ts', import.meta.url)) {
    this.#limits = { ...usualLimits, ...limits }
    this.#program = program
  }

  /** Refuses when too many wait. */
  readonly judge: Judge = async input => {
    if (this.#waiting >= this.#limits.waiting) {
      throw throttled('Too many people are signing in at this moment; try again in a few seconds.', 2)
    }
    this.#waiting += 1
    const turn = this.#last.then(() => this.#ask(input))
    this.#last = turn.catch(() => {})
    try {
      return await turn
    } finally {
      this.#waiting -= 1
    }
  }

  /** Resolves when what was asked is answered and the thread has ended. */
  async stop(): Promise<void> {
    await this.#last
    await this.#end()
  }

  async #ask(input: Case): Promise<Verdict> {
    const worker = await this.#ready()
    try {
      const judged = once(worker, 'message', { signal: AbortSignal.timeout(this.#limits.milliseconds) })
      worker.postMessage(input)
      const [judgement] = (await judged) as [Judgement]
      if ('verdict' in judgement) return judgement.verdict
      throw new Error(`a response could not be judged: ${judgement.error}`)
    } catch (error) {
      await this.#end()
      if (error instanceof Error && error.name === 'AbortError') return this.#tooSlow()
      throw error
    }
  }

  async #ready(): Promise<Worker> {
    this.#worker ??= start(this.#program, () => {
      this.#worker = undefined
    })
    try {
      return await this.#worker
    } catch (error) {
      this.#worker = undefined
      throw error
    }
  }

  async #end(): Promise<void> {
    const worker = await this.#worker?.catch(() => undefined)
    this.#worker = undefined
    await worker?.terminate()
  }

  #tooSlow(): Verdict {
    const refusal: Refusal = {
      code: 'saml_malformed',
      expected: `a document that can be judged within ${this.#limits.milliseconds} ms`,
      got: 'one that takes longer',
    }
    const checks = openChecks()
    fail(checks, 'xml', refusal)
    const nothing = { xml: null, certificateFingerprint: null, idpClockOffsetMs: null, nameId: null }
    return { outcome: 'refused', refusal, checks, ...nothing, attributes: new Map() }
  }
}

async function start(program: URL, ended: () => void): Promise<Worker> {
  const worker = new Worker(program, { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 128 } })
  worker.unref()
  await once(worker, 'message', { signal: AbortSignal.timeout(startMilliseconds) })
  // Whoever waits for an answer hears of an error by itself; with nobody waiting it ends nothing but the thread.
  worker.on('error', ended)
  worker.on('exit', ended)
  return worker
}
