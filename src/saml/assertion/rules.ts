// What a verified assertion must say before anybody is signed in by it (SAML profiles 4.1.4.3), in the order it is checked.
import type { CheckName, Finding } from '../checks.ts'
import { invalidAssertion, type RefusalCode, SamlRefusal } from '../refusal.ts'
import { attributeOf, childrenOf, type Element, textOf } from '../xml/element.ts'
import { saml } from '../xml/namespaces.ts'
import { readInstant } from './instant.ts'
import type { Confirmation, Statements } from './read.ts'

export interface Expectations {
  /** Ours, for this one domain. */
  readonly spEntityId: string
  readonly acsUrl: string
  /** Theirs. */
  readonly idpEntityId: string
  readonly clockSkewSeconds: number
}

export interface Claims {
  readonly statements: Statements
  /** The signed one where the response is signed; otherwise it can only be the reason of a refusal. */
  readonly response: Element
  readonly expected: Expectations
  /** Milliseconds since 1970. */
  readonly now: number
}

type Rule = (claims: Claims) => Finding

const bearer = 'urn:oasis:names:tc:SAML:2.0:cm:bearer'
const oldestMs = 60 * 60 * 1000

const response: Rule = ({ response: element }) => {
  const version = attributeOf(element, 'Version') ?? 'none'
  if (version !== '2.0') throw invalidAssertion('a Response of Version 2.0', version)
  readInstant(attributeOf(element, 'IssueInstant') ?? '', 'IssueInstant of Response')
  return { expected: '2.0', got: version }
}

const version: Rule = ({ statements }) => {
  if (statements.version !== '2.0') {
    throw invalidAssertion('an Assertion of Version 2.0', statements.version)
  }
  return { expected: '2.0', got: statements.version }
}

const issuer: Rule = ({ statements, response: element, expected: { idpEntityId } }) => {
  const around = childrenOf(element, saml, 'Issuer').map(each => textOf(each) ?? '')
  for (const each of [statements.issuer, ...around]) same('saml_issuer_mismatch', idpEntityId, each)
  return { expected: idpEntityId, got: statements.issuer }
}

const issued: Rule = claims => {
  const at = claims.statements.issueInstant
  notBefore(claims, 'IssueInstant', at)
  notAfter(claims, 'IssueInstant, one hour after it', at + oldestMs)
  return window(claims, at, at + oldestMs)
}

const destination: Rule = ({ response: element, expected: { acsUrl } }) => {
  const given = attributeOf(element, 'Destination')
  if (given === undefined) return { expected: `${acsUrl}, or none`, got: 'none' }
  return same('saml_destination_mismatch', acsUrl, given)
}

const authentication: Rule = ({ statements: { authentications } }) => {
  if (authentications.length === 0) throw invalidAssertion('an AuthnStatement', 'none')
  return { expected: 'an AuthnStatement', got: `${authentications.length}` }
}

const conditions: Rule = ({ statements: { unknownConditions } }) => {
  if (unknownConditions.length > 0) {
    throw invalidAssertion('only conditions that we know', unknownConditions.join(', '))
  }
  return { expected: 'only conditions that we know', got: 'no others' }
}

const validity: Rule = claims => {
  const { notBefore: from, notOnOrAfter: until } = claims.statements
  if (from >= until) throw invalidAssertion('NotBefore before NotOnOrAfter', `${iso(from)}, ${iso(until)}`)
  notBefore(claims, 'NotBefore of Conditions', from)
  notAfter(claims, 'NotOnOrAfter of Conditions', until)
  return window(claims, from, until)
}

const audience: Rule = ({ statements: { audiences }, expected: { spEntityId } }) => {
  if (audiences.length === 0) throw new SamlRefusal('saml_audience_missing', spEntityId, 'no Audience')
  const other = audiences.find(names => !names.includes(spEntityId))
  if (other) throw new SamlRefusal('saml_audience_mismatch', spEntityId, other.join(', ') || 'no Audience')
  return { expected: spEntityId, got: audiences.flat().join(', ') }
}

