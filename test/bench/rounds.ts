// Sides of one comparison, measured by turns so that whatever else the machine does meets all of them.

import { say } from './bench.ts'

const rounds = 5

/** What each side gave, round by round. */
export async function takeTurns<Side extends string, Measure>(
  sides: Readonly<Record<Side, () => Measure | Promise<Measure>>>,
  times = rounds,
): Promise<Record<Side, Measure[]>> {
  const entries = Object.entries(sides) as [Side, () => Measure | Promise<Measure>][]
  const seen = Object.fromEntries(entries.map(([side]) => [side, []])) as unknown as Record<Side, Measure[]>
  for (let round = 1; round <= times; round++) {
    for (const [side, measure] of entries) {
      const measured = await measure()
      seen[side].push(measured)
      say(`  ${round} of ${times}, ${side}: ${shown(measured)}`)
    }
  }
  return seen
}

function shown(measured: unknown): string {
  if (typeof measured === 'number') return measured.toPrecision(4)
  if (Array.isArray(measured)) return measured.map(shown).join(' ')
  return Object.entries(measured as object)
    .map(([name, value]) => `${name} ${shown(value)}`)
    .join(', ')
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** Of the rounds' own ratios: what slows a machine down for a minute meets both sides of a round. */
export const medianRatio = (above: readonly number[], below: readonly number[]): number =>
  median(above.map((value, round) => value / (below[round] ?? Number.NaN)))

export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ??
  Number.NaN

export async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
