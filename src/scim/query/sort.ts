// The order of a list (RFC 7644 §3.4.2.3): which value of a resource decides, and what comes before what.
import { invalidValue } from '../errors.ts'
import { nameOf } from '../filter/ast.ts'
import type { Leniency } from '../quirks.ts'
import { quote } from '../resource.ts'
import {
  type Attribute,
  type AttributePath,
  findInExtensions,
  findPath,
  findSubAttribute,
  type ResourceType,
} from '../schema.ts'

export interface Sort {
  /**
   * The attribute, or the part of it, whose value decides; of several values that of the primary one, or else of the
   * first. Undefined when the type of resource has none of this name: then nobody has a value.
   */
  readonly path: AttributePath | undefined
  readonly isDescending: boolean
}

/** What is compared: a text folded or exact as its attribute says, a dateTime as an instant, a flag as 0 or 1. */
export type SortKey = string | number | null

/** Where a resource stands in a list. Equal keys are in the order of their ids, whichever way the keys go. */
export interface Position {
  readonly key: SortKey
  readonly id: string
}

interface AskedOrder {
  readonly sortBy: string | undefined
  readonly sortOrder: string | undefined
}

/** How the resources of one type are sorted; undefined when nothing is asked. */
export function readSort(
  type: ResourceType,
  { sortBy, sortOrder }: AskedOrder,
  leniency: Leniency,
): Sort | undefined {
  const isDescending = readOrder(sortOrder)
  if (sortBy === undefined) return undefined
  const name = sortBy.trim()
  const path = findPath(type, name) ?? findInExtensions(type, name)
  if (path?.extension !== undefined && !name.includes(':') && !leniency.allows('bare_extension_attribute')) {
    throw invalidValue(
      `sortBy names an attribute of an extension: expected "${path.extension}:${name}", but ${quote(name)} came.`,
    )
  }
  return { path: path && sortable(path), isDescending }
}

/** Whether every type of a list sorts by the same sort of values, and at least one has any. */
export function checkSorts(sorts: readonly (Sort | undefined)[], sortBy: string | undefined): void {
  if (sortBy === undefined) return
  const leaves = sorts
    .map(sort => sort?.path)
    .filter(path => path !== undefined)
    .map(leafOf)
  if (leaves.length === 0) {
    throw invalidValue(`sortBy must name an attribute of what is listed, but ${quote(sortBy)} came.`)
  }
  if (new Set(leaves.map(sortOfValues)).size > 1) {
    throw invalidValue(`sortBy must name an attribute of one type, but ${quote(sortBy)} has several here.`)
  }
}

/** The order of a list, as the databases have it too; a missing value is greater than any other. */
export const compareIn =
  (isDescending: boolean) =>
  (a: Position, b: Position): number =>
    (isDescending ? compareKeys(b.key, a.key) : compareKeys(a.key, b.key)) || compareText(a.id, b.id)

function compareKeys(a: SortKey, b: SortKey): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return typeof a === 'number' && typeof b === 'number' ? a - b : compareText(String(a), String(b))
}

/** By code point; JavaScript's own order puts an emoji before U+FFFD. */
const compareText = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

function readOrder(sortOrder: string | undefined): boolean {
  const order = sortOrder?.trim().toLowerCase() ?? 'ascending'
  if (order === 'ascending' || order === 'descending') return order === 'descending'
  throw invalidValue(`sortOrder must be "ascending" or "descending", but ${quote(sortOrder ?? '')} came.`)
}

/** `emails` and `manager` stand for their `value`. */
function sortable(path: AttributePath): AttributePath {
  const { attribute, sub } = path
  if (!sub && attribute.type === 'complex') {
    const value = findSubAttribute(attribute, 'value')
    if (value) return sortable({ ...path, sub: value })
    const parts = (attribute.subAttributes ?? []).map(each => `"${attribute.name}.${each.name}"`).join(', ')
    throw invalidValue(`sortBy must name a part of "${attribute.name}", which has several: ${parts}.`)
  }
  if (leafOf(path).returned === 'never' || sub?.multiValued) {
    throw invalidValue(`sortBy must name an attribute that can be sorted by, but "${nameOf(path)}" came.`)
  }
  return path
}

const leafOf = ({ attribute, sub }: AttributePath): Attribute => sub ?? attribute

function sortOfValues({ type }: Attribute): 'number' | 'flag' | 'text' {
  if (type === 'integer' || type === 'decimal') return 'number'
  return type === 'boolean' ? 'flag' : 'text'
}
