// What identity providers send, exchange by exchange, on both databases.

import { describe, expect, it } from 'vitest'
import { eachDatabase } from '../database.ts'
import { openSurface } from '../http/scim/surface.ts'
import { fill, openPlaces, providers, readExchanges } from './exchanges.ts'

eachDatabase((_, open) => {
  describe.each(providers())('%s', provider => {
    it('gets the answer it needs in every exchange', async () => {
      const surface = await openSurface(await open())
      const { config } = surface.ctx
      const kept = new Map([['base', `${config.baseUrl}/scim/v2/${surface.tenant.domain.id}`]])
      for (const exchange of readExchanges(provider)) {
        const { method, path, ...sent } = fill(exchange.request, kept)
        const { status, headers, text, body } = await surface.ask(method, path, sent)
        for (const [name, field] of Object.entries(exchange.keep ?? {})) kept.set(name, textAt(body, field))
        const expected = fill(exchange.expect, kept)
        const told = `${exchange.file}: ${exchange.description}\n${text}`
        expect(status, told).toBe(expected.status)
        expect(openPlaces(body, expected.body), told).toEqual(expected.body)
        for (const [name, value] of Object.entries(expected.headers ?? {}))
          expect(openPlaces(headers.get(name), value), `${told}\n${name}`).toBe(value)
      }
    })
  })
})

function textAt(answer: unknown, field: string): string {
  const value = new Map(Object.entries(answer ?? {})).get(field)
  return typeof value === 'string' ? value : ''
}
