import { describe, expect, it } from 'vitest'
import { isLevel, levels } from '../../src/domain/level.ts'

describe('level', () => {
  it('knows 1, 8 and 15 and nothing else', () => {
    expect(Object.values(levels).every(isLevel)).toBe(true)
    expect([0, 2, 16, -1, 8.5, '8', null, undefined, true, [8]].some(isLevel)).toBe(false)
  })
})
