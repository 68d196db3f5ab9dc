// What a page says of an error: the status, the code and the sentence; of our own faults nothing but that they are ours.
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { Refusal, type RefusalKind } from '../base/refusal.ts'
import { BodyCutShort, BodyTooLarge } from './request.ts'

export type Status = ContentfulStatusCode

export const statuses: Readonly<Record<RefusalKind, ContentfulStatusCode>> = {
  invalid: 400,
  unauthenticated: 401,
  denied: 403,
  missing: 404,
  conflict: 409,
  throttled: 429,
  unavailable: 503,
}

interface Explained {
  readonly status: ContentfulStatusCode
  readonly code: string
  readonly sentence: string
  readonly retryAfterSeconds?: number | undefined
}

export const ourFault: Explained = {
  status: 500,
  code: 'error',
  sentence: 'Something went wrong on our side.',
}

/** Undefined: it is our fault. */
export function explain(error: unknown): Explained | undefined {
  if (error instanceof Refusal) {
    const { kind, code, message: sentence, retryAfterSeconds } = error
    return { status: statuses[kind], code, sentence, retryAfterSeconds }
  }
  if (error instanceof BodyTooLarge) return { status: 413, code: 'too_large', sentence: error.message }
  if (error instanceof BodyCutShort) return { status: 400, code: 'bad_request', sentence: error.message }
  return undefined
}
