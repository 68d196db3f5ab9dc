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

/** Of this thread alone: what else the machine does at the moment is not counted. */
function millisecondsOf(work: () => unknown): number {
  const { user, system } = process.threadCpuUsage()
  work()
  const after = process.threadCpuUsage()
  return (after.user - user + after.system - system) / 1000
}

const fastest = (work: () => unknown) => Math.min(...[1, 2, 3].map(() => millisecondsOf(work)))

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
