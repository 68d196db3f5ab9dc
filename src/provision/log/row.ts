// One request and its answer as a row of the SCIM log: masked, told in words, ready to be stored.
import { newIdAt } from '../../base/id.ts'
import { storableText } from '../../base/storable.ts'
import type { ScimError } from '../../scim/errors.ts'
import { identityProviderOf } from '../../scim/identity-provider.ts'
import { holdsCredential, withoutCredentials, withoutTokens } from '../../scim/mask/credentials.ts'
import { withoutPasswords } from '../../scim/mask/passwords.ts'
import { hidden, type Secrets } from '../../scim/mask/personal.ts'
import { maskFilter, maskText } from '../../scim/mask/text.ts'
import { maskBody, maskQuery, maskTerm } from '../../scim/mask.ts'
import type { Quirk } from '../../scim/quirks.ts'
import type { ScimLogRow } from '../../store/domain/scim-log.ts'
import type { AdmittedToken } from '../../store/domain/scim-tokens.ts'
import { retold, type Story, tellOutcome } from './outcome.ts'

/** What arrived: nothing, JSON, or bytes that are none. */
export type SentBody = { readonly json: unknown } | { readonly unparsedBytes: number } | undefined

/** Everything that the log may know of one request. Kept as it is, and masked when the row is made. */
export interface Exchange {
  /** From the path; whether there is such a domain shows when the row is written. */
  readonly domainId: string
  readonly at: Date
  readonly durationMs: number
  readonly requestId: string
  readonly ip: string | null
  readonly method: string
  readonly path: string
  /** With its `?`, or empty. */
  readonly search: string
  readonly headers: Headers
  readonly body: SentBody
  /** What no log may hold, besides passwords. */
  readonly secrets: Secrets
  readonly status: number
  /** JSON; a long list may come shortened. */
  readonly answer: string | null
  /** Undefined when the request was not let in. */
  readonly token: AdmittedToken | undefined
  readonly quirks: ReadonlySet<Quirk>
  readonly story: Story
  readonly refusal: ScimError | undefined
}

/** Runs for every request. What is not made `storable` is in words of our own. */
export function toLogRow(exchange: Exchange, isMasking: boolean): ScimLogRow {
  const { story, refusal } = exchange
  const mask: Mask = isMasking ? masking : plain
  const json = exchange.body && 'json' in exchange.body ? exchange.body.json : undefined
  return {
    domain_id: exchange.domainId,
    id: newIdAt(exchange.at),
    created_at: exchange.at.toISOString(),
    request_id: storable(exchange.requestId),
    request_method: storable(exchange.method),
    request_path: storable(mask.text(pathOf(exchange)) + mask.query(withoutCredentials(exchange.search))),
    request_headers: storable(headersText(exchange.headers, mask)),
    request_body: storable(bodyText(exchange, mask)),
    response_status: exchange.status,
    response_body: storable(answerText(exchange, mask)),
    identity_provider: identityProviderOf(exchange.headers.get('user-agent') ?? undefined, json),
    duration_ms: exchange.durationMs,
    scim_type: refusal?.scimType ?? null,
    token_hint: storable(exchange.token?.hint ?? null),
    resource_type: storable(story.resourceType ?? null),
    resource_id: storable(story.resourceId ?? null),
    outcome: storable(
      tellOutcome(
        retold(story, { name: mask.term, filter: mask.filter, text: mask.text }),
        refusal && mask.text(refusal.message),
      ),
    ),
    accommodations: JSON.stringify([...exchange.quirks]),
  }
}

interface Mask {
  text(text: string): string
  term(text: string): string
  filter(filter: string): string
  query(search: string): string
  body(json: unknown, secrets: Secrets): unknown
}

const masking: Mask = {
  text: maskText,
  term: maskTerm,
  filter: maskFilter,
  query: maskQuery,
  body: maskBody,
}
/** `SCIM_LOG_MASKING=off`: everything but secrets as it came. */
const plain: Mask = {
  text: text => text,
  term: text => text,
  filter: filter => filter,
  query: search => search,
  body: withoutPasswords,
}

/** An address in a path is one however it is encoded. */
const pathOf = ({ path }: Exchange) => path.replaceAll('%40', '@')

const isDropped = (header: string): boolean => header === 'cookie' || header === 'set-cookie'

function headersText(headers: Headers, mask: Mask): string {
  const kept: [string, string][] = []
  for (const [name, value] of headers) {
    if (!isDropped(name)) kept.push([name, holdsCredential(name) ? hidden : mask.text(value)])
  }
  return JSON.stringify(Object.fromEntries(kept))
}

function bodyText({ body, secrets }: Exchange, mask: Mask): string | null {
  if (!body) return null
  return JSON.stringify(
    'json' in body ? mask.body(body.json, secrets) : { _unparsed_bytes: body.unparsedBytes },
  )
}

const answerText = ({ answer, secrets }: Exchange, mask: Mask): string | null =>
  answer ? JSON.stringify(mask.body(JSON.parse(answer), secrets)) : null

/** Without tokens wherever they stand, and as every database takes it. */
function storable(text: string): string
function storable(text: string | null): string | null
function storable(text: string | null): string | null {
  return text === null ? null : storableText(withoutTokens(text))
}
