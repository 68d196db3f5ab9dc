// Lists of elements under PATCH: joining without doubles, leaving by value, and only one primary.

import { invalidValue } from '../errors.ts'
import { fold } from '../fold.ts'
import type { Leniency } from '../quirks.ts'
import { isObject, type Json, type JsonObject } from '../resource.ts'
import { type Attribute, findSubAttribute } from '../schema.ts'
import { merged } from './merge.ts'

/** Same value and same type is the same element (R22); one without a type is the same as one of any type. */
interface Identity {
  readonly value: string
  readonly type: string
}

const untyped = ''

/** R69: what is there already is not added again; what such an element says beyond that is taken over. */
export function append(attribute: Attribute, before: readonly Json[], given: readonly Json[]): Json[] {
  const after = [...before]
  const places = new Map<string, Map<string, number>>()
  const remember = (element: Json, at: number) => {
    const { value, type } = identityOf(attribute, element)
    places.set(value, (places.get(value) ?? new Map<string, number>()).set(type, at))
  }
  const findSame = (element: Json) => {
    const { value, type } = identityOf(attribute, element)
    const byType = places.get(value)
    return type === untyped ? byType?.values().next().value : (byType?.get(type) ?? byType?.get(untyped))
  }
  for (const [at, element] of before.entries()) remember(element, at)
  for (const element of given) {
    const at = findSame(element) ?? after.length
    const known = after[at]
    after[at] = known === undefined ? element : joined(attribute, known, element)
    remember(after[at], at)
  }
  return after
}

/** R78: an element leaves when one of `given` has its value, or, where that has no value, agrees in all it says. */
export function withdraw(attribute: Attribute, before: readonly Json[], given: readonly Json[]): Json[] {
  const named = new Map<string, Set<string>>()
  for (const element of given.filter(hasValue)) {
    const { value, type } = identityOf(attribute, element)
    named.set(value, (named.get(value) ?? new Set()).add(type))
  }
  const described = given.filter(element => !hasValue(element)).filter(isObject)
  return before.filter(element => {
    const { value, type } = identityOf(attribute, element)
    const types = named.get(value)
    if (types && (type === untyped || types.has(untyped) || types.has(type))) return false
    return !described.some(each => isPart(each, element))
  })
}

/** R73: the primary that this operation made wins, and every other becomes false. */
export function settlePrimary(before: readonly Json[], after: readonly Json[], leniency: Leniency): Json[] {
  const primaries = after.filter(isPrimary)
  if (primaries.length < 2) return [...after]
  const old = new Set(before)
  const made = primaries.filter(element => !old.has(element))
  if (made.length > 1 && !leniency.allows('two_primaries'))
    throw invalidValue(`Only one value may be primary; this operation makes ${made.length} so.`)
  const winner = made.at(-1) ?? primaries.at(-1)
  return after.map(element =>
    isPrimary(element) && element !== winner ? { ...element, primary: false } : element,
  )
}

function joined(attribute: Attribute, known: Json, given: Json): Json {
  if (!isObject(known) || !isObject(given)) return known
  const news = Object.entries(given).filter(([name]) => {
    const isImmutable = findSubAttribute(attribute, name)?.mutability === 'immutable'
    return name !== 'value' && !(isImmutable && Object.hasOwn(known, name))
  })
  return merged(attribute, known, { set: Object.fromEntries(news), clear: [] })
}

function identityOf(attribute: Attribute, element: Json): Identity {
  if (!isObject(element)) return { value: comparable(attribute, element), type: untyped }
  const { value, type } = element
  // Addresses have no value: two are the same when they say the same.
  if (value === undefined) return { value: JSON.stringify(Object.entries(element).sort()), type: untyped }
  return {
    value: comparable(findSubAttribute(attribute, 'value'), value),
    type: type === undefined ? untyped : comparable(findSubAttribute(attribute, 'type'), type),
  }
}

function comparable(attribute: Attribute | undefined, value: Json): string {
  return attribute?.caseExact ? String(value) : fold(String(value))
}

const hasValue = (element: Json): boolean => !isObject(element) || element.value !== undefined

const isPrimary = (element: Json): element is JsonObject => isObject(element) && element.primary === true

const isPart = (part: JsonObject, whole: Json): boolean =>
  isObject(whole) && Object.entries(part).every(([name, value]) => whole[name] === value)
