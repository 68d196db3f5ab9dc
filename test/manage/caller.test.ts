import { describe, expect, it } from 'vitest'
import { operatorActor } from '../../src/domain/actor.ts'
import { makeKey } from '../../src/manage/api-keys.ts'
import { authenticateKey } from '../../src/manage/caller.ts'
import { bootstrap } from '../../src/manage/organizations/bootstrap.ts'
import { testContext } from '../context.ts'
import { eachDatabase } from '../database.ts'

describe('authenticateKey', () => {
  eachDatabase((_, open) => {
    it('lets a key live until its expiry and not in that very moment', async () => {
      const ctx = testContext(await open())
      const { owner_id: personId } = await bootstrap(ctx, { organization: 'Acme', owner: 'ada@acme.test' })
      const expiry = Date.parse('2030-01-01T00:00:00.000Z')
      const { value } = await makeKey(ctx.db, operatorActor, {
        ...{ label: 'short', scopes: ['*'], personId, now: '2029-01-01T00:00:00.000Z' },
        expires_at: new Date(expiry).toISOString(),
      })
      const at = (time: number) =>
        authenticateKey({ ...ctx, now: () => new Date(time) }, value, { ip: null, requestId: null })
      expect((await at(expiry - 1)).person.id).toBe(personId)
      await expect(at(expiry)).rejects.toMatchObject({ code: 'authentication_failed' })
    })
  })
})
