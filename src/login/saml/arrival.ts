// One post to the assertion consumer service while it is worked on: what came, what was found out, and how it will be logged.
import { performance } from 'node:perf_hooks'
import { newIdAt } from '../../base/id.ts'
import { storableText } from '../../base/storable.ts'
import type { Domain } from '../../domain/domain.ts'
import { type Check, type Checks, openChecks } from '../../saml/checks.ts'
import { mostFormBytes } from '../../saml/response/transport.ts'
import type { Verdict } from '../../saml/verdict.ts'
import { maskTerm } from '../../scim/mask.ts'
import type { SignInRequest } from '../../store/sign-in/requests.ts'
import type { SignIn, SignInResult } from '../../store/sign-in/sign-ins.ts'
import { withinBudget } from './response-budget.ts'

/** The most that a post may have. */
export const mostPostedBytes = mostFormBytes

export interface Posted {
  readonly domainId: string
  /** Null when there was more than may be posted. */
  readonly body: Uint8Array | null
  readonly contentType: string | undefined
  /** What the browser brought back of the start. */
  readonly binding: string | undefined
  readonly ip: string | null
  readonly requestId: string
}

export interface Arrival {
  readonly posted: Posted
  readonly domain: Domain
  readonly at: Date
  readonly startedMs: number
  readonly checks: Checks
  /** The one that its RelayState names, as long as it may be what is answered here. */
  request: SignInRequest | undefined
  /** Whether it answers a request, as far as is known. */
  isAnswer: boolean
  /** Whether the browser is the one that started it. */
  isBound: boolean
  verdict: Verdict | undefined
  email: string | null
}

export const openArrival = (posted: Posted, domain: Domain, at: Date): Arrival => ({
  posted,
  domain,
  at,
  startedMs: performance.now(),
  checks: openChecks(() => performance.now()),
  request: undefined,
  isAnswer: false,
  isBound: false,
  verdict: undefined,
  email: null,
})

export const kindOf = ({ request, isAnswer }: Arrival): SignIn['kind'] =>
  request?.kind ?? (isAnswer ? 'sp' : 'idp')

interface End {
  readonly code: string | null
  readonly personId: string | null
  readonly result: SignInResult | null
}

/** As the log keeps it: accepted unless there is a code. */
export function rowOf(arrival: Arrival, { code, personId, result }: End): SignIn {
  const { posted, domain, at, verdict, email, request } = arrival
  const kind = kindOf(arrival)
  const isKept = code !== null || kind === 'test'
  return {
    organization_id: domain.organizationId,
    domain_id: domain.id,
    id: newIdAt(at),
    trace_id: posted.requestId,
    created_at: at.toISOString(),
    kind,
    outcome: code === null ? 'accepted' : 'refused',
    code,
    email,
    name_id: verdict?.nameId ? storableText(verdict.nameId.value) : null,
    person_id: personId,
    steps: JSON.stringify([...arrival.checks.list.values()].map(inHundredths)),
    attributes: JSON.stringify(Object.fromEntries(attributesShown(verdict, kind === 'test'))),
    certificate_fingerprint: verdict?.certificateFingerprint ?? null,
    idp_clock_offset_ms: verdict?.idpClockOffsetMs ?? null,
    duration_ms: hundredths(performance.now() - arrival.startedMs),
    ip: posted.ip,
    response_xml: isKept && verdict?.xml ? withinBudget(domain.id, storableText(verdict.xml)) : null,
    request_id: request?.id ?? null,
    requested_at: request?.created_at ?? null,
    request_xml: isKept ? (request?.xml ?? null) : null,
    result: result && JSON.stringify(result),
  }
}

const hundredths = (ms: number): number => Math.round(ms * 100) / 100

const inHundredths = ({ ms, ...check }: Check): Check => ({
  ...check,
  ms: ms === null ? null : hundredths(ms),
})

function attributesShown(verdict: Verdict | undefined, isClear: boolean): [string, readonly string[]][] {
  const attributes = [...(verdict?.attributes ?? [])]
  return isClear ? attributes : attributes.map(([name, values]) => [name, values.map(maskTerm)])
}
