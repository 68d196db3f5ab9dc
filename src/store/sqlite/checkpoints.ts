// What stands in the write-ahead log goes over into the file beside the writer: no commit waits for it.
import { statSync } from 'node:fs'
import { AsideThread } from './aside.ts'
import type { FileOptions } from './handle.ts'

const checkpoint = 'pragma wal_checkpoint(passive)'
const batchesBetween = 32
/** A shorter log is worth no thread: a server that rests has none. */
const worthwhileBytes = 4 * 1024 * 1024

export class Checkpoints {
  readonly #thread: AsideThread
  readonly #log: string
  readonly #lend: () => Promise<() => void>
  #batches = 0
  #isUnderWay = false

  /** `lend` gives the turn of the writers away until it is given back. */
  constructor({ path, synchronous }: FileOptions, lend: () => Promise<() => void>) {
    this.#thread = new AsideThread({ path, writing: { synchronous } })
    this.#lend = lend
    this.#log = `${path}-wal`
  }

  /** Every so many batches one begins, unless one is under way. */
  beforeBatch(): void {
    this.#batches += 1
    if (this.#batches < batchesBetween || this.#isUnderWay) return
    this.#batches = 0
    if (this.#logBytes() < worthwhileBytes) return
    this.#isUnderWay = true
    void this.#carryOver()
  }

  close(): Promise<void> {
    return this.#thread.close()
  }

  #logBytes(): number {
    return statSync(this.#log, { throwIfNoEntry: false })?.size ?? 0
  }

  /**
   * Most of it while others write, and the rest while nobody does: only a log of which nothing is left begins anew, and
   * a longer and longer one would in the end be carried over by a commit (`wal_autocheckpoint`), with everybody waiting.
   */
  async #carryOver(): Promise<void> {
    try {
      await this.#thread.run(checkpoint, [])
      const giveBack = await this.#lend()
      await this.#thread.run(checkpoint, []).finally(giveBack)
    } catch {
      // One that fails leaves more to the next.
    } finally {
      this.#isUnderWay = false
    }
  }
}
