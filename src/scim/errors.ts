// Every error of the SCIM protocol, in the words and the order of RFC 7644 §3.12, Table 8 and Table 9.

/** RFC 7644 Table 9 and RFC 9865 §2.1. */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'invalidVers'
  | 'sensitive'
  | 'invalidCursor'
  | 'expiredCursor'
  | 'invalidCount'

const errorSchema = 'urn:ietf:params:scim:api:messages:2.0:Error'

/** A refusal in the protocol's own form. `detail` says what was expected and what came. */
export class ScimError extends Error {
  readonly status: number
  readonly scimType: ScimType | undefined
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, detail: string, scimType?: ScimType, headers: Record<string, string> = {}) {
    super(detail)
    this.name = 'ScimError'
    this.status = status
    this.scimType = scimType
    this.headers = headers
  }

  /** The body of RFC 7644 §3.12; `status` is a string there. */
  toBody(): { schemas: string[]; status: string; scimType?: ScimType; detail: string } {
    const head = { schemas: [errorSchema], status: String(this.status) }
    return this.scimType
      ? { ...head, scimType: this.scimType, detail: this.message }
      : { ...head, detail: this.message }
  }
}

const badRequest = (scimType: ScimType) => (detail: string) => new ScimError(400, detail, scimType)

export const invalidFilter = badRequest('invalidFilter')
export const mutability = badRequest('mutability')
export const invalidSyntax = badRequest('invalidSyntax')
export const invalidPath = badRequest('invalidPath')
export const noTarget = badRequest('noTarget')
export const invalidValue = badRequest('invalidValue')
export const invalidVers = badRequest('invalidVers')
export const tooMany = badRequest('tooMany')
/** RFC 9865 §2.1. */
export const invalidCursor = badRequest('invalidCursor')
export const expiredCursor = badRequest('expiredCursor')
export const invalidCount = badRequest('invalidCount')

export const unauthorized = (detail: string) =>
  new ScimError(401, detail, undefined, { 'WWW-Authenticate': 'Bearer realm="scim"' })
export const forbidden = (detail: string) => new ScimError(403, detail)
export const notFound = (detail: string) => new ScimError(404, detail)
export const methodNotAllowed = (method: string, allowed: readonly string[]) =>
  new ScimError(405, `${method} is not possible here; possible are ${allowed.join(', ')}.`, undefined, {
    Allow: allowed.join(', '),
  })
export const uniqueness = (detail: string) => new ScimError(409, detail, 'uniqueness')
export const conflict = (detail: string) => new ScimError(409, detail)
export const preconditionFailed = (detail: string) => new ScimError(412, detail)
export const tooLarge = (detail: string) => new ScimError(413, detail)
export const unsupportedMediaType = (detail: string) => new ScimError(415, detail)
export const preconditionRequired = (detail: string) => new ScimError(428, detail)
export const tooManyRequests = (detail: string, retryAfterSeconds: number) =>
  new ScimError(429, detail, undefined, { 'Retry-After': String(retryAfterSeconds) })
export const schemasChanged = () =>
  new ScimError(
    503,
    'The schemas of this domain have changed while the request was on its way; send it again.',
    undefined,
    { 'Retry-After': '1' },
  )
export const notImplemented = (detail: string) => new ScimError(501, detail)
