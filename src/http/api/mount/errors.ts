// The four-key error object of the Organizations API, and the one translation of refusals into it.
import { Refusal, type RefusalKind } from '../../../base/refusal.ts'
import { BodyCutShort, BodyTooLarge } from '../../request.ts'
import type { ErrorType } from '../error-object.ts'

type Status = 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 429 | 500 | 503

/** What is wrong with the request as HTTP, before any deed is asked. */
class ApiError extends Error {
  readonly status: Status
  readonly code: string
  readonly headers: Readonly<Record<string, string>>

  constructor(status: Status, code: string, detail: string, headers: Record<string, string> = {}) {
    super(detail)
    this.name = 'ApiError'
    this.status = status
    this.code = code
    this.headers = headers
  }
}

export const parseError = (detail: string) => new ApiError(400, 'parse_error', detail)
export const badPath = () => new ApiError(400, 'bad_request', 'The path is not valid percent-encoded UTF-8.')
export const methodNotAllowed = (method: string, allowed: readonly string[]) =>
  new ApiError(
    405,
    'method_not_allowed',
    `Method "${method}" not allowed; allowed are ${allowed.join(', ')}.`,
    { Allow: allowed.join(', ') },
  )
export const unsupportedMediaType = (got: string) =>
  new ApiError(415, 'unsupported_media_type', `Expected the media type application/json, got "${got}".`)
export const requestInProgress = () =>
  new ApiError(409, 'in_progress', 'A request with this Idempotency-Key is still under way; ask again later.')
export const idempotencyMismatch = () =>
  new ApiError(
    422,
    'idempotency_mismatch',
    'Expected the request that this Idempotency-Key came with before, got another one.',
  )

export interface ErrorAnswer {
  readonly status: Status
  readonly body: { type: ErrorType; code: string; detail: string; attr: string | null }
  readonly headers: Readonly<Record<string, string>>
}

const kinds: Record<RefusalKind, [Status, ErrorType]> = {
  invalid: [400, 'validation_error'],
  unauthenticated: [401, 'authentication_error'],
  denied: [403, 'authentication_error'],
  missing: [404, 'invalid_request'],
  conflict: [409, 'invalid_request'],
  throttled: [429, 'throttled_error'],
  unavailable: [503, 'server_error'],
}

/** undefined: nothing we meant to say, so the client learns only the request id. */
export function explain(error: unknown): ErrorAnswer | undefined {
  if (error instanceof Refusal) {
    const [status, type] = kinds[error.kind]
    const { code, message: detail, attr } = error
    return { status, body: { type, code, detail, attr }, headers: headersFor(error) }
  }
  if (error instanceof BodyTooLarge) return explain(new ApiError(413, 'too_large', error.message))
  if (error instanceof BodyCutShort) return explain(parseError(error.message))
  if (!(error instanceof ApiError)) return undefined
  const { status, code, message: detail, headers } = error
  return { status, body: { type: 'invalid_request', code, detail, attr: null }, headers }
}

function headersFor({ kind, retryAfterSeconds }: Refusal): Record<string, string> {
  if (kind === 'unauthenticated') return { 'WWW-Authenticate': 'Bearer realm="api"' }
  return retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) }
}

export const internalError = (requestId: string): ErrorAnswer => ({
  status: 500,
  body: {
    type: 'server_error',
    code: 'error',
    detail: `Something went wrong on our side. Request id: ${requestId}.`,
    attr: null,
  },
  headers: {},
})
