import { describe, expect, it } from 'vitest'
import { inOrder, isObject, kindOf, quote } from '../../src/scim/resource.ts'
import { attribute } from '../../src/scim/schema.ts'

describe('resource', () => {
  it('tells an object from everything else', () => {
    expect([{}, [], null, 'a', 1, undefined].map(isObject)).toEqual([true, false, false, false, false, false])
  })

  it('has a word for every kind of value', () => {
    expect([null, undefined, [], {}, 'a', 1, true].map(kindOf)).toEqual([
      'null',
      'null',
      'an array',
      'an object',
      'a string',
      'a number',
      'a boolean',
    ])
  })

  it('quotes a text on one line, and not all of a long one', () => {
    expect(quote('a"b\n')).toBe('"a\\"b\\n"')
    expect(quote('x'.repeat(1_000))).toBe(`"${'x'.repeat(60)}…"`)
  })

  it('puts values in the order of the schema; none is undefined', () => {
    const [a, b] = [attribute('a', 'The first.'), attribute('b', 'The second.')]
    const found = new Map([
      [b, '2'],
      [a, '1'],
    ])
    expect(JSON.stringify(inOrder([a, b], each => found.get(each)))).toBe('{"a":"1","b":"2"}')
    expect(inOrder([a, b], () => undefined)).toBeUndefined()
  })
})
