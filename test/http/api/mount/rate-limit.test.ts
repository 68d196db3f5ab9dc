import { beforeAll, describe, expect, it } from 'vitest'
import type { Db } from '../../../../src/store/db.ts'
import { eachDatabase } from '../../../database.ts'
import { errorOf, install } from '../client.ts'

describe('rate limit', () => {
  eachDatabase((_, open) => {
    let db: Db
    beforeAll(async () => {
      db = await open()
    })

    it('counts by the key, tells what is left, and answers 429 with Retry-After before the resource is looked for', async () => {
      const { owner, organizationId, memberOf } = await install(db, {
        apiRateLimit: { perMinute: 3, perHour: 100 },
      })
      const path = `/api/organizations/${organizationId}/domains/nonsense`
      const first = await owner('GET', path)
      expect(first.headers.get('ratelimit-policy')).toBe('"minute";q=3;w=60, "hour";q=100;w=3600')
      expect(first.headers.get('ratelimit')).toBe('"minute";r=2;t=60, "hour";r=99;t=3600')
      expect([first.status, (await owner('GET', path)).status, (await owner('GET', path)).status]).toEqual([
        404, 404, 404,
      ])
      const refused = await owner('GET', path)
      expect(errorOf(refused)).toEqual({
        status: 429,
        type: 'throttled_error',
        code: 'throttled',
        attr: null,
      })
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50)
      expect(refused.headers.get('ratelimit')).toContain('"minute";r=0;')
      const other = await memberOf(organizationId, 1)
      expect((await other('GET', path)).status).toBe(404)
    })

    it('counts by the hour as well', async () => {
      const { owner } = await install(db, { apiRateLimit: { perMinute: 100, perHour: 1 } })
      await owner('GET', '/api/users/@me')
      const refused = await owner('GET', '/api/users/@me')
      expect(refused.status).toBe(429)
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3500)
    })

    it('refusals of the scope and the level are told before it and do not count', async () => {
      const { memberOf, organizationId } = await install(db, { apiRateLimit: { perMinute: 1, perHour: 100 } })
      const member = await memberOf(organizationId, 1, ['organization:read'])
      const path = `/api/organizations/${organizationId}`
      for (let time = 0; time < 3; time++) expect((await member('PATCH', path)).status).toBe(403)
      expect((await member('GET', path)).status).toBe(200)
    })

    it('is off with 0', async () => {
      const { owner } = await install(db, { apiRateLimit: 0 })
      expect((await owner('GET', '/api/users/@me')).headers.has('ratelimit')).toBe(false)
    })
  })
})
