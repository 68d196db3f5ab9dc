import { describe, expect, it } from 'vitest'
import { readAuthnRequest } from '../../../src/demo/saml/authn-request.ts'
import { postForm, redirectUrl } from '../../../src/saml/request.ts'

const request = {
  id: '_request',
  issuedAt: new Date(),
  spEntityId: 'https://gatehouse.test/metadata',
  acsUrl: 'https://gatehouse.test/acs?a=1&b=2',
  ssoUrl: 'http://localhost/sso',
  forceAuthn: false,
  relayState: 'state',
}
const redirected = (changes: object = {}) =>
  new URL(redirectUrl({ ...request, ...changes })).searchParams.get('SAMLRequest') ?? ''
const posted = () => postForm(request).fields.get('SAMLRequest') ?? ''

describe('readAuthnRequest', () => {
  it('reads the id, the place for the answer, and whether it is forced', () => {
    const read = { id: '_request', acsUrl: 'https://gatehouse.test/acs?a=1&b=2', isForced: false }
    expect(readAuthnRequest(redirected(), 'redirect')).toEqual(read)
    expect(readAuthnRequest(redirected({ forceAuthn: true }), 'redirect')).toEqual({
      ...read,
      isForced: true,
    })
    expect(readAuthnRequest(posted(), 'post')).toEqual(read)
  })

  it('makes nothing of anything else', () => {
    expect(readAuthnRequest(posted(), 'redirect')).toBeUndefined()
    for (const text of ['', 'nothing', Buffer.from('<a/>').toString('base64')]) {
      expect(readAuthnRequest(text, 'redirect')).toBeUndefined()
      expect(readAuthnRequest(text, 'post')).toBeUndefined()
    }
  })
})
