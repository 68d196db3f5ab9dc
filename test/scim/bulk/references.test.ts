import { describe, expect, it } from 'vitest'
import { referencesIn, resolveBody, resolveId } from '../../../src/scim/bulk/references.ts'

const named = (bulkId: string) => `<${bulkId}>`

describe('references (RFC 7644 §3.7.2)', () => {
  it.each([
    ['a value', { value: 'bulkId:a' }, { value: '<a>' }],
    ['an element', { members: ['bulkId:a', { value: 'bulkId:b' }] }, { members: ['<a>', { value: '<b>' }] }],
    ['a $ref', { $ref: '../Users/bulkId:a' }, { $ref: '../Users/<a>' }],
    [
      'a whole $ref',
      { $ref: 'https://x.test/scim/v2/1/Users/bulkId:a' },
      { $ref: 'https://x.test/scim/v2/1/Users/<a>' },
    ],
    ['a filter', { path: 'members[value eq "bulkId:a"]' }, { path: 'members[value eq "<a>"]' }],
    ['a filter without quotes', { path: 'members[value eq bulkId:a]' }, { path: 'members[value eq "<a>"]' }],
    [
      'a filter with two',
      { Path: 'members[value eq "bulkId:a" or (value eq bulkId:b)]' },
      { Path: 'members[value eq "<a>" or (value eq "<b>")]' },
    ],
    ['a bulkId with odd characters', { value: 'bulkId:a b:"c"/é' }, { value: '<a b:"c"/é>' }],
  ])('R81 finds and resolves the one in %s', (_name, body, resolved) => {
    expect(resolveBody({ deep: [{ er: body }] }, named)).toEqual({ deep: [{ er: resolved }] })
  })

  it.each([
    ['text that only mentions one', { title: 'see bulkId:a' }],
    ['another case', { value: 'BULKID:a' }],
    ['no name', { value: 'bulkId:' }],
    ['a path elsewhere', { profileUrl: '../Users/bulkId:a' }],
    ['numbers and nulls', { value: 5, other: null, third: false }],
  ])('R81 leaves %s alone', (_name, body) => {
    expect(resolveBody(body, named)).toEqual(body)
    expect(referencesIn({ id: undefined, body })).toEqual(new Set())
  })

  it('R81 lists each once, the id of the path included', () => {
    const body = [{ value: 'bulkId:a' }, { $ref: 'Users/bulkId:b', value: 'bulkId:a' }]
    expect(referencesIn({ id: 'bulkId:c', body })).toEqual(new Set(['c', 'a', 'b']))
    expect(resolveId('bulkId:c', named)).toBe('<c>')
    expect(resolveId('0190', named)).toBe('0190')
  })

  it('R81 refuses what is nested too deep, however deep', () => {
    let body: unknown = 'bulkId:a'
    for (let depth = 0; depth < 100_000; depth++) body = [body]
    expect(() => referencesIn({ id: undefined, body })).toThrow(
      expect.objectContaining({ status: 400, scimType: 'invalidSyntax' }),
    )
  })

  it('does not write to prototypes', () => {
    const body: unknown = JSON.parse('{"__proto__":{"polluted":"bulkId:a"}}')
    expect(JSON.stringify(resolveBody(body, named))).toBe('{"__proto__":{"polluted":"<a>"}}')
    expect({}).not.toHaveProperty('polluted')
  })
})