const confirmation: Rule = claims => {
  const methods = claims.statements.confirmations.map(each => each.method)
  if (!methods.includes(bearer)) {
    throw invalidAssertion('a SubjectConfirmation by bearer', methods.join(', ') || 'none')
  }
  return { expected: bearer, got: methods.join(', ') }
}

const recipient: Rule = claims => {
  bearerOf(claims)
  return { expected: claims.expected.acsUrl, got: claims.expected.acsUrl }
}

const session: Rule = claims => {
  const ends = sessionEndsOf(claims)
  for (const end of ends) notAfter(claims, 'SessionNotOnOrAfter', end)
  const got = ends.map(iso).join(', ') || 'no end'
  return { expected: 'a session that has not ended', got }
}

/** Read downwards: the first that does not hold is the refusal. */
export const rules: readonly (readonly [CheckName, Rule])[] = [
  ['response', response],
  ['version', version],
  ['issuer', issuer],
  ['destination', destination],
  ['issued', issued],
  ['authentication', authentication],
  ['conditions', conditions],
  ['validity', validity],
  ['audience', audience],
  ['confirmation', confirmation],
  ['recipient', recipient],
  ['session', session],
]

/** The first bearer confirmation that holds; when none does, the refusal is that of the first. */
export function bearerOf(claims: Claims): Confirmation {
  let refusal: unknown
  for (const each of claims.statements.confirmations.filter(({ method }) => method === bearer)) {
    try {
      requireBearer(claims, each)
      return each
    } catch (error) {
      refusal ??= error
    }
  }
  throw refusal
}

function requireBearer(claims: Claims, given: Confirmation): void {
  same('saml_recipient_mismatch', claims.expected.acsUrl, given.recipient ?? 'no Recipient')
  if (given.notBefore !== undefined) {
    throw invalidAssertion('no NotBefore on SubjectConfirmationData', iso(given.notBefore))
  }
  if (given.notOnOrAfter === undefined) {
    throw invalidAssertion('NotOnOrAfter on SubjectConfirmationData', 'none')
  }
  notAfter(claims, 'NotOnOrAfter of SubjectConfirmationData', given.notOnOrAfter)
  const around = attributeOf(claims.response, 'InResponseTo')
  if (around !== undefined && given.inResponseTo !== undefined && around !== given.inResponseTo) {
    throw invalidAssertion(`InResponseTo "${around}" as on the Response`, `"${given.inResponseTo}"`)
  }
}

export const sessionEndsOf = ({ statements }: Claims): number[] =>
  statements.authentications.map(each => each.sessionEnd).filter(end => end !== undefined)

function same(code: RefusalCode, expected: string, got: string): Finding {
  if (got !== expected) throw new SamlRefusal(code, expected, got)
  return { expected, got }
}

function notBefore(claims: Claims, what: string, from: number): void {
  if (claims.now + skewMs(claims) < from) throw wrongTime('saml_not_yet_valid', claims, { what, at: from })
}

function notAfter(claims: Claims, what: string, until: number): void {
  if (claims.now - skewMs(claims) >= until) throw wrongTime('saml_expired', claims, { what, at: until })
}

const skewMs = ({ expected }: Claims) => expected.clockSkewSeconds * 1000

function wrongTime(
  code: 'saml_expired' | 'saml_not_yet_valid',
  claims: Claims,
  { what, at }: { what: string; at: number },
): SamlRefusal {
  const side = code === 'saml_expired' ? 'after' : 'before'
  const difference = Math.round(Math.abs(claims.now - at) / 1000)
  return new SamlRefusal(
    code,
    `a time not ${side} ${iso(at)} (${what}; ${claims.expected.clockSkewSeconds} s of skew allowed)`,
    `${iso(claims.now)} on our clock, ${difference} s ${side} it`,
  )
}

const window = ({ now }: Claims, from: number, until: number): Finding => ({
  expected: `${iso(from)} to ${iso(until)}`,
  got: iso(now),
})

const iso = (time: number) => new Date(time).toISOString()
