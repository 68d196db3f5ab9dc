import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSearch, similarity, trigramsOf } from '../../src/domain/member-search.ts'

const ada = { first_name: 'Ada', last_name: 'Lovelace', email: 'ada@engines.test' }

describe('similarity', () => {
  // The figures are those of `select similarity(a, b)` with PostgreSQL's pg_trgm.
  it.each([
    ['word', 'two words', 0.363636],
    ['lovelace', 'lovelace', 1],
    ['lovelace', 'lovlace', 0.545455],
    ['Ada Lovelace', 'Lovelace Ada', 1],
    ['dijkstra', 'dikjstra', 0.384615],
    ['ada', 'grace', 0],
    ['', '', 0],
    ['ada@engines.test', 'ada engines test', 1],
  ])('of "%s" and "%s" is %d', (a, b, expected) => {
    expect(similarity(trigramsOf(a.toLowerCase()), trigramsOf(b.toLowerCase()))).toBeCloseTo(expected, 5)
  })
})

describe('createSearch', () => {
  it('finds a part of the name or address in any case before anything that is like it', () => {
    for (const term of ['LOVE', 'a lov', 'ada@', 'Ada Lovelace', 'ENGINES.TEST'])
      expect(createSearch(term)(ada)).toBe(Number.POSITIVE_INFINITY)
    expect(createSearch('lovlace')(ada)).toBeCloseTo(0.545455, 5)
    expect(createSearch('grace hopper')(ada)).toBeUndefined()
  })

  it('is quick about who is unlike, and leaves out nobody who is like', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'É', '-', ' ', '1'), maxLength: 8 })
    fc.assert(
      fc.property(word, word, word, (first_name, last_name, term) => {
        const person = { first_name, last_name, email: `${first_name.length}ab@bca.test` }
        const texts = [
          first_name,
          last_name,
          `${first_name} ${last_name}`,
          person.email,
          `${first_name.length}ab`,
        ]
        const wanted = trigramsOf(term.toLowerCase())
        const likeness = Math.max(...texts.map(text => similarity(trigramsOf(text.toLowerCase()), wanted)))
        const found = createSearch(term)(person)
        if (found !== Number.POSITIVE_INFINITY) expect(found).toBe(likeness >= 0.3 ? likeness : undefined)
      }),
      { numRuns: 2000 },
    )
  })
})
