import { beforeAll, describe, expect, it } from 'vitest'
import { newKey } from '../../../../src/base/secret.ts'
import type { Db } from '../../../../src/store/db.ts'
import { eachDatabase } from '../../../database.ts'
import { errorOf, install } from '../client.ts'

describe('authenticate', () => {
  eachDatabase((_, open) => {
    let db: Db
    beforeAll(async () => {
      db = await open()
    })

    it('counts wrong keys by the address, and refuses no right one for them', async () => {
      const { owner, clientWith } = await install(db, { publicRateLimit: { perMinute: 120, burst: 3 } })
      const answers = []
      for (const key of ['gth_', `gth_${'a'.repeat(49)}`, 'x', newKey('gth_'), newKey('gth_')])
        answers.push(await clientWith(key)('GET', '/api/users/@me'))
      expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 429, 429])
      const [refused] = answers.slice(-1)
      expect(refused && errorOf(refused)).toMatchObject({ type: 'throttled_error', code: 'throttled' })
      expect(refused?.headers.get('retry-after')).toBe('2')
      expect((await owner('GET', '/api/users/@me')).status).toBe(200)
      expect((await clientWith()('GET', '/api/users/@me')).status).toBe(401)
    })

    it('counts none with 0', async () => {
      const { clientWith } = await install(db, { publicRateLimit: 0 })
      const guesses = Array.from({ length: 70 }, () => clientWith('x')('GET', '/api/users/@me'))
      expect(new Set((await Promise.all(guesses)).map(({ status }) => status))).toEqual(new Set([401]))
    })
  })
})
