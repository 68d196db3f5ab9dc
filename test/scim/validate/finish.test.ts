import { describe, expect, it } from 'vitest'
import { bjensen, noted, read, strictly } from './reading.ts'

describe('RFC 7643 §2.4 multi-valued attributes', () => {
  it('R21 keeps the last of two primaries; strict refuses', () => {
    const emails = [
      { value: 'a@b.c', primary: true },
      { value: 'd@e.f', primary: true },
    ]
    expect(noted(bjensen({ emails }))).toEqual({
      resource: bjensen({ emails: [{ value: 'a@b.c', primary: false }, emails[1]] }),
      quirks: ['two_primaries'],
    })
    expect(strictly(bjensen({ emails }))).toBe(
      '400 invalidValue: emails may have one primary value, but 2 came.',
    )
  })

  it('R22 keeps a type and value once, with what the later one adds', () => {
    const emails = [
      { value: 'A@b.c', type: 'work', primary: true },
      { value: 'a@b.c', type: 'home' },
      { value: 'a@B.c', display: 'A', type: 'Work' },
    ]
    expect(read(bjensen({ emails })).emails).toEqual([
      { value: 'A@b.c', display: 'A', type: 'Work', primary: true },
      { value: 'a@b.c', type: 'home' },
    ])
    const addresses = [{ locality: 'Oslo' }, { locality: 'Rome' }, { locality: 'Oslo' }]
    expect(read(bjensen({ addresses })).addresses).toEqual([{ locality: 'Oslo' }, { locality: 'Rome' }])
  })
})
