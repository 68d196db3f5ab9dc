// What stands in the write-ahead log goes over into the file beside the writer: no commit waits for it.
import { statSync } from 'node:fs'
import { AsideThread } from './aside.ts'
import type { Synchronous } from './handle.ts'

const batchesBetween = 32
/** A shorter log is worth no thread: a server that rests has none. */
const worthwhileBytes = 4 * 1024 * 1024

export class Checkpoints {
  readonly #thread: AsideThread
  readonly #log: string
  #batches = 0
  #isUnderWay = false

  constructor(path: string, synchronous: Synchronous) {
    this.#thread = new AsideThread({ path, writing: { synchronous } })
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

  /** One that fails leaves more to the next, and in the end to a commit (`wal_autocheckpoint`). */
  async #carryOver(): Promise<void> {
    await this.#thread.run('pragma wal_checkpoint(passive)', []).catch(() => {})
    this.#isUnderWay = false
  }
}
