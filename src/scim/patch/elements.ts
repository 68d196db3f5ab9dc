// Lists of elements under PATCH: how elements join without doubles, and leave by what they say.

import { isObject, type Json, type JsonObject } from '../resource.ts'
import { type Attribute, findSubAttribute } from '../schema.ts'
import { fold } from '../text/fold.ts'
import { merged } from './merge.ts'

/** Same value and same type is the same element (R22); one without a type is the same as one of any type. */
interface Identity {
  readonly value: string
  readonly type: string
}

const untyped = ''

/** Type → place in the list, of the elements that have one value. */
type Places = Map<string, number>

/** R69: what is there already is not added again; what such an element says beyond that is taken over. */
export function append(attribute: Attribute, before: readonly Json[], given: readonly Json[]): Json[] {
  const after = given.some(isPrimary) ? withoutPrimary(before) : [...before]
  const byValue = new Map<string, Places>()
  const remember = (element: Json, at: number) => {
    const { value, type } = identityOf(attribute, element)
    byValue.set(value, (byValue.get(value) ?? new Map<string, number>()).set(type, at))
  }
  for (const [at, element] of after.entries()) remember(element, at)
  for (const element of given) {
    const { value, type } = identityOf(attribute, element)
    const places = byValue.get(value)
    const at = (places && placeOfSame(places, type)) ?? after.length
    const known = after[at]
    const next = known === undefined ? element : joined(attribute, known, element)
    // An untyped one that takes a type over is no longer the same as one of another type.
    if (at === places?.get(untyped)) places.delete(untyped)
    remember(next, at)
    after[at] = next
  }
  return after
}

function placeOfSame(places: Places, type: string): number | undefined {
  if (type !== untyped) return places.get(type) ?? places.get(untyped)
  return places.size > 0 ? Math.min(...places.values()) : undefined
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

/** R73: makes room for an operation that sets primary itself. */
export function withoutPrimary(elements: readonly Json[]): Json[] {
  return elements.map(element => (isPrimary(element) ? { ...element, primary: false } : element))
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

export const isPrimary = (element: Json): element is JsonObject =>
  isObject(element) && element.primary === true

const isPart = (part: JsonObject, whole: Json): boolean =>
  isObject(whole) && Object.entries(part).every(([name, value]) => whole[name] === value)
