// The rules that hold for a resource as a whole, after a POST or PUT was read and after a PATCH was applied.

import { invalidValue } from '../errors.ts'
import type { Leniency } from '../quirks.ts'
import { inOrder, isObject, type Json, type JsonObject, type Resource } from '../resource.ts'
import { type Attribute, coreAttributes, findSubAttribute, type ResourceType } from '../schema.ts'
import { fold } from '../text/fold.ts'
import { placeOf, type Reading } from './value.ts'

/**
 * The resource with its attributes in the order of the schema, `schemas` listing just what is used (RFC 7643 §3), nothing
 * twice in a list, at most one primary, and no value that is never returned: passwords end here.
 */
export function finish(type: ResourceType, resource: JsonObject, leniency: Leniency): Resource {
  const { meta, ...core } = settle(coreAttributes(type), resource, { leniency, where: '' }) ?? {}
  const result: Resource = { schemas: [type.schema.id], ...core }
  for (const { schema, required } of type.extensions) {
    const container = resource[schema.id]
    const values = isObject(container)
      ? settle(schema.attributes, container, { leniency, where: '' })
      : undefined
    if (required && !values)
      throw invalidValue(`The extension ${schema.id} is required, but nothing of it came.`)
    if (!values) continue
    result.schemas.push(schema.id)
    result[schema.id] = values
  }
  if (meta !== undefined) result.meta = meta
  return result
}

function settle(
  attributes: readonly Attribute[],
  values: JsonObject,
  reading: Reading,
): JsonObject | undefined {
  return inOrder(attributes, attribute => {
    if (attribute.returned === 'never' || attribute.name === 'schemas') return undefined
    const where = placeOf(attribute, reading)
    const value = settleValue(attribute, values[attribute.name], { ...reading, where })
    if (value === undefined && attribute.required)
      throw invalidValue(`${where} is required, but no value came.`)
    return value
  })
}

function settleValue(attribute: Attribute, value: Json | undefined, reading: Reading): Json | undefined {
  if (value === undefined || value === null) return undefined
  if (isObject(value)) return settle(attribute.subAttributes ?? [], value, reading)
  if (!Array.isArray(value)) return value
  const settled = value
    .map(element => settleValue(attribute, element, reading))
    .filter(element => element !== undefined)
  const elements = settleElements(attribute, settled, reading.leniency)
  return elements.length > 0 ? elements : undefined
}

/** What holds for every list: nothing twice, and at most one primary. */
export function settleElements(attribute: Attribute, elements: Json[], leniency: Leniency): Json[] {
  // In this order, since two values may differ in nothing but a primary that is taken from them.
  return withoutDuplicates(attribute, onePrimary(attribute, elements, leniency), leniency)
}

/** RFC 7643 §2.4: the same type and value only once, in its first spelling and with what the later one adds. */
function withoutDuplicates(attribute: Attribute, elements: readonly Json[], leniency: Leniency): Json[] {
  const kept = new Map<string, Json>()
  for (const element of elements) {
    const key = keyOf(attribute, element)
    const before = kept.get(key)
    if (before !== undefined) leniency.note('duplicate_element')
    kept.set(key, isObject(before) && isObject(element) ? merged(attribute, before, element) : element)
  }
  return [...kept.values()]
}

function merged(attribute: Attribute, before: JsonObject, element: JsonObject): JsonObject {
  const { value: _, ...news } = element
  const both: JsonObject = { ...before, ...news }
  return inOrder(attribute.subAttributes ?? [], ({ name }) => both[name]) ?? element
}

function keyOf(attribute: Attribute, element: Json): string {
  if (!isObject(element) || element.value === undefined) return JSON.stringify(element)
  const comparable = (name: string): Json => {
    const part = element[name] ?? null
    const exact = findSubAttribute(attribute, name)?.caseExact
    return typeof part === 'string' && !exact ? fold(part) : part
  }
  return JSON.stringify([comparable('type'), comparable('value')])
}

/** RFC 7643 §2.4: at most one primary. */
function onePrimary(attribute: Attribute, elements: Json[], leniency: Leniency): Json[] {
  const last = elements.findLastIndex(isPrimary)
  if (elements.findIndex(isPrimary) === last) return elements
  if (!leniency.allows('two_primaries'))
    throw invalidValue(
      `${attribute.name} may have one primary value, but ${elements.filter(isPrimary).length} came.`,
    )
  return elements.map((element, index) =>
    index !== last && isObject(element) && isPrimary(element) ? { ...element, primary: false } : element,
  )
}

const isPrimary = (element: Json): boolean => isObject(element) && element.primary === true
