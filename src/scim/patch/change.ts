// Reads the value of one PATCH operation for its place: typed, canonical, and with nulls told apart from what is not mentioned.

import { invalidValue } from '../errors.ts'
import type { Leniency } from '../quirks.ts'
import { repairValue } from '../quirks.ts'
import { isObject, type Json, type JsonObject } from '../resource.ts'
import type { Attribute } from '../schema.ts'
import { findSubAttribute } from '../schema.ts'
import { settleElements } from '../validate/finish.ts'
import { readValue } from '../validate/value.ts'
import type { Change, Op } from './operation.ts'
import type { NamedPlace } from './place.ts'

const clear: Change = { kind: 'clear' }

/** What an operation says, before its value is read. */
export interface Written {
  readonly op: Op
  readonly place: NamedPlace
  readonly value: unknown
}

/** Undefined when there is nothing to do, as for an `add` of no elements. */
export function readChange(written: Written, leniency: Leniency): Change | undefined {
  const { op, place, value } = written
  const { attribute, filter, sub } = place
  if (op === 'remove') return readRemoval(place, value, leniency)
  if (sub) return readPart(sub, value, leniency)
  if (attribute.multiValued && !filter) return readElements(written, leniency)
  const isWhole = attribute.type !== 'complex' || (filter !== undefined && op === 'replace')
  return isWhole ? readWhole(attribute, value, leniency) : readMerge(attribute, value, leniency)
}

/** R78: a list in `value` names the elements to remove; a `remove` without one is about all that the path chooses. */
function readRemoval({ attribute, filter, sub }: NamedPlace, value: unknown, leniency: Leniency): Change {
  if (sub) return { kind: 'merge', set: {}, clear: [sub.name] }
  if (!attribute.multiValued || filter || value === undefined || value === null) return clear
  leniency.note('remove_with_value')
  return { kind: 'withdraw', elements: elementsOf(attribute, value, leniency) }
}

/** The whole set for `replace`, more elements for `add`. Null clears for both (R76), an empty list only for `replace`. */
function readElements({ op, place, value }: Written, leniency: Leniency): Change | undefined {
  const { attribute } = place
  if (value === null) return cleared(attribute)
  const elements = elementsOf(attribute, value, leniency)
  if (op === 'replace') return elements.length > 0 ? { kind: 'set', value: elements } : cleared(attribute)
  return elements.length > 0 ? { kind: 'append', elements } : undefined
}

function elementsOf(attribute: Attribute, value: unknown, leniency: Leniency): Json[] {
  const elements = readValue(attribute, value, leniency)
  return Array.isArray(elements) ? settleElements(attribute, elements, leniency) : []
}

function readPart(sub: Attribute, value: unknown, leniency: Leniency): Change {
  const part = readValue(sub, value, leniency)
  if (part !== undefined) return { kind: 'merge', set: { [sub.name]: part }, clear: [] }
  cleared(sub)
  return { kind: 'merge', set: {}, clear: [sub.name] }
}

function readWhole(attribute: Attribute, value: unknown, leniency: Leniency): Change {
  const whole = readOne(attribute, value, leniency)
  return whole === undefined ? cleared(attribute) : { kind: 'set', value: whole }
}

/** R70, R76: what an object mentions is set, or cleared where it is null; the rest stays. */
function readMerge(attribute: Attribute, value: unknown, leniency: Leniency): Change {
  const object = repairValue({ ...attribute, multiValued: false }, value, leniency)
  if (object === undefined) return cleared(attribute)
  const set = readOne(attribute, object, leniency)
  const known: JsonObject = isObject(set) ? set : {}
  const named = isObject(object) ? Object.keys(object).map(key => findSubAttribute(attribute, key)) : []
  const gone = named.filter(sub => sub && sub.mutability !== 'readOnly' && !Object.hasOwn(known, sub.name))
  return { kind: 'merge', set: known, clear: gone.flatMap(sub => (sub ? [sub.name] : [])) }
}

/** One value: of a single-valued attribute, or one element. */
function readOne(attribute: Attribute, value: unknown, leniency: Leniency): Json | undefined {
  return readValue({ ...attribute, multiValued: false }, value, leniency)
}

function cleared(attribute: Attribute): Change {
  if (attribute.required) throw invalidValue(`${attribute.name} is required; its new value is empty.`)
  return clear
}
