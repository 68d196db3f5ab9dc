// The address that somebody is signed in by: plain, one, and of a domain that the organization has proven to own.

import { SamlRefusal } from '../refusal.ts'
import { type Identity, valuesOf } from './profile.ts'

const longestAddress = 254
const longestLocalPart = 64
const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?'
const plainAddress = new RegExp(`^(${atom}(?:\\.${atom})*)@(${label}(?:\\.${label})*)$`)

/**
 * From the mapped attribute, else from the NameID when that is an address; lower-cased.
 * Throws `saml_email_missing`, `saml_ambiguous_email` or `saml_email_invalid`.
 */
export function readEmail(identity: Identity): string {
  const values = valuesOf(identity, 'email')
  const { nameId, attributes } = identity
  const candidates = values.length > 0 || !nameId.value.includes('@') ? values : [nameId.value]
  if (candidates.length === 0) {
    const names = [...attributes.keys()].join(', ') || 'none'
    const expected = 'an e-mail address in an attribute or as the NameID'
    throw new SamlRefusal('saml_email_missing', expected, `NameID "${nameId.value}" and attributes: ${names}`)
  }
  const distinct = [...new Set(candidates.map(readAddress))]
  const [email] = distinct
  if (email === undefined || distinct.length > 1) {
    throw new SamlRefusal('saml_ambiguous_email', 'one e-mail address', distinct.join(', '))
  }
  return email
}

/** A dot-atom, an `@` and a host name in ASCII; nothing quoted, commented, internationalized or surrounded. */
function readAddress(text: string): string {
  const [, local, domain] = plainAddress.exec(text.length <= longestAddress ? text : '') ?? []
  if (local && domain && local.length <= longestLocalPart) return text.toLowerCase()
  throw new SamlRefusal('saml_email_invalid', 'a plain e-mail address', JSON.stringify(text))
}

/** `owned`: the verified domains, ASCII and lower-case. Throws `saml_domain_not_allowed`. */
export function requireOwnedDomain(email: string, owned: readonly string[]): void {
  const domain = email.slice(email.lastIndexOf('@') + 1)
  if (owned.includes(domain)) return
  const expected = `an address on ${owned.join(' or ') || 'a verified domain'}`
  throw new SamlRefusal('saml_domain_not_allowed', expected, email)
}
