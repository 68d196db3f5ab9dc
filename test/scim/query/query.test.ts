import { describe, expect, it } from 'vitest'
import { ScimError } from '../../../src/scim/errors.ts'
import { readListQuery, readPaging } from '../../../src/scim/query/query.ts'
import { readQueryString } from '../../../src/scim/query/search.ts'
import { Leniency } from '../../../src/scim/quirks.ts'
import { groupType, userType } from '../../../src/scim/resource-types.ts'
import type { ResourceType } from '../../../src/scim/schema.ts'

const asked = (search: string) => readQueryString(new URLSearchParams(search))
const read = (search: string, type: ResourceType = userType, unknown: 'refused' | 'absent' = 'refused') =>
  readListQuery(type, asked(search), { leniency: new Leniency(), unknown })
const page = (search: string) => readPaging(asked(search))

function refusal(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof ScimError) return `${error.status} ${error.scimType}: ${error.message}`
    throw error
  }
  return 'nothing was refused'
}

describe('readPaging', () => {
  it('R43 has 100 resources on a page when nothing is said, and never more than 200', () => {
    expect(page('')).toEqual({ method: 'index', startIndex: 1, count: 100 })
    expect(page('count=200')).toMatchObject({ count: 200 })
    expect(page('count=201')).toMatchObject({ count: 200 })
    expect(page(`count=${'9'.repeat(400)}`)).toMatchObject({ count: 200 })
  })

  it('R40 takes what is too small for the least there is', () => {
    expect(page('startIndex=0&count=-1')).toMatchObject({ startIndex: 1, count: 0 })
    expect(page('startIndex=-7&count=0')).toMatchObject({ startIndex: 1, count: 0 })
    expect(page(`startIndex=${'9'.repeat(400)}`)).toMatchObject({ startIndex: Number.MAX_SAFE_INTEGER })
  })

  it('R58 R60 pages by cursor only when one is given, be it empty', () => {
    expect(page('cursor')).toEqual({ method: 'cursor', cursor: '', count: undefined })
    expect(page('cursor=&count=7&startIndex=3')).toEqual({ method: 'cursor', cursor: '', count: 7 })
    expect(page('Cursor=abc')).toMatchObject({ method: 'cursor', cursor: 'abc' })
    expect(page('startIndex=3')).toMatchObject({ method: 'index' })
  })

  it('R59 refuses a count out of range beside a cursor', () => {
    for (const count of [0, -1, 201])
      expect(refusal(() => page(`cursor&count=${count}`))).toBe(
        `400 invalidCount: count must be from 1 to 200 beside a cursor, but ${count} came.`,
      )
  })
})

describe('readListQuery', () => {
  it('R49 hands the filter to the parser, which refuses an empty one', () => {
    const filter = { kind: 'compare', operator: 'eq', value: 'b' }
    expect(read('Filter=userName+eq+"b"').filter).toMatchObject(filter)
    expect(refusal(() => read('filter='))).toContain('400 invalidFilter')
  })

  it('R56 reads what to show', () => {
    expect(read('Attributes=userName').projection?.kind).toBe('only')
    expect(read('excludedattributes=name').projection?.kind).toBe('except')
    expect(read('').projection).toBeUndefined()
  })

  it('R42 takes an attribute that the type does not have as absent, where several types are listed', () => {
    const never = { kind: 'or', terms: [] }
    const always = { kind: 'not', term: never }
    const filterOf = (text: string) => read(`filter=${encodeURIComponent(text)}`, groupType, 'absent').filter
    for (const text of [
      'userName eq "a"',
      'userName pr',
      'userName co a',
      'urn:ietf:params:scim:schemas:core:2.0:User:userName sw "a"',
      'emails[type eq "work" and (value co "x" or primary eq true)]',
      'emails[type eq "work"].value eq "x"',
      'active eq false',
      'userName ne null',
    ])
      expect([text, filterOf(text)]).toEqual([text, never])
    for (const text of ['userName ne "a"', 'userName eq null', 'shoeSize ne 42'])
      expect([text, filterOf(text)]).toEqual([text, always])
    expect(filterOf('not (userName eq "a" or displayName eq "b")')).toMatchObject({
      kind: 'not',
      term: { kind: 'or', terms: [never, { kind: 'compare', value: 'b' }] },
    })
  })

  it('R42 R49 refuses broken syntax after an absent attribute all the same', () => {
    for (const text of [
      'userName',
      'userName xx "a"',
      'userName eq',
      'userName eq )',
      'emails[type eq "work"',
      'emails[type[eq "work"]]',
      'emails[type eq "work"].value',
      'userName eq "a" and',
    ]) {
      const refused = refusal(() => read(`filter=${encodeURIComponent(text)}`, groupType, 'absent'))
      expect([text, refused]).toEqual([text, expect.stringContaining('400 invalidFilter')])
    }
    expect(refusal(() => read('filter=userName eq "a"', groupType))).toContain('no attribute "userName"')
  })
})
