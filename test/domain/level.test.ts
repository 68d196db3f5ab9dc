import { describe, expect, it } from 'vitest'
import { isLevel, levels, levelUnderGroups } from '../../src/domain/level.ts'

describe('level', () => {
  it('knows 1, 8 and 15 and nothing else', () => {
    expect(Object.values(levels).every(isLevel)).toBe(true)
    expect([0, 2, 16, -1, 8.5, '8', null, undefined, true, [8]].some(isLevel)).toBe(false)
  })
})

describe('levelUnderGroups', () => {
  const byHand = (level: number) => ({ level, groupId: null })
  const byGroup = (level: number, groupId = 'g') => ({ level, groupId })

  it('raises whom it finds lower, and takes back only what a group gave', () => {
    expect(levelUnderGroups(byHand(1), byGroup(8), 1)).toEqual(byGroup(8))
    expect(levelUnderGroups(byGroup(8), byGroup(1), 1)).toEqual(byGroup(1))
    expect(levelUnderGroups(byGroup(8, 'old'), byGroup(8, 'new'), 1)).toEqual(byGroup(8, 'new'))
    expect(levelUnderGroups(byGroup(8), undefined, 1)).toEqual(byHand(1))
    expect(levelUnderGroups(byGroup(1), undefined, 8)).toEqual(byHand(8))
  })

  it('leaves alone who has as much by hand, and owners', () => {
    expect(levelUnderGroups(byHand(8), byGroup(8), 1)).toEqual(byHand(8))
    expect(levelUnderGroups(byHand(8), byGroup(1), 1)).toEqual(byHand(8))
    expect(levelUnderGroups(byHand(8), undefined, 1)).toEqual(byHand(8))
    expect(levelUnderGroups(byHand(15), byGroup(8), 1)).toEqual(byHand(15))
    expect(levelUnderGroups(byHand(15), undefined, 1)).toEqual(byHand(15))
  })
})
