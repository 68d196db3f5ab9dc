// Reads the filter tree over values in memory; store/filter-sql.ts reads it as SQL and must agree.

import { isObject, type Json, type Resource } from '../resource.ts'
import type { AttributePath } from '../schema.ts'
import { instantOf } from '../text/instant.ts'
import type { Comparison, Filter, Operator } from './ast.ts'
import { keyOf } from './key.ts'

type Read = (path: AttributePath) => Json | undefined

export function matches(filter: Filter, resource: Resource): boolean {
  return holds(filter, path => valueAt(resource, path))
}

/** Whether one element of a multi-valued attribute satisfies the filter that stood between its brackets. */
export function matchesElement(filter: Filter, element: Json): boolean {
  return holds(filter, ({ sub }) => (sub ? own(element, sub.name) : element))
}

function holds(filter: Filter, read: Read): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.terms.every(term => holds(term, read))
    case 'or':
      return filter.terms.some(term => holds(term, read))
    case 'not':
      return !holds(filter.term, read)
    case 'present':
      return isPresent(read(filter.path))
    case 'compare':
      return compares(filter, read(filter.path))
    case 'element': {
      const elements = read(filter.path)
      return Array.isArray(elements) && elements.some(element => matchesElement(filter.term, element))
    }
  }
}

/** RFC 7644 Table 3, `pr`: a non-empty value; false and 0 are values. */
function isPresent(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return false
  if (Array.isArray(value)) return value.length > 0
  return !isObject(value) || Object.keys(value).length > 0
}

function compares({ path, operator, value: wanted }: Comparison, value: Json | undefined): boolean {
  if (typeof value === 'string' && typeof wanted === 'string') {
    const key = (path.sub ?? path.attribute).type === 'dateTime' ? instantOf : keyOf(path)
    const [left, right] = [key(value), key(wanted)]
    return left !== undefined && right !== undefined && comparesText(operator, left, right)
  }
  if (typeof value === 'number' && typeof wanted === 'number')
    return inOrder(operator, Math.sign(value - wanted))
  return typeof value === 'boolean' && value === wanted
}

function comparesText(operator: Operator, left: string, right: string): boolean {
  switch (operator) {
    case 'co':
      return left.includes(right)
    case 'sw':
      return left.startsWith(right)
    case 'ew':
      return left.endsWith(right)
    default:
      // By code point, as the databases order UTF-8; JavaScript's own order puts an emoji before U+FFFD.
      return inOrder(operator, Buffer.compare(Buffer.from(left), Buffer.from(right)))
  }
}

function inOrder(operator: Operator, order: number): boolean {
  switch (operator) {
    case 'gt':
      return order > 0
    case 'ge':
      return order >= 0
    case 'lt':
      return order < 0
    case 'le':
      return order <= 0
    default:
      return order === 0
  }
}

function valueAt(resource: Resource, { extension, attribute, sub }: AttributePath): Json | undefined {
  const container = extension === undefined ? resource : own(resource, extension)
  const value = own(container, attribute.name)
  return sub ? own(value, sub.name) : value
}

/** Names come from the schema, and yet a schema may call an attribute `constructor`. */
function own(value: Json | undefined, name: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}
