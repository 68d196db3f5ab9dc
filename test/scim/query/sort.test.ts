import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nameOf } from '../../../src/scim/filter/ast.ts'
import { checkSorts, compareIn, type Position, readSort } from '../../../src/scim/query/sort.ts'
import { Leniency } from '../../../src/scim/quirks.ts'
import { groupType, userType } from '../../../src/scim/resource-types.ts'
import { attribute, type ResourceType } from '../../../src/scim/schema.ts'

const read = (sortBy: string, type: ResourceType = userType) =>
  readSort(type, { sortBy, sortOrder: undefined }, new Leniency())

describe('readSort', () => {
  it('R55 finds the attribute, and the value of one with parts', () => {
    const found = (sortBy: string) => {
      const path = read(sortBy)?.path
      return path && nameOf(path)
    }
    expect(found(' USERNAME ')).toBe('userName')
    expect(found('emails')).toBe('emails.value')
    expect(found('emails.type')).toBe('emails.type')
    expect(found('manager')).toMatch(/:manager\.value$/)
    expect(found('shoeSize')).toBeUndefined()
    expect(readSort(userType, { sortBy: undefined, sortOrder: 'descending' }, new Leniency())).toBeUndefined()
  })
})

describe('checkSorts', () => {
  const sized = (type: 'string' | 'integer'): ResourceType => ({
    ...groupType,
    schema: { ...groupType.schema, attributes: [attribute('size', '', { type })] },
  })

  it('R42 wants one type of resource at least to have the attribute', () => {
    checkSorts([read('userName'), read('userName', groupType)], 'userName')
    checkSorts([undefined], undefined)
    expect(() => checkSorts([read('shoes'), read('shoes', groupType)], 'shoes')).toThrow('but "shoes" came.')
  })

  it('R42 refuses to sort texts among numbers', () => {
    expect(() => checkSorts([read('size', sized('string')), read('size', sized('integer'))], 'size')).toThrow(
      'sortBy must name an attribute of one type, but "size" has several here.',
    )
  })
})

describe('compareIn', () => {
  const keys = fc.oneof(fc.constant(null), fc.string({ unit: 'grapheme', maxLength: 2 }))
  const positions = fc.record({ key: keys, id: fc.constantFrom('1', '2', '3') })
  const order = (isDescending: boolean, ...all: Position[]) =>
    all.toSorted(compareIn(isDescending)).map(({ id }) => id)

  it('R55 has absent values last ascending and first descending, and ties by id', () => {
    const all = [
      { key: null, id: '2' },
      { key: 'b', id: '4' },
      { key: null, id: '1' },
      { key: 'a', id: '5' },
      { key: 'b', id: '3' },
    ]
    expect(order(false, ...all)).toEqual(['5', '3', '4', '1', '2'])
    expect(order(true, ...all)).toEqual(['1', '2', '3', '4', '5'])
  })

  it('R55 compares numbers as such and texts by code point', () => {
    expect(order(false, { key: 10, id: 'a' }, { key: 9, id: 'b' }, { key: -1, id: 'c' })).toEqual([
      'c',
      'b',
      'a',
    ])
    expect(order(false, { key: '😀', id: 'a' }, { key: '\uffee', id: 'b' })).toEqual(['b', 'a'])
  })

  it('R41 is a total order', () => {
    const isTotal = (a: Position, b: Position, c: Position, isDescending: boolean) => {
      const compare = compareIn(isDescending)
      expect(Math.sign(compare(a, b))).toBe(-Math.sign(compare(b, a)) + 0)
      if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0)
      if (compare(a, b) === 0) expect(a).toEqual(b)
    }
    fc.assert(fc.property(positions, positions, positions, fc.boolean(), isTotal), { numRuns: 500 })
  })
})
