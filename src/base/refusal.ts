// The one refusal of the deeds: thrown below the surfaces, translated once on each of them.

export type RefusalKind =
  | 'invalid'
  | 'unauthenticated'
  | 'denied'
  | 'missing'
  | 'conflict'
  | 'throttled'
  | 'unavailable'

export class Refusal extends Error {
  readonly kind: RefusalKind
  /** Stable, for programs: `required`, `already_verified`, … */
  readonly code: string
  /** The field or parameter it is about. */
  readonly attr: string | null
  readonly retryAfterSeconds: number | undefined

  constructor(
    kind: RefusalKind,
    code: string,
    detail: string,
    attr: string | null = null,
    retryAfterSeconds?: number,
  ) {
    super(detail)
    this.name = 'Refusal'
    this.kind = kind
    this.code = code
    this.attr = attr
    this.retryAfterSeconds = retryAfterSeconds
  }
}

export const invalid = (code: string, detail: string, attr: string | null = null) =>
  new Refusal('invalid', code, detail, attr)
export const denied = (detail: string, code = 'permission_denied') => new Refusal('denied', code, detail)
/** The same words whether a thing does not exist or belongs to somebody else. */
export const missing = (detail = 'Not found.') => new Refusal('missing', 'not_found', detail)
export const throttled = (detail: string, retryAfterSeconds: number) =>
  new Refusal('throttled', 'throttled', detail, null, retryAfterSeconds)

/** The same refusal for a field within an item of a list: `3.target_email`. */
export function within(place: string, { kind, code, message, attr }: Refusal): Refusal {
  return new Refusal(kind, code, message, attr === null ? place : `${place}.${attr}`)
}
