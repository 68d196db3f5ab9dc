// Where to change something at each identity provider: every place of every one of them is named.
import { describe, expect, it } from 'vitest'
import { type Place, placeAt, providerNames } from '../../../src/scim/explain/places.ts'
import { failures } from '../../../src/scim/explain.ts'
import type { IdentityProvider } from '../../../src/scim/identity-provider.ts'

const places = Object.keys({
  token: true,
  url: true,
  'user name': true,
  mapping: true,
  'e-mail': true,
  groups: true,
  matching: true,
  assignment: true,
  retry: true,
} satisfies Record<Place, true>) as Place[]
const providers = Object.keys(providerNames) as IdentityProvider[]

describe('places', () => {
  it.each(providers)('%s has a place for everything, in words that are finished', provider => {
    for (const place of places) {
      const field = placeAt(provider, place)
      expect(field.length, place).toBeGreaterThan(15)
      expect(field, place).not.toMatch(/TODO|TBD|FIXME|lorem|xxx|undefined|\?\?/i)
      expect(field, place).toBe(field.trim())
    }
  })

  it('names the field of token and URL at each as its own pages call them', () => {
    const named = (place: Place) =>
      Object.fromEntries(providers.map(each => [each, /"([^"]+)"/.exec(placeAt(each, place))?.[1]]))
    expect(named('url')).toEqual({
      okta: 'SCIM connector base URL',
      entra_id: 'Tenant URL',
      google: 'Endpoint URL',
      onelogin: 'SCIM Base URL',
      jumpcloud: 'Base URL',
      ping: 'SCIM base URL',
      rippling: 'SCIM base URL',
      other: undefined,
    })
    expect(named('token')).toMatchObject({
      entra_id: 'Secret Token',
      google: 'Access token',
      onelogin: 'SCIM Bearer Token',
      jumpcloud: 'Token Key',
      ping: 'OAuth Access Token',
      rippling: 'Bearer Token',
    })
  })

  it('has no place that no failure is about', () => {
    const used = new Set(failures.map(({ place }) => place))
    expect(places.filter(place => !used.has(place))).toEqual([])
  })
})
