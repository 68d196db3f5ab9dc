import { describe, expect, it } from 'vitest'
import { uniteAccess } from '../../src/domain/project-access.ts'

describe('uniteAccess', () => {
  it('has each project once, at the highest level, in the order of the ids', () => {
    expect(
      uniteAccess([
        { id: 2, level: 'member' },
        { id: 1, level: 'admin' },
        { id: 2, level: 'admin' },
        { id: 1, level: 'member' },
      ]),
    ).toEqual([
      { id: 1, level: 'admin' },
      { id: 2, level: 'admin' },
    ])
  })
})
