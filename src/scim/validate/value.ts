// Turns what a client sent for an attribute into its canonical value: names from the schema, types checked, nothing empty.

import { invalidSyntax, invalidValue } from '../errors.ts'
import { type Leniency, repairList, repairValue } from '../quirks.ts'
import { inOrder, isObject, type Json, type JsonObject, kindOf, quote } from '../resource.ts'
import { type Attribute, findIn, findSubAttribute } from '../schema.ts'
import { readScalar } from './scalar.ts'

type Entry = readonly [key: string, value: unknown]

/** How one request is read: what is forgiven, and what the place is called in a refusal. */
export interface Reading {
  readonly leniency: Leniency
  readonly where: string
}

export const placeOf = (attribute: Attribute, { where }: Reading): string =>
  where ? `${where}.${attribute.name}` : attribute.name

/** More than any directory sends; the members of a larger group come in several requests. */
export const maxElements = (attribute: Attribute): number => (attribute.name === 'members' ? 50_000 : 1_000)

/** The whole value of `attribute`; undefined is unassigned, which null, `[]` and `{}` are too (RFC 7643 §2.5). */
export function readValue(attribute: Attribute, value: unknown, leniency: Leniency): Json | undefined {
  return readWhole(attribute, value, { leniency, where: attribute.name })
}

/**
 * The known, writable attributes among `entries`, in the order of the schema; undefined when none has a value.
 * What is read-only is ignored (RFC 7644 §3.3), whatever its type.
 */
export function readAttributes(
  attributes: readonly Attribute[],
  entries: readonly Entry[],
  reading: Reading,
): JsonObject | undefined {
  const values = new Map<Attribute, Json | undefined>()
  for (const [key, value] of gatherParts(attributes, entries, reading.leniency)) {
    const attribute = findIn(attributes, key)
    if (!attribute) refuseUnknown(key, reading)
    else if (attribute.mutability !== 'readOnly') {
      const where = placeOf(attribute, reading)
      if (values.has(attribute)) throw invalidSyntax(`${where} is given twice, in different cases.`)
      values.set(attribute, readWhole(attribute, value, { leniency: reading.leniency, where }))
    }
  }
  return inOrder(attributes, attribute => values.get(attribute))
}

/** Parts that came under a key each, as `name.givenName`, become one value, together with the rest where that came too. */
function gatherParts(
  attributes: readonly Attribute[],
  entries: readonly Entry[],
  leniency: Leniency,
): readonly Entry[] {
  if (!entries.some(([key]) => key.includes('.'))) return entries
  const gathered = new Map<string, Readonly<Record<string, unknown>>>()
  const others: Entry[] = []
  for (const [key, value] of entries) {
    const path = dottedIn(attributes, key)
    if (!path || !leniency.allows('dotted_key')) others.push([key, value])
    else gathered.set(path.name, { ...gathered.get(path.name), [path.part]: value })
  }
  const rest = others.filter(([key, value]) => {
    const name = findIn(attributes, key)?.name ?? ''
    const own = gathered.get(name)
    if (!own || (value !== null && !isObject(value))) return true
    gathered.set(name, { ...value, ...own })
    return false
  })
  return [...rest, ...gathered]
}

/** A part of an attribute that has one value; of several it would not say which one is meant. */
function dottedIn(attributes: readonly Attribute[], key: string) {
  const dot = key.indexOf('.')
  const attribute = dot < 0 ? undefined : findIn(attributes, key.slice(0, dot))
  const sub = attribute && !attribute.multiValued && findSubAttribute(attribute, key.slice(dot + 1))
  return attribute && sub ? { name: attribute.name, part: sub.name } : undefined
}

function readWhole(attribute: Attribute, value: unknown, reading: Reading): Json | undefined {
  if (!attribute.multiValued) return readOne(attribute, value, reading)
  const list = repairList(value, reading.leniency)
  if (list === null || list === undefined) return undefined
  const { where, leniency } = reading
  if (!Array.isArray(list)) throw invalidValue(`${where} must be an array, but ${kindOf(list)} came.`)
  const limit = maxElements(attribute)
  if (list.length > limit)
    throw invalidValue(`${where} may have ${limit} elements in one request, but ${list.length} came.`)
  const elements = list
    .map((element, index) => readOne(attribute, element, { leniency, where: `${where}[${index}]` }))
    .filter(element => element !== undefined)
  return elements.length > 0 ? elements : undefined
}

function readOne(attribute: Attribute, value: unknown, reading: Reading): Json | undefined {
  const repaired = repairValue(attribute, value, reading.leniency)
  if (repaired === undefined || repaired === null) return undefined
  if (attribute.type !== 'complex') return readScalar(attribute, repaired, reading.where)
  if (!isObject(repaired))
    throw invalidValue(`${reading.where} must be an object, but ${kindOf(repaired)} came.`)
  return readAttributes(attribute.subAttributes ?? [], Object.entries(repaired), reading)
}

function refuseUnknown(key: string, { leniency, where }: Reading): void {
  if (leniency.allows('unknown_attribute')) return
  throw invalidSyntax(`${where || 'The resource'} has no attribute ${quote(key)}.`)
}
