import { describe, expect, it } from 'vitest'
import { newId, readId } from '../../src/base/id.ts'

describe('id', () => {
  it('makes UUIDv7 in lower case', () => {
    expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('makes ids that sort in the order they were made, within one millisecond too', () => {
    const ids = Array.from({ length: 10_000 }, newId)
    expect(ids.toSorted()).toEqual(ids)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('reads a UUID of any version and in any case', () => {
    expect(readId('0199C0DE-0000-4000-8000-00000000ABCD')).toBe('0199c0de-0000-4000-8000-00000000abcd')
    const id = newId()
    expect(readId(id)).toBe(id)
  })

  it.each([
    '',
    'me',
    '__proto__',
    '0199c0de00004000800000000000abcd',
    ' 0199c0de-0000-4000-8000-00000000abcd',
    '0199c0de-0000-4000-8000-00000000abcd\n',
    '0199c0de-0000-4000-8000-00000000abcg',
    '{0199c0de-0000-4000-8000-00000000abcd}',
  ])('reads nothing from %j', text => {
    expect(readId(text)).toBeUndefined()
  })
})
