import { createPublicKey, verify } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readCertificates } from '../../src/saml/certificate.ts'
import { type AuthnRequest, postForm, redirectUrl } from '../../src/saml/request.ts'
import { readSignature, signatureOf } from '../../src/saml/signature/policy.ts'
import { verify as verifySignature } from '../../src/saml/signature/verify.ts'
import { readXml } from '../../src/saml/xml/read.ts'
import { privatePem, sp } from './keys.ts'
import { violations } from './schema.ts'

const request: AuthnRequest = {
  id: '_0199',
  issuedAt: new Date('2026-03-01T12:00:00Z'),
  spEntityId: 'https://gatehouse.test/saml/0199/metadata',
  acsUrl: 'https://gatehouse.test/saml/0199/acs',
  ssoUrl: 'https://idp.test/sso',
  forceAuthn: false,
  relayState: 'token+/=',
}
const signed = { ...request, signingKey: privatePem(sp) }

const documentIn = (url: string) => {
  const base64 = new URL(url).searchParams.get('SAMLRequest') ?? ''
  return inflateRawSync(Buffer.from(base64, 'base64')).toString()
}
const documentOf = (given: AuthnRequest) =>
  Buffer.from(postForm(given).fields.get('SAMLRequest') ?? '', 'base64').toString()

describe('request: the document', () => {
  it('asks for any name of the person, at our address', () => {
    expect(documentIn(redirectUrl(request))).toBe(
      '<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_0199" Version="2.0" IssueInstant="2026-03-01T12:00:00.000Z" Destination="https://idp.test/sso" AssertionConsumerServiceURL="https://gatehouse.test/saml/0199/acs" ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"><saml:Issuer>https://gatehouse.test/saml/0199/metadata</saml:Issuer><samlp:NameIDPolicy AllowCreate="true"/></samlp:AuthnRequest>',
    )
  })

  it('asks for a fresh sign-in where it is forced', () => {
    expect(documentIn(redirectUrl({ ...request, forceAuthn: true }))).toContain(' ForceAuthn="true"')
  })

  it.each([
    ['plain', request],
    ['signed', signed],
    [
      'forced, with an address that needs escaping',
      { ...signed, forceAuthn: true, ssoUrl: 'https://idp.test/sso?a="1"&b=<2>' },
    ],
  ])('is valid by the schema of OASIS: %s', async (_case, given) => {
    expect(await violations(documentOf(given), 'protocol')).toEqual([])
  })
})

describe('request: HTTP-Redirect', () => {
  it('keeps the query that the address has', () => {
    const url = redirectUrl({ ...request, ssoUrl: 'https://accounts.google.com/o/saml2/idp?idpid=C01' })
    expect(url).toMatch(
      /^https:\/\/accounts\.google\.com\/o\/saml2\/idp\?idpid=C01&SAMLRequest=[^&]+&RelayState=token%2B%2F%3D$/,
    )
  })

  it('signs request, relay state and algorithm as they stand in the query', () => {
    const query = redirectUrl({ ...signed, loginHint: 'ada@acme.test' }).split('?')[1] ?? ''
    const [text = '', rest = ''] = query.split('&Signature=')
    const [signature = '', hint] = rest.split('&')
    expect(text).toMatch(/^SAMLRequest=[^&]+&RelayState=[^&]+&SigAlg=[^&]+rsa-sha256$/)
    expect(hint).toBe('login_hint=ada%40acme.test')
    const bytes = Buffer.from(decodeURIComponent(signature), 'base64')
    expect(verify('sha256', Buffer.from(text), createPublicKey(sp.privateKey), bytes)).toBe(true)
  })
})

describe('request: HTTP-POST', () => {
  it('posts the document and the relay state to the identity provider', () => {
    const { action, fields } = postForm(request)
    expect(action).toBe('https://idp.test/sso')
    expect([...fields.keys()]).toEqual(['SAMLRequest', 'RelayState'])
    expect(documentOf(request)).toBe(documentIn(redirectUrl(request)))
  })

  it('signs the document so that our own reading verifies it', () => {
    const root = readXml(documentOf(signed))
    const element = signatureOf(root)
    if (!element) throw new Error('unsigned')
    const trust = { allowSha1: false, certificates: readCertificates(sp.certificate) }
    const proof = verifySignature(root, readSignature(element, root, trust), trust)
    expect(readXml(proof.text).local).toBe('AuthnRequest')
  })
})
