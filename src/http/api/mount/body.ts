// Reading a request's body: JSON by its media type and size, then through a schema, the first error in field order.
import type { Context as HonoContext } from 'hono'
import type { z } from 'zod'
import { invalid, type Refusal } from '../../../base/refusal.ts'
import { BodyTooLarge, readBody } from '../../request.ts'
import { parseError, unsupportedMediaType } from './errors.ts'

const maxBytes = 1024 * 1024

/** The body as an object; an empty one is `{}`. Refuses in the order 415, 413, 400. */
export async function readJson(c: HonoContext): Promise<object> {
  const body = await readValue(c)
  if (body === undefined) return {}
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body
  throw parseError(`Expected a JSON object, got ${kindOf(body)}.`)
}

/** The body as a list; an object is a list of one, an empty body a list of none. */
export async function readJsonList(c: HonoContext): Promise<readonly unknown[]> {
  const body = await readValue(c)
  if (body === undefined) return []
  if (Array.isArray(body)) return body
  if (typeof body === 'object' && body !== null) return [body]
  throw parseError(`Expected a JSON array, got ${kindOf(body)}.`)
}

/** Undefined for an empty body. */
async function readValue(c: HonoContext): Promise<unknown> {
  const mediaType = c.req.header('content-type')
  const isJson = mediaType === undefined || /^application\/json\s*(;|$)/i.test(mediaType)
  const bytes = await readBytes(c).catch(error => {
    throw error instanceof BodyTooLarge && !isJson ? unsupportedMediaType(mediaType) : error
  })
  if (bytes.byteLength === 0) return undefined
  if (!isJson) throw unsupportedMediaType(mediaType)
  return parseJson(bytes)
}

const bodies = new WeakMap<Request, Promise<Uint8Array>>()

/** The raw body, for as many as want to look at it. */
export function readBytes(c: HonoContext): Promise<Uint8Array> {
  const { raw } = c.req
  const known = bodies.get(raw)
  if (known) return known
  const body = readBody(c, maxBytes)
  bodies.set(raw, body)
  return body
}

export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw parseError('Expected JSON in UTF-8; the body could not be parsed.')
  }
}

/** What the schema makes of the body; its fields stand in the order in which errors are reported. */
export function parse<S extends z.ZodType>(schema: S, body: object): z.output<S> {
  const result = schema.safeParse(body, { reportInput: true })
  if (result.success) return result.data
  const [first] = result.error.issues
  throw first ? refusalOf(first) : parseError('The body is not valid.')
}

function refusalOf(issue: z.core.$ZodIssue): Refusal {
  const [field, ...within] = issue.path.map(String)
  const place = within.length > 0 ? `In ${within.join('.').slice(0, 100)}: ` : ''
  const refuse = (code: string, detail: string) => invalid(code, place + detail, field ?? null)
  if (issue.code === 'custom' && typeof issue.params?.code === 'string')
    return refuse(issue.params.code, issue.message)
  if (issue.input === undefined) return refuse('required', 'This field is required.')
  if (issue.input === null) return refuse('null', 'This field may not be null.')
  if (issue.code === 'too_big' && issue.origin === 'string')
    return refuse('max_length', `Expected at most ${issue.maximum} characters.`)
  if (issue.code === 'too_small' && issue.origin === 'string')
    return refuse('blank', 'This field may not be blank.')
  if (issue.code === 'invalid_value') return refuseChoice(issue, refuse)
  if (issue.code === 'invalid_type')
    return refuse('invalid_input', `Expected ${issue.expected}, got ${kindOf(issue.input)}.`)
  return refuse('invalid_input', `${issue.message}.`)
}

/** A value of another JSON type than the choices is not even one to choose from. */
function refuseChoice(
  { values, input }: z.core.$ZodIssueInvalidValue,
  refuse: (code: string, detail: string) => Refusal,
): Refusal {
  const choices = values.map(value => JSON.stringify(value)).join(', ')
  if (!values.some(value => typeof value === typeof input))
    return refuse('invalid_input', `Expected one of ${choices}, got ${kindOf(input)}.`)
  return refuse('invalid_choice', `Expected one of ${choices}, got ${String(input).slice(0, 100)}.`)
}

export function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value === 'number') return `the number ${value}`
  return Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`
}
