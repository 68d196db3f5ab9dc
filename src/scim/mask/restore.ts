// Puts true values back where a log has masked ones: those of resources that are there, where the mask is theirs alone.
import { rewriteQuery } from '../mask.ts'
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

  /** A text in which masks stand: a filter, a path. What fits none stays. `write`: how a value stands in it. */
  inText(text: string, write = inQuotes): string {
    const put = (mask: string) => {
      const value = this.anywhere(mask)
      return value === undefined ? undefined : write(value)
    }
    const parts = text.split('"').map((part, at, all) => {
      if (!part.includes(hidden)) return part
      const isQuoted = at > 0 && at < all.length - 1
      return (isQuoted ? put(part) : undefined) ?? rewriteWords(part, mask => put(mask) ?? mask)
    })
    return parts.join('"')
  }

  of(mask: string, names: readonly string[]): string | undefined {
    return only(this.#byPlace.get(keyOf(names, mask))) ?? this.anywhere(mask)
  }

  /** Two characters could be anybody's. */
  anywhere(mask: string): string | undefined {
    return mask === hidden ? undefined : only(this.#anywhere.get(mask))
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

/** Rewrites the words in which something is masked. Goes through the text once, since it is a stranger's. */
function rewriteWords(text: string, rewrite: (word: string) => string): string {
  let result = ''
  let done = 0
  for (let at = text.indexOf(hidden); at >= 0; at = text.indexOf(hidden, done)) {
    let [start, end] = [at, at + hidden.length]
    while (start > done && isOfWord(text.charAt(start - 1))) start -= 1
    while (end < text.length && isOfWord(text.charAt(end))) end += 1
    result += text.slice(done, start) + rewrite(text.slice(start, end))
    done = end
  }
  return result + text.slice(done)
}

const isOfWord = (character: string): boolean => !/[\s"'()[\],;=&]/.test(character)

const inQuotes = (value: string): string => JSON.stringify(value).slice(1, -1)
const inPath = (value: string): string =>
  encodeURIComponent(value.toWellFormed()).replaceAll(/%(?:40|2B)/g, decodeURIComponent)

/** A path below the base URL, with its query, as the log has them. */
export function restorePath(logged: string, originals: Originals): string {
  const { parts, search } = takeApart(logged)
  const path = parts.map(part => originals.inText(part, inPath)).join('/')
  return path + rewriteQuery(search, (_, value) => originals.inText(value))
}

function takeApart(logged: string): { parts: string[]; search: string } {
  const end = logged.indexOf('?')
  const [path, search] = end < 0 ? [logged, ''] : [logged.slice(0, end), logged.slice(end)]
  return { parts: path.split('/'), search }
}

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

/** Every mask in the texts of a body that could lead to whom it is about. */
export function masksIn(value: Json): string[] {
  const parts = textsIn(value)
    .flatMap(text => text.split('"'))
    .filter(part => part.includes(hidden))
  const masks = parts.flatMap(part => (/\s/.test(part.trim()) ? wordsIn(part) : [part]))
  return [...new Set(masks.filter(mask => mask !== hidden))]
}

function wordsIn(text: string): string[] {
  const words: string[] = []
  rewriteWords(text, word => {
    words.push(word)
    return word
  })
  return words
}

/** The same of a path with its query. */
export function masksInPath(logged: string): string[] {
  const { parts, search } = takeApart(logged)
  return masksIn([...parts, ...new URLSearchParams(search).values()])
}

function textsIn(value: Json): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(textsIn)
  return isObject(value) ? Object.values(value).flatMap(textsIn) : []
}
