import { describe, expect, it } from 'vitest'
import { readAuthnRequest } from '../../../src/demo/saml/authn-request.ts'
import { redirectUrl } from '../../../src/saml/request.ts'

const written = (changes: object = {}) =>
  new URL(
    redirectUrl({
      id: '_request',
      issuedAt: new Date(),
      spEntityId: 'https://gatehouse.test/metadata',
      acsUrl: 'https://gatehouse.test/acs?a=1&b=2',
      ssoUrl: 'http://localhost/sso',
      forceAuthn: false,
      relayState: 'state',
      ...changes,
    }),
  ).searchParams.get('SAMLRequest') ?? ''

describe('readAuthnRequest', () => {
  it('reads the id, the place for the answer, and whether it is forced', () => {
    const request = { id: '_request', acsUrl: 'https://gatehouse.test/acs?a=1&b=2', isForced: false }
    expect(readAuthnRequest(written())).toEqual(request)
    expect(readAuthnRequest(written({ forceAuthn: true }))).toEqual({ ...request, isForced: true })
  })

  it('makes nothing of anything else', () => {
    for (const text of ['', 'nothing', Buffer.from('<a/>').toString('base64')]) {
      expect(readAuthnRequest(text)).toBeUndefined()
    }
  })
})
