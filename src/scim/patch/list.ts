// One PATCH operation on a multi-valued attribute: which elements it is about, and what becomes of the list.

import { invalidValue, noTarget } from '../errors.ts'
import { matchesElement } from '../filter/match.ts'
import type { Leniency } from '../quirks.ts'
import { isObject, type Json } from '../resource.ts'
import { settleElements } from '../validate/finish.ts'
import { maxElements } from '../validate/value.ts'
import { append, isPrimary, withdraw, withoutPrimary } from './elements.ts'
import { merged } from './merge.ts'
import type { AttributeOperation, Change } from './operation.ts'
import { seedOf } from './seed.ts'

/** The list after `operation`: like every list without doubles and with at most one primary. */
export function changeList(
  operation: AttributeOperation,
  before: readonly Json[],
  leniency: Leniency,
): Json[] {
  const after = changeElements(operation, before, leniency)
  const limit = maxElements(operation.place.attribute)
  if (after.length > limit && after.length > before.length)
    throw invalidValue(`${operation.path} may have ${limit} values; this operation makes ${after.length}.`)
  return settleElements(operation.place.attribute, [...after], leniency)
}

function changeElements(operation: AttributeOperation, before: readonly Json[], leniency: Leniency) {
  const { change, place } = operation
  if (change.kind === 'append') return append(place.attribute, before, change.elements)
  if (change.kind === 'withdraw') return withdraw(place.attribute, before, change.elements)
  const { filter } = place
  if (!filter && change.kind === 'set') return Array.isArray(change.value) ? change.value : [change.value]
  const chosen = before.map(element => !filter || matchesElement(filter, element))
  if (!chosen.includes(true)) return withoutMatch(operation, before, leniency)
  const others = isPrimary(wantedOf(change)) ? withoutPrimary(before) : before
  return others.flatMap((element, at) => (chosen[at] ? changeOne(operation, element) : [element]))
}

/** None or one: an element of which nothing is left is gone. */
function changeOne({ place, change }: AttributeOperation, element: Json): Json[] {
  if (change.kind === 'set') return [change.value]
  if (change.kind !== 'merge') return []
  const next = merged(place.attribute, isObject(element) ? element : {}, change)
  return Object.keys(next).length > 0 ? [next] : []
}

/** R71, R72: the path chose no element. What is to be set makes one, if the path says enough about it. */
function withoutMatch(operation: AttributeOperation, before: readonly Json[], leniency: Leniency) {
  const { change, path, place } = operation
  const { attribute, filter } = place
  const value = wantedOf(change)
  const clears = isObject(value) && Object.keys(value).length === 0
  if (!filter) return clears ? before : append(attribute, before, [value])
  const seed = clears ? undefined : seedOf(filter)
  if (seed && leniency.allows('missing_element_created'))
    return append(attribute, before, [isObject(value) ? { ...seed, ...value } : value])
  if (clears && leniency.allows('missing_element_removed')) return before
  throw noTarget(`No value of ${attribute.name} is chosen by the path ${path}.`)
}

/** What each chosen element is to say; an empty object when it is only to lose something. */
function wantedOf(change: Change): Json {
  if (change.kind === 'set') return change.value
  return change.kind === 'merge' ? change.set : {}
}
