// The worker beside the server: leases a due job, runs it step by step, says when it is due again.
import type { Context } from '../context.ts'
import {
  deleteJob,
  ensureJob,
  extendLease,
  type Job,
  leaseJob,
  rescheduleJob,
} from '../store/records/jobs.ts'
import { chores as allChores, type Chore } from './chores.ts'
import { Poller } from './poller.ts'

/** A step has to end within this time, or another process may take the job over. */
const leaseMs = 5 * 60_000
const firstRetryMs = 30_000
const longestRetryMs = 60 * 60_000

export class JobRunner {
  readonly #ctx: Context
  readonly #chores: ReadonlyMap<string, Chore>
  readonly #poller: Poller
  #isReady = false

  constructor(ctx: Context, chores: readonly Chore[] = allChores) {
    this.#ctx = ctx
    this.#chores = new Map(chores.map(chore => [chore.name, chore]))
    this.#poller = new Poller(ctx.log, () => this.runDue())
  }

  start(): void {
    this.#poller.start()
  }

  /** Resolves when the step under way has ended; the rest of its job is left to the next worker. */
  stop(): Promise<void> {
    return this.#poller.stop()
  }

  /** Runs everything that is due; returns how many jobs that were. */
  async runDue(): Promise<number> {
    const { db } = this.#ctx
    const names = [...this.#chores.keys()]
    await this.#ensureChores()
    for (let done = 0; ; done++) {
      const lease = { names, now: this.#at(0), until: this.#at(leaseMs) }
      const job = this.#poller.isStopping ? undefined : await leaseJob(db, lease)
      const chore = job && this.#chores.get(job.name)
      if (!chore) return done
      await this.#run(job, chore)
    }
  }

  /** Once for each runner: nobody takes them away again. */
  async #ensureChores(): Promise<void> {
    if (this.#isReady) return
    for (const { name, everyMs } of this.#chores.values())
      if (everyMs !== undefined) await ensureJob(this.#ctx.db, { name, key: '', runAt: this.#at(0) })
    this.#isReady = true
  }

  async #run(job: Job, chore: Chore): Promise<void> {
    const { db, log } = this.#ctx
    let held = job
    try {
      for await (const _ of chore.run(this.#ctx, job.key)) {
        if (this.#poller.isStopping) {
          return void (await rescheduleJob(db, held, { runAt: this.#at(0), attempts: 0, lastError: null }))
        }
        const extended = await extendLease(db, held, this.#at(leaseMs))
        if (!extended) return
        held = extended
      }
      if (chore.everyMs === undefined) await deleteJob(db, held)
      else {
        const runAt = this.#at(chore.everyMs)
        await rescheduleJob(db, held, { runAt, attempts: 0, lastError: null, endedAt: this.#at(0) })
      }
    } catch (error) {
      log.error({ err: error, job: job.name, attempts: job.attempts }, 'job failed')
      const lastError = error instanceof Error ? error.message : String(error)
      const runAt = this.#at(retryAfter(job.attempts))
      await rescheduleJob(db, held, { runAt, attempts: job.attempts, lastError, endedAt: this.#at(0) })
    }
  }

  #at(milliseconds: number): string {
    return new Date(this.#ctx.now().getTime() + milliseconds).toISOString()
  }
}

/** Doubles with each attempt, with up to a quarter of chance so that processes do not march in step. */
const retryAfter = (attempts: number): number =>
  Math.min(firstRetryMs * 2 ** (attempts - 1), longestRetryMs) * (1 + Math.random() / 4)
