// The query string of a SCIM request: filter, page and projection (RFC 7644 §3.4.2); unknown parameters are ignored.

import { capabilities } from './capabilities.ts'
import { invalidValue } from './errors.ts'
import type { Filter } from './filter/ast.ts'
import { parseFilter } from './filter/parse.ts'
import { type Projection, readProjection } from './project.ts'
import type { Leniency } from './quirks.ts'
import { quote } from './resource.ts'
import type { ResourceType } from './schema.ts'

export interface ListQuery {
  readonly filter: Filter | undefined
  /** From 1. */
  readonly startIndex: number
  /** At most this many resources; 0 asks for the total alone. */
  readonly count: number
  readonly projection: Projection | undefined
}

export function readListQuery(type: ResourceType, params: URLSearchParams, leniency: Leniency): ListQuery {
  const filter = parameter(params, 'filter')
  const startIndex = readNumber(params, 'startIndex') ?? 1
  const count = readNumber(params, 'count') ?? capabilities.pagination.defaultPageSize
  return {
    filter: filter === undefined ? undefined : parseFilter(type, filter, leniency),
    startIndex: Math.max(startIndex, 1),
    count: Math.min(Math.max(count, 0), capabilities.pagination.maxPageSize),
    projection: readQueryProjection(type, params),
  }
}

/** `attributes` and `excludedAttributes` of any request that answers with a resource. */
export function readQueryProjection(type: ResourceType, params: URLSearchParams): Projection | undefined {
  return readProjection(type, {
    attributes: parameter(params, 'attributes'),
    excludedAttributes: parameter(params, 'excludedAttributes'),
  })
}

/** Directories write `startindex` too. Of several with one name the first counts. */
function parameter(params: URLSearchParams, name: string): string | undefined {
  const wanted = name.toLowerCase()
  for (const [key, value] of params) if (key.toLowerCase() === wanted) return value
  return undefined
}

function readNumber(params: URLSearchParams, name: string): number | undefined {
  const text = parameter(params, name)?.trim()
  if (text === undefined) return undefined
  if (!/^[+-]?\d+$/.test(text)) throw invalidValue(`${name} must be a whole number, but ${quote(text)} came.`)
  return Math.min(Number(text), Number.MAX_SAFE_INTEGER)
}
