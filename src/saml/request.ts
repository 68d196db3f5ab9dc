// The AuthnRequest that sends somebody to the identity provider (SAML core 3.4.1; bindings 3.4 and 3.5).
import { sign } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { SignedXml } from 'xml-crypto'
import { escapeAttribute } from './xml/canonical.ts'
import { ds, exclusive, saml, samlp, xenc } from './xml/namespaces.ts'

export interface AuthnRequest {
  /** An XML name: it cannot begin with a digit. */
  readonly id: string
  readonly issuedAt: Date
  readonly spEntityId: string
  readonly acsUrl: string
  readonly ssoUrl: string
  readonly forceAuthn: boolean
  /** At most 80 bytes. */
  readonly relayState: string
  /** Given to identity providers that fill in the name; not a part of the request itself. */
  readonly loginHint?: string | undefined
  /** Our private RSA key as PEM, where requests are signed. */
  readonly signingKey?: string | undefined
}

/** What a page posts on its own. */
export interface PostForm {
  readonly action: string
  readonly fields: ReadonlyMap<string, string>
}

const rsaSha256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'

/** The URL to send the browser to. A signature covers the query, in this order (SAML bindings 3.4.4.1). */
export function redirectUrl(request: AuthnRequest): string {
  const query = [
    ['SAMLRequest', deflateRawSync(requestXml(request)).toString('base64')],
    ['RelayState', request.relayState],
  ]
  if (request.signingKey !== undefined) {
    query.push(['SigAlg', rsaSha256])
    query.push([
      'Signature',
      sign('sha256', Buffer.from(written(query)), request.signingKey).toString('base64'),
    ])
  }
  if (request.loginHint !== undefined) query.push(['login_hint', request.loginHint])
  const url = new URL(request.ssoUrl)
  const separator = url.search === '' ? '?' : '&'
  return `${url.origin}${url.pathname}${url.search}${separator}${written(query)}`
}

export function postForm(request: AuthnRequest): PostForm {
  const xml = requestXml(request)
  const document = request.signingKey === undefined ? xml : signedXml(xml, request.signingKey)
  const fields = new Map([
    ['SAMLRequest', Buffer.from(document).toString('base64')],
    ['RelayState', request.relayState],
  ])
  return { action: request.ssoUrl, fields }
}

/** Not signed. AllowCreate without a Format: whatever name the identity provider has for the person will do. */
export function requestXml({ id, issuedAt, spEntityId, acsUrl, ssoUrl, forceAuthn }: AuthnRequest): string {
  const attributes = [
    ['ID', id],
    ['Version', '2.0'],
    ['IssueInstant', issuedAt.toISOString()],
    ['Destination', ssoUrl],
    ['AssertionConsumerServiceURL', acsUrl],
    ['ProtocolBinding', 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST'],
    ...(forceAuthn ? [['ForceAuthn', 'true']] : []),
  ].map(([name, value = '']) => ` ${name}="${escapeAttribute(value)}"`)
  return [
    `<samlp:AuthnRequest xmlns:samlp="${samlp}" xmlns:saml="${saml}"${attributes.join('')}>`,
    `<saml:Issuer>${escapeAttribute(spEntityId)}</saml:Issuer>`,
    '<samlp:NameIDPolicy AllowCreate="true"/>',
    '</samlp:AuthnRequest>',
  ].join('')
}

const written = (query: readonly string[][]) =>
  query.map(([name, value = '']) => `${name}=${encodeURIComponent(value)}`).join('&')

/** The signature stands right after the Issuer, as the schema wants it. */
function signedXml(xml: string, privateKey: string): string {
  const signer = new SignedXml({
    privateKey,
    signatureAlgorithm: rsaSha256,
    canonicalizationAlgorithm: exclusive,
  })
  signer.addReference({
    xpath: '/*',
    transforms: [`${ds}enveloped-signature`, exclusive],
    digestAlgorithm: `${xenc}sha256`,
  })
  signer.computeSignature(xml, { prefix: 'ds', location: { reference: '/*/*[1]', action: 'after' } })
  return signer.getSignedXml()
}
