// Letting somebody in, while others write to the same rows.
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { transact } from '../../../src/store/db.ts'
import { onPostgres } from '../../database.ts'
import { openWorld, respond } from '../../http/saml/world.ts'

const heldMs = 1000
const longMs = 400

describe('admitting', () => {
  onPostgres(open => {
    it('counts what it waits for as the time of no check', async () => {
      const world = await openWorld(await open())
      const domain = await world.connect('acme.test')
      await world.addMember(domain.organizationId, 'ada@acme.test')
      const browser = world.browser()
      const { requestId, relayState } = await browser.start(`/saml/${domain.id}/login`)
      const held = Promise.withResolvers<void>()
      const { db } = world.ctx
      const holding = transact(db, async tx => {
        await tx.selectFrom('domains').where('id', '=', domain.id).select('id').forUpdate().execute()
        held.resolve()
        await sleep(heldMs)
      })
      await held.promise
      const SAMLResponse = respond(world, domain, { requestId })
      const response = await browser.answer(domain, { SAMLResponse, RelayState: relayState })
      await holding
      expect(response.status).toBe(303)
      const [row] = await world.logOf(domain)
      expect(row?.duration_ms).toBeGreaterThan(longMs)
      const times: number[] = JSON.parse(row?.steps ?? '[]').map(({ ms }: { ms: number | null }) => ms ?? 0)
      expect(Math.max(...times)).toBeLessThan(longMs)
    })
  })
})
