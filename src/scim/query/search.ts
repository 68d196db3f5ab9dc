// What a list is asked for, as it came: in a query string (RFC 7644 §3.4.2) or in a SearchRequest (§3.4.3).
import { invalidSyntax, invalidValue } from '../errors.ts'
import { type Leniency, repairList } from '../quirks.ts'
import { isObject, type JsonObject, kindOf, quote } from '../resource.ts'

/** What nobody asked for is undefined. Names of parameters come in any case, unknown ones are ignored. */
export interface Asked {
  readonly filter: string | undefined
  readonly sortBy: string | undefined
  readonly sortOrder: string | undefined
  readonly startIndex: number | undefined
  readonly count: number | undefined
  /** RFC 9865 §2; empty asks for the first page. */
  readonly cursor: string | undefined
  readonly attributes: string | undefined
  readonly excludedAttributes: string | undefined
}

const searchSchema = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest'

export function readQueryString(params: URLSearchParams): Asked {
  const text = (name: keyof Asked) => parameter(params, name)
  return {
    filter: text('filter'),
    sortBy: text('sortBy'),
    sortOrder: text('sortOrder'),
    startIndex: numberIn('startIndex', text('startIndex')),
    count: numberIn('count', text('count')),
    cursor: text('cursor'),
    attributes: text('attributes'),
    excludedAttributes: text('excludedAttributes'),
  }
}

/** Directories write `startindex` too. Of several with one name the first counts. */
export function parameter(params: URLSearchParams, name: string): string | undefined {
  const wanted = name.toLowerCase()
  for (const [key, value] of params) if (key.toLowerCase() === wanted) return value
  return undefined
}

function numberIn(name: string, written: string | undefined): number | undefined {
  const text = written?.trim()
  if (text === undefined) return undefined
  if (!/^[+-]?\d+$/.test(text)) throw invalidValue(`${name} must be a whole number, but ${quote(text)} came.`)
  return Math.min(Number(text), Number.MAX_SAFE_INTEGER)
}

/** Throws `invalidSyntax` when the body is no such request, and `invalidValue` where a member has another type. */
export function readSearchRequest(body: unknown, leniency: Leniency): Asked {
  if (!isObject(body)) {
    throw invalidSyntax(`The body must be a SearchRequest as a JSON object, but ${kindOf(body)} came.`)
  }
  const members = new Map(Object.entries(body).map(([name, value]) => [name.toLowerCase(), value]))
  const member = (name: keyof Asked | 'schemas') => members.get(name.toLowerCase()) ?? undefined
  checkSchemas(member('schemas'), leniency)
  return {
    filter: textOf('filter', member('filter')),
    sortBy: textOf('sortBy', member('sortBy')),
    sortOrder: textOf('sortOrder', member('sortOrder')),
    startIndex: wholeOf('startIndex', member('startIndex')),
    count: wholeOf('count', member('count')),
    cursor: textOf('cursor', member('cursor')),
    attributes: namesOf('attributes', member('attributes'), leniency),
    excludedAttributes: namesOf('excludedAttributes', member('excludedAttributes'), leniency),
  }
}

function checkSchemas(schemas: unknown, leniency: Leniency): void {
  const isNamed =
    Array.isArray(schemas) &&
    schemas.some(urn => typeof urn === 'string' && urn.toLowerCase() === searchSchema.toLowerCase())
  if (isNamed || leniency.allows('missing_search_schema')) return
  throw invalidSyntax(
    `"schemas" must name ${searchSchema}, but ${quote(JSON.stringify(schemas ?? null))} came.`,
  )
}

type Member = JsonObject[string] | undefined

function textOf(name: string, value: Member): string | undefined {
  if (value === undefined || typeof value === 'string') return value
  throw invalidValue(`${name} must be a text, but ${kindOf(value)} came.`)
}

function wholeOf(name: string, value: Member): number | undefined {
  if (value === undefined || (typeof value === 'number' && Number.isSafeInteger(value))) return value
  const came = typeof value === 'number' ? String(value) : kindOf(value)
  throw invalidValue(`${name} must be a whole number, but ${came} came.`)
}

/** A list of names, as one text with commas between them. */
function namesOf(name: string, value: Member, leniency: Leniency): string | undefined {
  const names = repairList(value, leniency)
  if (names === undefined || names === null) return undefined
  if (Array.isArray(names) && names.every(each => typeof each === 'string')) return names.join()
  const came = Array.isArray(names) ? 'a list with something else' : kindOf(names)
  throw invalidValue(`${name} must be a list of names of attributes, but ${came} came.`)
}
