// The worker that empties the outbox; any number of processes share the work, each item in the hands of one.
import type { Context } from '../context.ts'
import { allDeliveries, type Deliveries, deliver, leaseDue } from '../manage/delivery/deliveries.ts'
import { Poller } from './poller.ts'

/** A receiver that is slow to answer holds up few others, and no receiver gets everything at once. */
const atOnce = 8

export class OutboxWorker {
  readonly #ctx: Context
  readonly #deliveries: Deliveries
  readonly #poller: Poller

  constructor(ctx: Context, deliveries: Deliveries = allDeliveries) {
    this.#ctx = ctx
    this.#deliveries = deliveries
    this.#poller = new Poller(ctx.log, () => this.deliverDue())
  }

  start(): void {
    this.#poller.start()
  }

  /** Resolves when the deliveries under way have ended; the rest is left to the next worker. */
  stop(): Promise<void> {
    return this.#poller.stop()
  }

  /** Tries everything that is due; returns how many items that were. */
  async deliverDue(): Promise<number> {
    for (let tried = 0; ; ) {
      if (this.#poller.isStopping) return tried
      const items = await leaseDue(this.#ctx, this.#deliveries, atOnce)
      if (items.length === 0) return tried
      await Promise.all(items.map(item => deliver(this.#ctx, this.#deliveries, item)))
      tried += items.length
    }
  }
}
