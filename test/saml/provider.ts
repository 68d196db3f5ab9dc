// Good responses, whole and in parts; a test changes one thing about them.
import type { Connection } from '../../src/saml/verdict.ts'
import { idp, privatePem, type Signer, sp } from './keys.ts'
import { type Encryption, encryptXml, type Signing, signXml } from './sign.ts'

export const now = new Date('2026-03-01T12:00:00.000Z')
export const minutesFromNow = (minutes: number) =>
  new Date(now.getTime() + minutes * 60_000).toISOString().replace('.000Z', 'Z')

export const connection: Connection = {
  spEntityId: 'https://gatehouse.test/saml/0199/metadata',
  acsUrl: 'https://gatehouse.test/saml/0199/acs',
  idpEntityId: 'https://idp.test/entity',
  certificates: idp.certificate,
  decryptionKeys: [privatePem(sp)],
  clockSkewSeconds: 180,
  allowSha1: false,
  allowCbc: true,
}

export const formats = {
  email: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
  unspecified: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
  persistent: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  transient: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
}
const success = 'urn:oasis:names:tc:SAML:2.0:status:Success'
export const bearer = 'urn:oasis:names:tc:SAML:2.0:cm:bearer'

/** Every part of a document as text, so that one of them can be another. `''` leaves a prefix out. */
const goodParts = {
  declaration: '<?xml version="1.0" encoding="UTF-8"?>',
  samlp: 'samlp',
  saml: 'saml',
  issuer: connection.idpEntityId,
  responseId: '_response',
  responseVersion: '2.0',
  responseIssuer: undefined as string | undefined,
  destination: ` Destination="${connection.acsUrl}"` as string,
  responseInResponseTo: ' InResponseTo="_request"',
  responseIssueInstant: minutesFromNow(0),
  status: `<P:Status><P:StatusCode Value="${success}"/></P:Status>`,
  extensions: '',
  assertionId: '_assertion',
  assertionVersion: '2.0',
  issueInstant: minutesFromNow(0),
  nameId: `<A:NameID Format="${formats.email}">ada@acme.test</A:NameID>`,
  confirmation: `<A:SubjectConfirmation Method="${bearer}"><A:SubjectConfirmationData InResponseTo="_request" NotOnOrAfter="${minutesFromNow(5)}" Recipient="${connection.acsUrl}"/></A:SubjectConfirmation>`,
  subject: undefined as string | undefined,
  conditionsTimes: ` NotBefore="${minutesFromNow(-5)}" NotOnOrAfter="${minutesFromNow(5)}"`,
  audience: `<A:AudienceRestriction><A:Audience>${connection.spEntityId}</A:Audience></A:AudienceRestriction>`,
  conditions: undefined as string | undefined,
  authn: `<A:AuthnStatement AuthnInstant="${minutesFromNow(0)}" SessionIndex="_session" SessionNotOnOrAfter="${minutesFromNow(480)}"><A:AuthnContext><A:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</A:AuthnContextClassRef></A:AuthnContext></A:AuthnStatement>`,
  attributes: '',
}

export type Parts = typeof goodParts

const xs = 'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'

/** `values` in Attribute elements, in the order given. */
export const attributeStatement = (values: readonly (readonly [name: string, ...values: string[]])[]) =>
  `<A:AttributeStatement ${xs}>${values
    .map(
      ([name, ...each]) =>
        `<A:Attribute Name="${name}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified">${each
          .map(value => `<A:AttributeValue xsi:type="xs:string">${value}</A:AttributeValue>`)
          .join('')}</A:Attribute>`,
    )
    .join('')}</A:AttributeStatement>`

const partsWith = (changes: Partial<Parts>): Parts => ({ ...goodParts, ...changes })

/** In the parts, `A:` and `P:` stand for the prefixes of the assertion and protocol namespaces. */
const named = (text: string, { saml, samlp }: Parts) =>
  text
    .replaceAll(/(<\/?)A:/g, saml ? `$1${saml}:` : '$1')
    .replaceAll(/(<\/?)P:/g, samlp ? `$1${samlp}:` : '$1')
const declare = (prefix: string, uri: string) => (prefix ? `xmlns:${prefix}="${uri}"` : `xmlns="${uri}"`)

function assertionXml(parts: Parts): string {
  const subject = parts.subject ?? `<A:Subject>${parts.nameId}${parts.confirmation}</A:Subject>`
  const conditions =
    parts.conditions ?? `<A:Conditions${parts.conditionsTimes}>${parts.audience}</A:Conditions>`
  return named(
    `<A:Assertion ${declare(parts.saml, 'urn:oasis:names:tc:SAML:2.0:assertion')} ID="${parts.assertionId}" IssueInstant="${parts.issueInstant}" Version="${parts.assertionVersion}"><A:Issuer>${parts.issuer}</A:Issuer>${subject}${conditions}${parts.authn}${parts.attributes}</A:Assertion>`,
    parts,
  )
}

function responseXml(parts: Parts, assertion = assertionXml(parts)): string {
  const issuer =
    parts.responseIssuer ??
    `<A:Issuer ${declare(parts.saml, 'urn:oasis:names:tc:SAML:2.0:assertion')}>${parts.issuer}</A:Issuer>`
  return named(
    `${parts.declaration}<P:Response ${declare(parts.samlp, 'urn:oasis:names:tc:SAML:2.0:protocol')} ID="${parts.responseId}" Version="${parts.responseVersion}" IssueInstant="${parts.responseIssueInstant}"${parts.destination}${parts.responseInResponseTo}>${issuer}${parts.extensions}${parts.status}${assertion}</P:Response>`,
    parts,
  )
}

export const theResponse = "/*[local-name()='Response']"
const theAssertion = "//*[local-name()='Assertion']"

type Signed = 'assertion' | 'response' | 'both'

export interface Making {
  readonly signed?: Signed
  readonly signing?: Partial<Signing> & { readonly key?: Signer }
  readonly encryption?: Encryption
}

/** A response with the changed parts, signed afterwards: what an identity provider would send that says so. */
export function make(changes: Partial<Parts> = {}, making: Making = {}): string {
  const parts = partsWith(changes)
  const { signed = 'assertion', signing, encryption } = making
  const by = { key: idp, ...signing }
  let assertion = assertionXml(parts)
  if (signed !== 'response') assertion = signXml(assertion, { target: theAssertion, ...by })
  if (encryption) {
    // The prefix has to be declared around what is encrypted.
    const open = `<${parts.saml}:EncryptedAssertion xmlns:${parts.saml}="urn:oasis:names:tc:SAML:2.0:assertion">`
    assertion = encryptXml(assertion, encryption, parts.saml).replace(/^<[^>]+>/, open)
  }
  const response = responseXml(parts, assertion)
  if (signed === 'assertion') return response
  return signXml(response, { target: theResponse, ...by })
}

export const encode = (xml: string | Uint8Array): string => Buffer.from(xml as string).toString('base64')
