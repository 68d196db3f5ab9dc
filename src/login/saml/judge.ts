// Judging responses away from the event loop: one thread, which takes them in turn, and a new one after one that hung.
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

interface Pending {
  readonly input: Case
  readonly resolve: (verdict: Verdict) => void
  readonly reject: (error: unknown) => void
}

const usualLimits: Limits = { milliseconds: 2000, waiting: 256 }
const startMilliseconds = 15_000

/** The thread is started with the first response. It has all that wait, and answers them in their order. */
export class JudgeThread {
  readonly #limits: Limits
  readonly #program: URL
  readonly #pending: Pending[] = []
  #worker: Worker | undefined
  #isReady = false
  #timer: NodeJS.Timeout | undefined
  #idle: (() => void) | undefined

  constructor(limits: Partial<Limits> = {}, program = new URL('./judge-worker.ts', import.meta.url)) {
    this.#limits = { ...usualLimits, ...limits }
    this.#program = program
  }

  /** Refuses when too many wait. */
  readonly judge: Judge = async input => {
    if (this.#pending.length >= this.#limits.waiting) {
      throw throttled('Too many people are signing in at this moment; try again in a few seconds.', 2)
    }
    return new Promise((resolve, reject) => {
      this.#pending.push({ input, resolve, reject })
      if (this.#isReady) this.#worker?.postMessage(input)
      else this.#start()
      if (this.#isReady && this.#pending.length === 1) this.#watch()
    })
  }

  /** Resolves when what was asked is answered and the thread has ended. */
  async stop(): Promise<void> {
    if (this.#pending.length > 0) await new Promise<void>(resolve => (this.#idle = resolve))
    await this.#worker?.terminate()
  }

  #start(): void {
    if (this.#worker) return
    const worker = new Worker(this.#program, {
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 128 },
    })
    this.#worker = worker
    worker.unref()
    worker.on('message', message => this.#told(worker, message))
    worker.on('error', error => this.#broken(worker, error))
    worker.on('exit', () => this.#broken(worker, new Error('the judging thread has ended')))
    this.#watch()
  }

  #told(worker: Worker, message: 'ready' | Judgement): void {
    // The last words of one that was given up.
    if (worker !== this.#worker) return
    if (message === 'ready') this.#ready()
    else this.#answered(message)
  }

  #ready(): void {
    this.#isReady = true
    for (const { input } of this.#pending) this.#worker?.postMessage(input)
    this.#watch()
  }

  #answered(judgement: Judgement): void {
    const first = this.#pending.shift()
    if ('verdict' in judgement) first?.resolve(judgement.verdict)
    else first?.reject(new Error(`a response could not be judged: ${judgement.error}`))
    this.#watch()
  }

  /** The time of the one whose turn it is begins when the one before it was answered. */
  #watch(): void {
    clearTimeout(this.#timer)
    const limit = this.#isReady ? this.#limits.milliseconds : startMilliseconds
    if (this.#pending.length > 0) this.#timer = setTimeout(() => this.#late(), limit)
    else this.#idle?.()
  }

  #late(): void {
    const first = this.#pending.shift()
    if (this.#isReady) first?.resolve(this.#tooSlow())
    else first?.reject(new Error('the judging thread does not start'))
    this.#restart()
  }

  /** Whoever waits first is told; the others have a new thread. */
  #broken(worker: Worker, error: Error): void {
    if (worker !== this.#worker) return
    this.#pending.shift()?.reject(error)
    this.#restart()
  }

  #restart(): void {
    const ended = this.#worker
    this.#worker = undefined
    this.#isReady = false
    void ended?.terminate()
    if (this.#pending.length > 0) this.#start()
    this.#watch()
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
    return { outcome: 'refused', refusal, checks: checks.list, ...nothing, attributes: new Map() }
  }
}
