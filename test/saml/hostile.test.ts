import { performance } from 'node:perf_hooks'
import { describe, expect, it } from 'vitest'
import { type Hostile, signIn } from './hostile/case.ts'
import { encryption } from './hostile/encryption.ts'
import { identity } from './hostile/identity.ts'
import { meaning } from './hostile/meaning.ts'
import { reading } from './hostile/reading.ts'
import { signatures } from './hostile/signature.ts'
import { size } from './hostile/size.ts'
import { wrapping } from './hostile/wrapping.ts'
import { encode, make } from './provider.ts'

const families: [string, readonly Hostile[]][] = [
  ['wrapping', wrapping],
  ['reading', reading],
  ['signature', signatures],
  ['encryption', encryption],
  ['meaning', meaning],
  ['identity', identity],
  ['size', size],
]
const mostMilliseconds = 50

function fastest(work: () => unknown): number {
  const times = [1, 2, 3].map(() => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
  return Math.min(...times)
}

describe('hostile documents', () => {
  it('are one change away from a document that signs somebody in', () => {
    for (const signed of ['assertion', 'response', 'both'] as const) {
      expect(signIn(encode(make({}, { signed })))).toBe('ada@acme.test')
    }
  })

  it('are many', () => {
    const all = families.flatMap(([, documents]) => documents)
    expect(all.length).toBeGreaterThan(250)
    expect(new Set(all.map(each => each.name)).size).toBe(all.length)
  })

  describe.each(families)('%s', (_family, documents) => {
    it.each(documents)('$name: $code', ({ response, connection, code }) => {
      expect(signIn(response, connection)).toBe(code)
      expect(fastest(() => signIn(response, connection))).toBeLessThan(mostMilliseconds)
    })
  })
})
