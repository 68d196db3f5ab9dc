// Before and after, as lines that can be read.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linesOf } from '../../../../src/http/console/audit/changes.ts'

describe('the lines of a change', () => {
  const lines = (before: unknown, after: unknown) => linesOf({ f: { before, after } })

  it('are none where nothing is other than it was', () => {
    for (const same of [null, '', [], 7, 'a', [1, 2], { a: { b: 1 } }]) expect(lines(same, same)).toEqual([])
    expect(lines(null, '')).toEqual([])
  })

  it('say what was added and what was removed', () => {
    expect(lines(null, 'a')).toEqual([{ field: 'f', kind: 'added', values: ['a'] }])
    expect(lines(['a', 'b'], undefined)).toEqual([{ field: 'f', kind: 'removed', values: ['a', 'b'] }])
    expect(lines(['a', 'b'], ['b', 'c'])).toEqual([
      { field: 'f', kind: 'added', values: ['c'] },
      { field: 'f', kind: 'removed', values: ['a'] },
    ])
    expect(lines([{ id: 1 }], [{ id: 1 }, { id: 2 }])).toEqual([
      { field: 'f', kind: 'added', values: ['{"id":2}'] },
    ])
  })

  it('say of a list when only its order or the number of its parts is another', () => {
    expect(lines(['a', 'b'], ['b', 'a'])).toEqual([{ field: 'f', kind: 'changed', values: ['a, b', 'b, a'] }])
    expect(lines(['a', 'a'], ['a'])).toEqual([{ field: 'f', kind: 'changed', values: ['a, a', 'a'] }])
  })

  it('say of a field within fields what became of it', () => {
    expect(lines({ a: { b: false, c: 1 } }, { a: { b: true, c: 1 } })).toEqual([
      { field: 'f.a.b', kind: 'changed', values: ['false', 'true'] },
    ])
    expect(lines(null, { a: 1, b: '' })).toEqual([{ field: 'f.a', kind: 'added', values: ['1'] }])
    expect(lines({ a: [1], b: 2 }, { a: [1] })).toEqual([{ field: 'f.b', kind: 'removed', values: ['2'] }])
    expect(lines(1, { a: 1 })).toEqual([{ field: 'f', kind: 'changed', values: ['1', '{"a":1}'] }])
  })

  it('are made of whatever a row holds', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), fc.jsonValue({ maxDepth: 8 }), (before, after) => {
        for (const { values } of lines(before, after)) expect(values.length).toBeGreaterThan(0)
      }),
    )
  })
})
