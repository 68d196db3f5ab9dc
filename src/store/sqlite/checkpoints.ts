// What stands in the write-ahead log goes over into the file beside the writer: no commit waits for it.
import { AsideThread } from './aside.ts'

const batchesBetween = 32

export class Checkpoints {
  readonly #thread: AsideThread
  #batches = 0
  #isUnderWay = false

  constructor(path: string) {
    this.#thread = new AsideThread({ path, readonly: false })
  }

  /** Every so many batches one begins, unless one is under way. */
  beforeBatch(): void {
    this.#batches += 1
    if (this.#batches < batchesBetween || this.#isUnderWay) return
    this.#batches = 0
    this.#isUnderWay = true
    void this.#carryOver()
  }

  close(): Promise<void> {
    return this.#thread.close()
  }

  /** One that fails leaves more to the next, and in the end to a commit (`wal_autocheckpoint`). */
  async #carryOver(): Promise<void> {
    await this.#thread.run('pragma wal_checkpoint(passive)', []).catch(() => {})
    this.#isUnderWay = false
  }
}
