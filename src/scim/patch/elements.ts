// Lists of elements under PATCH: joining without doubles, leaving by value, and only one primary.

import { invalidValue } from '../errors.ts'
import { fold } from '../fold.ts'
import type { Leniency } from '../quirks.ts'
import { isObject, type Json, type JsonObject } from '../resource.ts'
import type { Attribute } from '../schema.ts'
import { merged } from './merge.ts'

/** Same key and same type is the same element (R22); an element without a type is the same as one of any type. */
interface Identity {
  readonly key: string
  readonly type: string
}

const untyped = ''

/** R69: what is there already is not added again; what such an element says beyond that is taken over. */
export function append(attribute: Attribute, before: readonly Json[], given: readonly Json[]): Json[] {
  const after = [...before]
  const places = new Map<string, Map<string, number>>()
  const remember = ({ key, type }: Identity, at: number) =>
    places.set(key, (places.get(key) ?? new Map<string, number>()).set(type, at))
  const placeOf = ({ key, type }: Identity) => {
    const typed = places.get(key)
    return type === untyped ? typed?.values().next().value : (typed?.get(type) ?? typed?.get(untyped))
  }
  for (const [at, element] of before.entries()) remember(identityOf(element), at)
  for (const element of given) {
    const at = placeOf(identityOf(element)) ?? after.length
    const known = after[at]
    const next = known === undefined ? element : joined(attribute, known, element)
    after[at] = next
    remember(identityOf(next), at)
  }
  return after
}

/** R78: an element leaves when one of `given` has its value, or, where that has no value, agrees in all it says. */
export function withdraw(before: readonly Json[], given: readonly Json[]): Json[] {
  const named = new Map<string, Set<string>>()
  for (const { key, type } of given.filter(hasValue).map(identityOf))
    named.set(key, (named.get(key) ?? new Set()).add(type))
  const described = given.filter(element => !hasValue(element)).filter(isObject)
  return before.filter(element => {
    const { key, type } = identityOf(element)
    const types = named.get(key)
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
    const sub = attribute.subAttributes?.find(each => each.name === name)
    const fixed = name === 'value' || (sub?.mutability === 'immutable' && name in known)
    return !fixed
  })
  return merged(attribute, known, { set: Object.fromEntries(news), clear: [] })
}

function identityOf(element: Json): Identity {
  if (!isObject(element)) return { key: `=${String(element)}`, type: untyped }
  const { value, type } = element
  if (value === undefined) return { key: `{${JSON.stringify(Object.entries(element).sort())}`, type: untyped }
  return { key: `=${fold(String(value))}`, type: typeof type === 'string' ? fold(type) : untyped }
}

const hasValue = (element: Json): boolean => !isObject(element) || element.value !== undefined

const isPrimary = (element: Json): element is JsonObject => isObject(element) && element.primary === true

const isPart = (part: JsonObject, whole: Json): boolean =>
  isObject(whole) && Object.entries(part).every(([name, value]) => whole[name] === value)
