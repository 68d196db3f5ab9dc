// What a list request means for one type of resource, and which page of the list it asks for (RFC 7644 §3.4.2, RFC 9865).
import { capabilities } from '../capabilities.ts'
import { invalidCount } from '../errors.ts'
import type { Filter } from '../filter/ast.ts'
import { parseFilter } from '../filter/parse.ts'
import type { Leniency } from '../quirks.ts'
import type { ResourceType } from '../schema.ts'
import { type Projection, readProjection } from './project.ts'
import { type Asked, parameter } from './search.ts'
import { readSort, type Sort } from './sort.ts'

export interface ListQuery {
  readonly filter: Filter | undefined
  readonly sort: Sort | undefined
  readonly projection: Projection | undefined
}

/** The page wanted. `count` 0 asks for the total alone. */
export type Paging =
  | { readonly method: 'index'; readonly startIndex: number; readonly count: number }
  /** `cursor` is empty for the first page; a `count` left out is that of the pages before. */
  | { readonly method: 'cursor'; readonly cursor: string; readonly count: number | undefined }

interface Reading {
  readonly leniency: Leniency
  /** What becomes of an attribute in a filter that the type does not have: a list of several types has it absent. */
  readonly unknown: 'refused' | 'absent'
}

export function readListQuery(type: ResourceType, asked: Asked, reading: Reading): ListQuery {
  const { filter, attributes, excludedAttributes } = asked
  return {
    filter: filter === undefined ? undefined : parseFilter(type, filter, reading.leniency, reading.unknown),
    sort: readSort(type, asked, reading.leniency),
    projection: readProjection(type, { attributes, excludedAttributes }),
  }
}

const { defaultPageSize, maxPageSize } = capabilities.pagination

/** Who asks for a cursor gets pages by cursor; without either the method is the index (RFC 9865 §2.4). */
export function readPaging({ cursor, startIndex = 1, count }: Asked): Paging {
  if (cursor === undefined) {
    return {
      method: 'index',
      startIndex: Math.max(startIndex, 1),
      count: Math.min(Math.max(count ?? defaultPageSize, 0), maxPageSize),
    }
  }
  if (count !== undefined && (count < 1 || count > maxPageSize)) {
    throw invalidCount(`count must be from 1 to ${maxPageSize} beside a cursor, but ${count} came.`)
  }
  return { method: 'cursor', cursor, count }
}

/** `attributes` and `excludedAttributes` of any request that answers with a resource. */
export function readQueryProjection(type: ResourceType, params: URLSearchParams): Projection | undefined {
  return readProjection(type, {
    attributes: parameter(params, 'attributes'),
    excludedAttributes: parameter(params, 'excludedAttributes'),
  })
}
