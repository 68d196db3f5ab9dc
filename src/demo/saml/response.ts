// A statement as a SAML response (SAML core 3.3.3, profiles 4.1.4.2), not yet signed.
import { randomUUID } from 'node:crypto'
import { raw, html as xml } from 'hono/html'
import type { Shape } from './shapes.ts'
import type { Statement } from './statement.ts'

const protocol = 'urn:oasis:names:tc:SAML:2.0:protocol'
const assertion = 'urn:oasis:names:tc:SAML:2.0:assertion'
const status = 'urn:oasis:names:tc:SAML:2.0:status'
const emailFormat = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'
const persistentFormat = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'

export function responseXml(statement: Statement, shape: Shape): string {
  const p = shape.prefixes.protocol === '' ? '' : `${shape.prefixes.protocol}:`
  const a = shape.prefixes.assertion === '' ? '' : `${shape.prefixes.assertion}:`
  return `<?xml version="1.0" encoding="UTF-8"?>${xml`<${p}Response ${declare(p, protocol)} ID="_${randomUUID()}" Version="2.0" IssueInstant="${instant(statement.issuedAt)}" Destination="${statement.destination}"${answering(statement)}>
  <${a}Issuer ${declare(a, assertion)}>${statement.issuer}</${a}Issuer>
  ${statusXml(p, statement)}${statement.isRefused ? '' : assertionXml(a, statement, shape)}
</${p}Response>`}`
}

const statusXml = (p: string, { isRefused }: Statement) =>
  isRefused
    ? xml`<${p}Status>
    <${p}StatusCode Value="${status}:Responder"><${p}StatusCode Value="${status}:RequestDenied"/></${p}StatusCode>
    <${p}StatusMessage>The person is not assigned to this application.</${p}StatusMessage>
  </${p}Status>`
    : xml`<${p}Status><${p}StatusCode Value="${status}:Success"/></${p}Status>`

function assertionXml(a: string, statement: Statement, shape: Shape) {
  const { issuer, audience, recipient, assertionId } = statement
  const issuedAt = instant(statement.issuedAt)
  const notOnOrAfter = instant(statement.notOnOrAfter)
  return xml`
  <${a}Assertion ${declare(a, assertion)} ID="${assertionId}" IssueInstant="${issuedAt}" Version="2.0">
    <${a}Issuer>${issuer}</${a}Issuer>
    <${a}Subject>
      ${nameIdXml(a, statement)}
      <${a}SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
        <${a}SubjectConfirmationData NotOnOrAfter="${notOnOrAfter}" Recipient="${recipient}"${answering(statement)}/>
      </${a}SubjectConfirmation>
    </${a}Subject>
    <${a}Conditions NotBefore="${instant(statement.notBefore)}" NotOnOrAfter="${notOnOrAfter}">
      <${a}AudienceRestriction><${a}Audience>${audience}</${a}Audience></${a}AudienceRestriction>
    </${a}Conditions>
    <${a}AuthnStatement AuthnInstant="${issuedAt}" SessionIndex="${assertionId}">
      <${a}AuthnContext><${a}AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</${a}AuthnContextClassRef></${a}AuthnContext>
    </${a}AuthnStatement>
    <${a}AttributeStatement>${shape.attributesOf(statement).map(
      ([name, value]) => xml`
      <${a}Attribute Name="${name}"><${a}AttributeValue>${value}</${a}AttributeValue></${a}Attribute>`,
    )}
    </${a}AttributeStatement>
  </${a}Assertion>`
}

function nameIdXml(a: string, { nameId, address, person }: Statement) {
  const format = address === undefined ? persistentFormat : emailFormat
  return xml`<${a}NameID Format="${format}">${nameId ?? address ?? person.id}</${a}NameID>`
}

const answering = ({ inResponseTo }: Statement) =>
  inResponseTo === undefined ? '' : xml` InResponseTo="${inResponseTo}"`

const declare = (prefix: string, uri: string) =>
  raw(prefix === '' ? `xmlns="${uri}"` : `xmlns:${prefix.slice(0, -1)}="${uri}"`)

const instant = (date: Date) => `${date.toISOString().slice(0, 19)}Z`
