// The explanation of each refusal, and by which product a domain signs its people in.
import { describe, expect, it } from 'vitest'
import { guessProvider, nameOfProvider, providers } from '../../src/saml/explain/provider.ts'
import { explainRefusal, refusalTitles } from '../../src/saml/explain.ts'
import type { RefusalCode } from '../../src/saml/refusal.ts'

const codes = refusalTitles.map(([code]) => code as RefusalCode)

describe('explainRefusal', () => {
  it('has one for each of the 28 codes, each with a headline of its own', () => {
    expect(codes).toHaveLength(28)
    expect(new Set(refusalTitles.map(([, title]) => title)).size).toBe(28)
  })

  it.each(codes)('%s: where the setting is, at every identity provider or at none', code => {
    const everywhere = explainRefusal(code, undefined).places
    expect([0, providers.length]).toContain(everywhere.length)
    for (const provider of providers) {
      const { places } = explainRefusal(code, provider)
      expect(places).toEqual(everywhere.filter(each => each.provider === nameOfProvider(provider)))
    }
  })

  it('tells a weak encryption from a weak signature', () => {
    const [signature, encryption] = (['policy', 'decryption'] as const).map(failedAt =>
      explainRefusal('saml_weak_algorithm', 'okta', failedAt),
    )
    expect(signature?.places[0]?.field).toContain('Signature Algorithm')
    expect(encryption?.title).toContain('encrypted')
    expect(encryption?.places[0]?.field).toContain('Assertion Encryption')
  })

  it('says what to do in words that stand in a letter as well', () => {
    for (const code of codes)
      for (const step of explainRefusal(code, undefined).fix) expect(step).not.toMatch(/\b(?:below|above)\b/)
  })

  it('sends whoever changes something over there to a place there', () => {
    for (const code of codes) {
      const { who, places } = explainRefusal(code, 'okta')
      if (who === 'identity provider') expect([code, places.length]).toEqual([code, 1])
    }
  })
})

describe('guessProvider', () => {
  it.each([
    ['http://www.okta.com/exk1fxyz', 'okta'],
    ['https://acme.oktapreview.com/app/x/sso/saml', 'okta'],
    ['https://sts.windows.net/8b1a/', 'entra_id'],
    ['https://login.microsoftonline.com/8b1a/saml2', 'entra_id'],
    ['https://accounts.google.com/o/saml2?idpid=C01', 'google'],
    ['https://app.onelogin.com/saml/metadata/1', 'onelogin'],
    ['https://sso.jumpcloud.com/saml2/gatehouse', 'jumpcloud'],
    ['https://auth.pingone.eu/1/saml20/idp/sso', 'ping'],
    ['http://adfs.acme.test/adfs/services/trust', 'adfs'],
    ['https://id.acme.test/realms/acme', 'keycloak'],
    ['https://id.acme.test/realms/acme/protocol/saml', 'keycloak'],
    ['https://idp.acme.test/metadata', undefined],
    ['https://evil.test/www.okta.com/', undefined],
  ])('knows %s', (address, provider) => {
    expect(guessProvider([null, address])).toBe(provider)
  })
})
