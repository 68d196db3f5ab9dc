// Something to look after every second, beside the server, until told to stop.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../base/log.ts'

/** How long somebody may wait until work for them begins. */
const pollMs = 1_000

export class Poller {
  readonly #log: Log
  readonly #look: () => Promise<unknown>
  readonly #stopping = new AbortController()
  #loop: Promise<void> = Promise.resolve()

  /** `look` does what is due and ends early once `isStopping`. */
  constructor(log: Log, look: () => Promise<unknown>) {
    this.#log = log
    this.#look = look
  }

  get isStopping(): boolean {
    return this.#stopping.signal.aborted
  }

  start(): void {
    this.#loop = this.#work()
  }

  /** Resolves when what is under way has ended. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#loop
  }

  async #work(): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      await this.#look().catch(error =>
        this.#log.error({ err: error }, 'the work that is due could not be looked at'),
      )
      await sleep(pollMs, undefined, { signal, ref: false }).catch(() => {})
    }
  }
}
