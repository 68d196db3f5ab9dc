import { describe, expect, it } from 'vitest'
import { ScimError } from '../../src/scim/errors.ts'
import { readListQuery } from '../../src/scim/query.ts'
import { Leniency } from '../../src/scim/quirks.ts'
import { userType } from '../../src/scim/resource-types.ts'

const read = (search: string) => readListQuery(userType, new URLSearchParams(search), new Leniency())

function refusal(search: string): string {
  try {
    read(search)
  } catch (error) {
    if (error instanceof ScimError) return `${error.status} ${error.scimType}: ${error.message}`
    throw error
  }
  return 'nothing was refused'
}

describe('readListQuery', () => {
  it('R43 has 100 resources on a page when nothing is said, and never more than 200', () => {
    expect(read('')).toEqual({ filter: undefined, startIndex: 1, count: 100, projection: undefined })
    expect(read('count=200').count).toBe(200)
    expect(read('count=201').count).toBe(200)
    expect(read(`count=${'9'.repeat(400)}`).count).toBe(200)
  })

  it('R40 takes what is too small for the least there is', () => {
    expect(read('startIndex=0&count=-1')).toMatchObject({ startIndex: 1, count: 0 })
    expect(read('startIndex=-7&count=0')).toMatchObject({ startIndex: 1, count: 0 })
    expect(read(`startIndex=${'9'.repeat(400)}`).startIndex).toBe(Number.MAX_SAFE_INTEGER)
  })

  it('R40 refuses what is no whole number', () => {
    for (const text of ['ten', '1.5', '', '1e3', '0x10', 'NaN'])
      expect(refusal(`count=${text}`)).toBe(
        `400 invalidValue: count must be a whole number, but "${text}" came.`,
      )
    expect(refusal('startIndex=first')).toContain('startIndex must be a whole number, but "first" came.')
  })

  it('R7 knows its parameters in any case and ignores others', () => {
    expect(read('startindex=3&COUNT=7&shoe=42&sortBy=userName')).toMatchObject({ startIndex: 3, count: 7 })
    expect(read('Attributes=userName').projection?.kind).toBe('only')
    expect(read('excludedattributes=name').projection?.kind).toBe('except')
  })

  it('R49 hands the filter to the parser, which refuses an empty one', () => {
    expect(read('Filter=userName+eq+"b"').filter).toMatchObject({
      kind: 'compare',
      operator: 'eq',
      value: 'b',
    })
    expect(refusal('filter=')).toContain('400 invalidFilter')
  })

  it('takes the first of two', () => {
    expect(read('count=1&count=2').count).toBe(1)
  })
})
