// What an assertion says, taken out of the verified element; its structure is held to "exactly one" on the way.
import { invalidAssertion } from '../refusal.ts'
import { attributeOf, childrenOf, type Element, elementsOf, is, textOf } from '../xml/element.ts'
import { saml } from '../xml/namespaces.ts'
import { readInstant, readOptionalInstant } from './instant.ts'

export interface NameId {
  readonly value: string
  readonly format: string | null
}

export interface Confirmation {
  readonly method: string
  readonly recipient: string | undefined
  readonly inResponseTo: string | undefined
  readonly notBefore: number | undefined
  readonly notOnOrAfter: number | undefined
}

/** An AuthnStatement. */
interface Authentication {
  readonly instant: number
  /** When the session over there ends, if it says so. */
  readonly sessionEnd: number | undefined
}

/** Times are milliseconds since 1970. */
export interface Statements {
  readonly id: string
  readonly version: string
  readonly issuer: string
  readonly issueInstant: number
  readonly nameId: NameId
  readonly confirmations: readonly Confirmation[]
  readonly notBefore: number
  readonly notOnOrAfter: number
  /** One list of names for each AudienceRestriction. */
  readonly audiences: readonly (readonly string[])[]
  /** Conditions that we do not know, by their names. */
  readonly unknownConditions: readonly string[]
  readonly authentications: readonly Authentication[]
  readonly attributes: ReadonlyMap<string, readonly string[]>
}

// OneTimeUse holds by itself: no assertion is taken twice. ProxyRestriction is about assertions that we would issue.
const knownConditions = ['AudienceRestriction', 'OneTimeUse', 'ProxyRestriction']

/** Throws `saml_invalid_assertion`. */
export function readAssertion(assertion: Element): Statements {
  const subject = only(assertion, 'Subject')
  return {
    id: requireAttribute(assertion, 'ID'),
    version: requireAttribute(assertion, 'Version'),
    issuer: requireText(only(assertion, 'Issuer')),
    issueInstant: readInstant(requireAttribute(assertion, 'IssueInstant'), 'IssueInstant'),
    nameId: readNameId(subject),
    confirmations: childrenOf(subject, saml, 'SubjectConfirmation').map(readConfirmation),
    ...readConditions(only(assertion, 'Conditions')),
    authentications: childrenOf(assertion, saml, 'AuthnStatement').map(readAuthentication),
    attributes: readAttributes(assertion),
  }
}

function readNameId(subject: Element): NameId {
  const nameId = only(subject, 'NameID')
  const value = requireText(nameId)
  if (value.trim() === '') throw invalidAssertion('a NameID with a value', 'an empty one')
  return { value, format: attributeOf(nameId, 'Format') ?? null }
}

function readConfirmation(confirmation: Element): Confirmation {
  const [data, ...others] = childrenOf(confirmation, saml, 'SubjectConfirmationData')
  if (others.length > 0) throw invalidAssertion('one SubjectConfirmationData', `${others.length + 1}`)
  const given = (name: string) => data && attributeOf(data, name)
  return {
    method: attributeOf(confirmation, 'Method') ?? '',
    recipient: given('Recipient'),
    inResponseTo: given('InResponseTo'),
    notBefore: readOptionalInstant(given('NotBefore'), 'NotBefore of SubjectConfirmationData'),
    notOnOrAfter: readOptionalInstant(given('NotOnOrAfter'), 'NotOnOrAfter of SubjectConfirmationData'),
  }
}

function readConditions(conditions: Element) {
  const isKnown = (each: Element) => knownConditions.some(local => is(each, saml, local))
  return {
    notBefore: readInstant(requireAttribute(conditions, 'NotBefore'), 'NotBefore of Conditions'),
    notOnOrAfter: readInstant(requireAttribute(conditions, 'NotOnOrAfter'), 'NotOnOrAfter of Conditions'),
    audiences: childrenOf(conditions, saml, 'AudienceRestriction').map(restriction =>
      childrenOf(restriction, saml, 'Audience').map(requireText),
    ),
    unknownConditions: elementsOf(conditions)
      .filter(each => !isKnown(each))
      .map(each => each.name),
  }
}

const readAuthentication = (statement: Element): Authentication => ({
  instant: readInstant(requireAttribute(statement, 'AuthnInstant'), 'AuthnInstant'),
  sessionEnd: readOptionalInstant(attributeOf(statement, 'SessionNotOnOrAfter'), 'SessionNotOnOrAfter'),
})

/** By their exact names; the values of an Attribute that is repeated are joined. */
function readAttributes(assertion: Element): Map<string, string[]> {
  const attributes = new Map<string, string[]>()
  const statements = childrenOf(assertion, saml, 'AttributeStatement')
  for (const attribute of statements.flatMap(each => childrenOf(each, saml, 'Attribute'))) {
    const name = attributeOf(attribute, 'Name') ?? ''
    const values = attributes.get(name) ?? []
    for (const value of childrenOf(attribute, saml, 'AttributeValue')) {
      // Structured values, such as a NameID, are nothing that a profile is made of.
      const text = textOf(value)
      if (text !== undefined) values.push(text)
    }
    attributes.set(name, values)
  }
  return attributes
}

function only(parent: Element, local: string): Element {
  const [found, ...others] = childrenOf(parent, saml, local)
  if (found && others.length === 0) return found
  throw invalidAssertion(
    `exactly one ${local} in ${parent.local}`,
    found ? `${others.length + 1}` : alternatives(parent),
  )
}

const alternatives = (parent: Element) =>
  `none among ${
    elementsOf(parent)
      .map(each => each.local)
      .join(', ') || 'no elements'
  }`

function requireAttribute(element: Element, name: string): string {
  const value = attributeOf(element, name)
  if (value) return value
  throw invalidAssertion(`${name} on ${element.local}`, value === undefined ? 'none' : 'an empty one')
}

function requireText(element: Element): string {
  const text = textOf(element)
  if (text !== undefined) return text
  throw invalidAssertion(`plain text in ${element.local}`, 'elements in it')
}
