import { describe, expect, it } from 'vitest'
import { retryAfter } from '../../src/domain/retry.ts'

const createdAt = '2026-11-25T12:00:00.000Z'
const later = (milliseconds: number) => new Date(Date.parse(createdAt) + milliseconds)
const hour = 60 * 60 * 1000

describe('retryAfter', () => {
  const waitAfter = (attempts: number, chance: number) =>
    Date.parse(retryAfter({ attempts, createdAt }, { now: later(0), chance }).dueAt) - later(0).getTime()

  it('doubles from within half a minute to an hour', () => {
    expect([1, 2, 3, 8, 9, 50].map(attempts => waitAfter(attempts, 0))).toEqual([
      25_000,
      50_000,
      100_000,
      3_200_000,
      hour,
      hour,
    ])
  })

  it('is shorter by up to a quarter, by chance', () => {
    expect(waitAfter(1, 1)).toBe(18_750)
    expect(waitAfter(50, 0.5)).toBe(0.875 * hour)
  })

  it('gives up after three days', () => {
    const deadAt = (milliseconds: number) =>
      retryAfter({ attempts: 9, createdAt }, { now: later(milliseconds), chance: 0 }).deadAt
    expect(deadAt(72 * hour - 1)).toBeNull()
    expect(deadAt(72 * hour)).toBe('2026-11-28T12:00:00.000Z')
  })
})
