// Which identity provider a domain seems to have: by its addresses first, then by the dialect of its pushes.
import { describe, expect, it } from 'vitest'
import { guessIdentityProvider } from '../../../src/manage/domains/identity-provider.ts'

const blank = { saml_entity_id: null, saml_acs_url: null, scim_profile: 'default' } as const

describe('guessIdentityProvider', () => {
  it.each([
    ['http://www.okta.com/exk1a2b3', 'okta'],
    ['https://sts.windows.net/0198c0de-1111-7222-8333-444455556666/', 'entra_id'],
    ['https://accounts.google.com/o/saml2?idpid=C0abc', 'google'],
    ['https://app.onelogin.com/saml/metadata/0198', 'onelogin'],
    ['https://auth.pingone.eu/0198c0de', 'ping'],
    ['http://fs.acme.test/adfs/services/trust', 'adfs'],
    ['https://sso.acme.test/realms/staff', 'keycloak'],
    ['https://sso.acme.test/auth/realms/staff', 'keycloak'],
    ['https://idp.acme.test/metadata', undefined],
    ['https://evil.test/?http://www.okta.com/', undefined],
  ])('of the entity ID %s is %s', (saml_entity_id, guessed) => {
    expect(guessIdentityProvider({ ...blank, saml_entity_id })).toBe(guessed)
  })

  it('goes by the sign-in URL where the entity ID is of their own making', () => {
    const saml_acs_url = 'https://sso.jumpcloud.com/saml2/acme'
    expect(guessIdentityProvider({ ...blank, saml_entity_id: 'acme', saml_acs_url })).toBe('jumpcloud')
  })

  it('goes by the dialect of the pushes where there is no SAML', () => {
    expect(guessIdentityProvider({ ...blank, scim_profile: 'entra' })).toBe('entra_id')
    expect(guessIdentityProvider({ ...blank, scim_profile: 'okta' })).toBe('okta')
    expect(guessIdentityProvider({ ...blank, scim_profile: 'rippling' })).toBeUndefined()
    expect(guessIdentityProvider(blank)).toBeUndefined()
  })
})
