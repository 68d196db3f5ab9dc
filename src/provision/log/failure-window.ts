// How many requests without a valid token reach the log: so many a minute for each domain, the rest as a number.

const windowMilliseconds = 60_000
const keptPerWindow = 60
/** Paths are free to name domains that do not exist. */
const windowsAtMost = 10_000

export interface LeftOut {
  readonly domainId: string
  readonly since: Date
  readonly count: number
}

interface Window {
  readonly since: Date
  kept: number
  leftOut: number
}

export class FailureWindow {
  readonly #windows = new Map<string, Window>()

  /** Whether this one is to be recorded; it is counted either way. */
  admits(domainId: string, now: Date): boolean {
    const window = this.#windows.get(domainId) ?? this.#open(domainId, now)
    if (!window) return false
    if (window.kept >= keptPerWindow) {
      window.leftOut += 1
      return false
    }
    window.kept += 1
    return true
  }

  /** Ends the windows whose minute is over, or all; returns those in which something was left out. */
  close(now: Date | 'all'): LeftOut[] {
    const ended = [...this.#windows].filter(
      ([, { since }]) => now === 'all' || now.getTime() - since.getTime() >= windowMilliseconds,
    )
    for (const [domainId] of ended) this.#windows.delete(domainId)
    return ended
      .filter(([, { leftOut }]) => leftOut > 0)
      .map(([domainId, { since, leftOut }]) => ({ domainId, since, count: leftOut }))
  }

  /** Domains that do not exist take no room from those that do. */
  forget(domainIds: Iterable<string>): void {
    for (const domainId of domainIds) this.#windows.delete(domainId)
  }

  #open(domainId: string, now: Date): Window | undefined {
    if (this.#windows.size >= windowsAtMost) return undefined
    const window = { since: now, kept: 0, leftOut: 0 }
    this.#windows.set(domainId, window)
    return window
  }
}
