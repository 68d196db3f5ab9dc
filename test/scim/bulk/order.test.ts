import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { orderByNeed } from '../../../src/scim/bulk/order.ts'

describe('orderByNeed', () => {
  it('R81 keeps the order of what needs nothing', () => {
    expect(orderByNeed([[], [], []])).toEqual([[0], [1], [2]])
  })

  it('R81 brings forward what is needed, and only that', () => {
    expect(orderByNeed([[2], [], [3], []])).toEqual([[3], [2], [0], [1]])
  })

  it('R81 keeps a circle together, in order', () => {
    expect(orderByNeed([[2], [0], [1], []])).toEqual([[0, 1, 2], [3]])
    expect(orderByNeed([[0]])).toEqual([[0]])
  })

  it('R81 takes chains of any length', () => {
    const chain = Array.from({ length: 1000 }, (_, at) => (at < 999 ? [at + 1] : []))
    expect(orderByNeed(chain).flat()).toEqual(chain.map((_, at) => 999 - at))
  })

  const graphs = fc
    .integer({ min: 1, max: 12 })
    .chain(size =>
      fc.array(fc.array(fc.nat(size - 1), { maxLength: 3 }), { minLength: size, maxLength: size }),
    )

  it('R81 names each once, after everything that it reaches outside its circle', () => {
    fc.assert(
      fc.property(graphs, needs => {
        const groups = orderByNeed(needs)
        expect(groups.flat().sort((a, b) => a - b)).toEqual([...needs.keys()])
        const groupOf = new Map(groups.flatMap((group, index) => group.map(at => [at, index])))
        const reach = needs.map((_, at) => reachableFrom(needs, at))
        for (const [at, reached] of reach.entries())
          for (const other of reached) {
            const isCircle = reach[other]?.has(at) ?? false
            const [own, its] = [groupOf.get(at) ?? -1, groupOf.get(other) ?? -1]
            if (isCircle) expect(its).toBe(own)
            else expect(its).toBeLessThan(own)
          }
      }),
    )
  })
})

function reachableFrom(needs: readonly (readonly number[])[], start: number): Set<number> {
  const reached = new Set<number>()
  const walk = (at: number): void => {
    for (const next of needs[at] ?? []) {
      if (reached.has(next)) continue
      reached.add(next)
      walk(next)
    }
  }
  walk(start)
  return reached
}
