import { describe, expect, it } from 'vitest'
import { ScimError } from '../../../src/scim/errors.ts'
import { readQueryString, readSearchRequest } from '../../../src/scim/query/search.ts'
import { Leniency } from '../../../src/scim/quirks.ts'

const schemas = ['urn:ietf:params:scim:api:messages:2.0:SearchRequest']
const nothing = {
  filter: undefined,
  sortBy: undefined,
  sortOrder: undefined,
  startIndex: undefined,
  count: undefined,
  cursor: undefined,
  attributes: undefined,
  excludedAttributes: undefined,
}

function refusal(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof ScimError) return `${error.status} ${error.scimType}: ${error.message}`
    throw error
  }
  return 'nothing was refused'
}

describe('readQueryString', () => {
  const read = (search: string) => readQueryString(new URLSearchParams(search))

  it('R7 knows its parameters in any case, takes the first of two, and ignores others', () => {
    expect(read('startindex=3&COUNT=7&count=8&shoe=42&SORTBY=userName')).toEqual({
      ...nothing,
      startIndex: 3,
      count: 7,
      sortBy: 'userName',
    })
    expect(read('')).toEqual(nothing)
    expect(read('cursor').cursor).toBe('')
  })

  it('R40 refuses what is no whole number', () => {
    for (const text of ['ten', '1.5', '', '1e3', '0x10', 'NaN'])
      expect(refusal(() => read(`count=${text}`))).toBe(
        `400 invalidValue: count must be a whole number, but "${text}" came.`,
      )
    expect(refusal(() => read('startIndex=first'))).toContain('startIndex must be a whole number')
  })
})

describe('readSearchRequest (RFC 7644 §3.4.3)', () => {
  const read = (body: unknown, leniency = new Leniency()) => readSearchRequest(body, leniency)

  it('R57 reads every member, its name in any case', () => {
    const body = {
      schemas,
      attributes: ['displayName', 'userName'],
      FILTER: 'displayName sw "smith"',
      sortby: 'displayName',
      sortOrder: 'descending',
      startIndex: 1,
      count: 10,
      cursor: '',
    }
    expect(read(body)).toEqual({
      filter: 'displayName sw "smith"',
      sortBy: 'displayName',
      sortOrder: 'descending',
      startIndex: 1,
      count: 10,
      cursor: '',
      attributes: 'displayName,userName',
      excludedAttributes: undefined,
    })
    expect(read({ schemas, filter: null, count: null, more: 1, ['__proto__']: 1 })).toEqual(nothing)
  })

  it('R57 needs the schema in the strict profile only', () => {
    for (const given of [undefined, [], ['urn:x'], 'urn:x', null]) {
      const leniency = new Leniency()
      expect(read({ schemas: given }, leniency)).toEqual(nothing)
      expect([...leniency.noted]).toEqual(['missing_search_schema'])
      const strict = () => read({ schemas: given }, new Leniency('strict'))
      expect(refusal(strict)).toMatch(
        /^400 invalidSyntax: "schemas" must name urn:ietf:.*SearchRequest, but .* came\.$/,
      )
    }
    expect(read({ schemas }, new Leniency('strict'))).toEqual(nothing)
  })

  it('R57 takes one name without a list around it outside the strict profile', () => {
    expect(read({ schemas, attributes: 'userName,name' }).attributes).toBe('userName,name')
    expect(refusal(() => read({ schemas, attributes: 'userName' }, new Leniency('strict')))).toContain(
      'attributes must be a list of names of attributes, but a string came.',
    )
  })

  it('R57 says which member has the wrong type', () => {
    expect(refusal(() => read([]))).toBe(
      '400 invalidSyntax: The body must be a SearchRequest as a JSON object, but an array came.',
    )
    const wrong: [object, string][] = [
      [{ filter: 1 }, 'filter must be a text, but a number came.'],
      [{ sortBy: ['a'] }, 'sortBy must be a text, but an array came.'],
      [{ cursor: 5 }, 'cursor must be a text, but a number came.'],
      [{ count: '10' }, 'count must be a whole number, but a string came.'],
      [{ startIndex: 1.5 }, 'startIndex must be a whole number, but 1.5 came.'],
      [
        { attributes: [1] },
        'attributes must be a list of names of attributes, but a list with something else came.',
      ],
      [{ excludedAttributes: {} }, 'excludedAttributes must be a list of names of attributes'],
    ]
    for (const [body, message] of wrong)
      expect(refusal(() => read({ schemas, ...body }))).toContain(`400 invalidValue: ${message}`)
  })
})
