// The judgement of one SAML response: bytes, settings and a time in, accepted or refused out, with every check on the way.
import { type NameId, readAssertion } from './assertion/read.ts'
import { bearerOf, type Claims, type Expectations, rules, sessionEndsOf } from './assertion/rules.ts'
import { readCertificates } from './certificate.ts'
import { attempt, type CheckList, type Checks, openChecks, type Stopwatch } from './checks.ts'
import { proveAssertion } from './proof.ts'
import { type Refusal, SamlRefusal } from './refusal.ts'
import { requireAssertion, screenResponse } from './response/screen.ts'
import { requireSuccess } from './response/status.ts'
import { decodeResponse } from './response/transport.ts'
import { attributeOf, type Element } from './xml/element.ts'
import { readXml } from './xml/read.ts'

/** Plain data, so that the judgement can be given to a worker. */
export interface Connection extends Expectations {
  /** PEM blocks of the identity provider; each is trusted by itself. */
  readonly certificates: string
  /** PEM, newest first; several while one replaces another. */
  readonly decryptionKeys: readonly string[]
  readonly allowSha1: boolean
  /** For identity providers that know no AES-GCM; even then only in a signed response. */
  readonly allowCbc: boolean
}

export interface VerifiedAssertion {
  readonly id: string
  readonly nameId: NameId
  /** Exact names, values as they came. */
  readonly attributes: ReadonlyMap<string, readonly string[]>
  /** Signed; null for one that nobody asked for. */
  readonly inResponseTo: string | null
  /** It is remembered as used until then, and the clock skew longer. */
  readonly notOnOrAfter: Date
  /** When the person was last asked who they are, over there; the earliest where several are stated. */
  readonly authenticatedAt: Date
  readonly sessionNotOnOrAfter: Date | null
}

interface Findings {
  readonly checks: CheckList
  /** The document as it came. */
  readonly xml: string | null
  /** Of the certificate that verified; of the one that was shown where none did. */
  readonly certificateFingerprint: string | null
  /** How far the identity provider's clock is ahead of ours, network included. */
  readonly idpClockOffsetMs: number | null
  /** Signed, but not necessarily accepted. */
  readonly nameId: NameId | null
  readonly attributes: ReadonlyMap<string, readonly string[]>
}

export type Verdict = Findings &
  (
    | { readonly outcome: 'accepted'; readonly assertion: VerifiedAssertion }
    | { readonly outcome: 'refused'; readonly refusal: Refusal }
  )

export interface Case {
  /** The form field SAMLResponse: base64. */
  readonly response: string
  readonly connection: Connection
  readonly now: Date
}

/**
 * Never throws for what is in the response; throws a CertificateError for certificates that were never checked.
 * `stopwatch`: for whoever wants to know how long each check took.
 */
export function judgeResponse(input: Case, stopwatch?: Stopwatch): Verdict {
  const checks = openChecks(stopwatch)
  const findings: Open = {
    checks: checks.list,
    xml: null,
    certificateFingerprint: null,
    idpClockOffsetMs: null,
    nameId: null,
    attributes: new Map(),
  }
  try {
    const assertion = examine(input, checks, findings)
    return { outcome: 'accepted', assertion, ...findings }
  } catch (error) {
    if (!(error instanceof SamlRefusal)) throw error
    const { code, expected, got } = error
    return { outcome: 'refused', refusal: { code, expected, got }, ...findings }
  }
}

type Open = { -readonly [field in keyof Findings]: Findings[field] }

/** The road itself, downwards. */
function examine(
  { response: base64, connection, now }: Case,
  checks: Checks,
  findings: Open,
): VerifiedAssertion {
  const trust = { ...connection, certificates: readCertificates(connection.certificates) }
  const xml = attempt(checks, 'transport', () => decodeResponse(base64))
  findings.xml = xml
  const screened = attempt(checks, 'xml', () => screenResponse(readXml(xml)))
  findings.idpClockOffsetMs = clockOffset(screened.response, now)
  attempt(checks, 'status', () => requireSuccess(screened.response))
  const assertion = attempt(checks, 'xml', () => requireAssertion(screened))
  const proven = proveAssertion({ response: screened.response, assertion }, trust, {
    checks,
    note: fingerprint => {
      findings.certificateFingerprint = fingerprint
    },
  })
  const statements = attempt(checks, 'assertion', () => readAssertion(proven.assertion))
  findings.nameId = statements.nameId
  findings.attributes = statements.attributes
  const response = proven.signedResponse ?? screened.response
  const claims: Claims = { statements, response, expected: connection, now: now.getTime() }
  for (const [name, rule] of rules) {
    attempt(
      checks,
      name,
      () => rule(claims),
      finding => finding,
    )
  }
  return accepted(claims, proven.signedResponse)
}

function accepted(claims: Claims, signedResponse: Element | undefined): VerifiedAssertion {
  const { id, nameId, attributes, notOnOrAfter, authentications } = claims.statements
  const ends = sessionEndsOf(claims)
  const around = signedResponse && attributeOf(signedResponse, 'InResponseTo')
  return {
    id,
    nameId,
    attributes,
    inResponseTo: bearerOf(claims).inResponseTo ?? around ?? null,
    notOnOrAfter: new Date(notOnOrAfter),
    authenticatedAt: new Date(Math.min(...authentications.map(each => each.instant))),
    sessionNotOnOrAfter: ends.length > 0 ? new Date(Math.min(...ends)) : null,
  }
}

function clockOffset(response: Element, now: Date): number | null {
  const offset = Date.parse(attributeOf(response, 'IssueInstant') ?? '') - now.getTime()
  return Number.isNaN(offset) ? null : offset
}
