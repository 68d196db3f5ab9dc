import { describe, expect, it } from 'vitest'
import { clockWithOffset } from '../../src/base/clock.ts'

describe('clock', () => {
  it('runs ahead or behind by the offset in seconds', () => {
    expect(clockWithOffset(0)().getTime()).toBeCloseTo(Date.now(), -3)
    expect(clockWithOffset(86_400)().getTime() - Date.now()).toBeCloseTo(86_400_000, -3)
    expect(clockWithOffset(-60)().getTime() - Date.now()).toBeCloseTo(-60_000, -3)
  })
})
