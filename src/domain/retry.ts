// When to try again what failed: soon, then ever more slowly, and for three days.

const firstMs = 25_000
const longestMs = 60 * 60 * 1000
const patienceMs = 3 * 24 * 60 * 60 * 1000

export interface Retry {
  readonly dueAt: string
  /** Set when the patience has run out. */
  readonly deadAt: string | null
}

/**
 * After so many attempts, all of which failed. `chance` (0 to 1) shortens the wait by up to a quarter, so that what failed together
 * does not come back together.
 */
export function retryAfter(
  { attempts, createdAt }: { attempts: number; createdAt: string },
  { now, chance }: { now: Date; chance: number },
): Retry {
  const wait = Math.min(firstMs * 2 ** (attempts - 1), longestMs) * (1 - chance / 4)
  const isOver = now.getTime() - Date.parse(createdAt) >= patienceMs
  return {
    dueAt: new Date(now.getTime() + wait).toISOString(),
    deadAt: isOver ? now.toISOString() : null,
  }
}
