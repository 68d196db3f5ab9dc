// Puts true values back where a log has masked ones: those of resources that are there, where the mask is theirs alone.
import { isObject, type Json, type JsonObject } from '../resource.ts'
import { hidden, maskValue, namesOf } from './personal.ts'

export interface Restored {
  readonly value: Json
  /** Where a value stays masked: `emails[0].value`. */
  readonly masked: readonly string[]
}

/** The true values of some resources, by their masks. */
export class Originals {
  readonly #byPlace = new Map<string, Set<string>>()
  readonly #anywhere = new Map<string, Set<string>>()

  constructor(resources: readonly Json[]) {
    for (const resource of resources) this.#take(resource, [])
  }

  /** A text in which masks stand: a filter, a path. What fits none stays. */
  inText(text: string): string {
    return text.replace(token, mask => {
      const value = mask === hidden ? undefined : only(this.#anywhere.get(mask))
      return value === undefined ? mask : JSON.stringify(value).slice(1, -1)
    })
  }

  of(mask: string, names: readonly string[]): string | undefined {
    const inPlace = only(this.#byPlace.get(keyOf(names, mask)))
    // Two characters could be anybody's.
    return inPlace ?? (mask === hidden ? undefined : only(this.#anywhere.get(mask)))
  }

  #take(value: Json, names: readonly string[]): void {
    if (Array.isArray(value)) for (const each of value) this.#take(each, names)
    else if (isObject(value))
      for (const [key, inner] of Object.entries(value)) this.#take(inner, [...names, ...namesOf(key)])
    else if (typeof value === 'string') {
      const mask = maskValue(value)
      add(this.#byPlace, keyOf(names, mask), value)
      add(this.#anywhere, mask, value)
    }
  }
}

/** `value` and the like say little without what they belong to. */
const keyOf = (names: readonly string[], mask: string): string =>
  `${(names.at(-1) === 'value' ? names.slice(-2) : names.slice(-1)).join('.')} ${mask}`

function add(sets: Map<string, Set<string>>, key: string, value: string): void {
  sets.set(key, (sets.get(key) ?? new Set()).add(value))
}

const only = (values: ReadonlySet<string> = new Set()): string | undefined =>
  values.size === 1 ? [...values][0] : undefined

const token = /[^\s"'()[\],;=&]*\*\*\*[^\s"'()[\],;=&]*/g

/** A body as it was before it was masked, as far as that is known. */
export function restoreBody(body: Json, originals: Originals): Restored {
  const masked: string[] = []
  return { value: restore(body, { originals, masked, names: [], path: '' }), masked }
}

interface Place {
  readonly originals: Originals
  readonly masked: string[]
  readonly names: readonly string[]
  readonly path: string
}

function restore(value: Json, place: Place): Json {
  if (typeof value === 'string') return value.includes(hidden) ? restoreString(value, place) : value
  if (Array.isArray(value))
    return value.map((each, at) => restore(each, { ...place, path: `${place.path}[${at}]` }))
  return isObject(value) ? restoreObject(value, place) : value
}

function restoreObject(object: JsonObject, place: Place): Json {
  const target = Object.entries(object).find(([key]) => key.toLowerCase() === 'path')?.[1]
  const entries = Object.entries(object).map(([key, value]): [string, Json] => {
    const isTargeted = typeof target === 'string' && key.toLowerCase() === 'value'
    const names = isTargeted ? namesOf(target) : [...place.names, ...namesOf(key)]
    return [key, restore(value, { ...place, names, path: place.path === '' ? key : `${place.path}.${key}` })]
  })
  return Object.fromEntries(entries)
}

function restoreString(text: string, place: Place): Json {
  const { originals, masked, names, path } = place
  const whole = originals.of(text, names)
  if (whole !== undefined) return whole
  const inner = parseContainer(text)
  if (inner !== undefined) return JSON.stringify(restore(inner, place))
  const better = originals.inText(text)
  // Nobody reads under which name a member is sent.
  if (better.includes(hidden) && !(names.at(-1) === 'display' && names.includes('members'))) masked.push(path)
  return better
}

/** A PATCH value may come as the JSON text of an object. */
function parseContainer(text: string): Json | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

/** Every mask in a body or a text that could lead to whom it is about. */
export const masksIn = (text: string): string[] => [
  ...new Set((text.match(token) ?? []).filter(mask => mask !== hidden)),
]
