import { describe, expect, it } from 'vitest'
import { holdsCredential, withoutCredentials, withoutTokens } from '../../../src/scim/mask/credentials.ts'

describe('credentials outside of bodies', () => {
  it('are told by the name of the header or parameter', () => {
    for (const name of ['authorization', 'Proxy-Authorization', 'x-api-key', 'X-Auth-Token', 'access_token'])
      expect([name, holdsCredential(name)]).toEqual([name, true])
    for (const name of ['filter', 'count', 'user-agent', 'x-forwarded-for', 'if-match'])
      expect([name, holdsCredential(name)]).toEqual([name, false])
  })

  it('are taken out of a query string, and nothing else is', () => {
    expect(withoutCredentials('?access_token=abc&count=1')).toBe('?access_token=***&count=1')
    expect(withoutCredentials('?filter=userName eq "token"&token')).toBe('?filter=userName eq "token"&token')
    expect(withoutCredentials('')).toBe('')
  })

  it('take no longer to take out than the text is long', () => {
    const before = performance.now()
    for (const part of ['a', 'a&', '?', 'token', 'gts_'])
      withoutTokens(withoutCredentials(`?${part.repeat(100_000)}`))
    expect(performance.now() - before).toBeLessThan(1_000)
  })

  it('of this server are known by their looks, wherever they stand', () => {
    expect(withoutTokens('/Users/gts_abcdefgh12345678/x')).toBe('/Users/***/x')
    expect(withoutTokens('a gth_ is none')).toBe('a gth_ is none')
  })
})
