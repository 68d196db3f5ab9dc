// Takes personal values out of a SCIM request before it is logged, and leaves enough to recognise them by.

import {
  hidden,
  isLabel,
  isPersonal,
  isSecret,
  maskValue,
  namesOf,
  noSecrets,
  type Secrets,
} from './mask/personal.ts'
import { maskFilter, maskText } from './mask/text.ts'
import { isObject, type Json, type JsonObject } from './resource.ts'

/** No SCIM body is nested so deep; what is deeper is hidden whole. */
const maxDepth = 32

/** Documents about attributes, in which `name` is the name of a thing. */
const discoverySchema =
  /^urn:ietf:params:scim:schemas:core:2\.0:(?:Schema|ResourceType|ServiceProviderConfig)$/

/** Where a filter stands in a body: the path of a PATCH, and a search by POST. */
const isFilterKey = (key: string): boolean =>
  (key.length === 4 && key.toLowerCase() === 'path') || (key.length === 6 && key.toLowerCase() === 'filter')

interface Place {
  /** The attributes the value stands in, from the outside in. */
  readonly names: readonly string[]
  readonly isPersonal: boolean
  readonly depth: number
  readonly isDiscovery: boolean
  readonly secrets: Secrets
}

/** A request or response body of any shape, a PATCH included. Passwords and what is as secret are left out altogether. */
export function maskBody(body: unknown, secrets = noSecrets): Json {
  return maskJson(body, { names: [], isPersonal: false, depth: 0, isDiscovery: false, secrets })
}

/** A query string, with or without its `?`, decoded so that it can be read and searched. */
export const maskQuery = (search: string): string =>
  rewriteQuery(search, (name, value) =>
    name.toLowerCase() === 'filter' ? maskFilter(value) : maskText(value),
  )

/** The same with each of its values rewritten; what comes of it can be rewritten again. */
export function rewriteQuery(search: string, rewrite: (name: string, value: string) => string): string {
  const pairs = [...new URLSearchParams(search)].map(
    ([name, value]) => `${readable(maskText(name))}=${readable(rewrite(name, value))}`,
  )
  return (search.startsWith('?') ? '?' : '') + pairs.join('&')
}

/** What to look for in masked rows when somebody searches for `term`. */
export function maskTerm(term: string): string {
  const isPhrase = term.includes('@') && /\s/.test(term)
  return isPhrase ? maskText(term) : maskValue(term)
}

/** Only what would be taken for the query's own punctuation stays encoded. */
const readable = (text: string): string => text.replace(/[&#%+=\p{Cc}]/gu, encodeURIComponent)

function maskJson(value: unknown, place: Place): Json {
  if (value === null || value === undefined || typeof value === 'boolean') return value ?? null
  if (place.depth > maxDepth) return hidden
  if (Array.isArray(value)) return value.map(each => maskJson(each, { ...place, depth: place.depth + 1 }))
  if (isObject(value)) return maskObject(value, place)
  if (typeof value === 'number') return place.isPersonal ? maskValue(String(value)) : value
  return maskString(String(value), place)
}

function maskString(text: string, place: Place): Json {
  if (place.isPersonal) return isLabel(place.names, text) ? text : maskValue(text)
  const embedded = parseContainer(text)
  return embedded ? JSON.stringify(maskJson(embedded, { ...place, depth: place.depth + 1 })) : maskText(text)
}

function maskObject(object: JsonObject, place: Place): Json {
  const isDiscovery = place.isDiscovery || describesAttributes(object)
  const entries = Object.entries(object)
  const target = pathIn(entries)
  const kept: [string, Json][] = []
  for (const [key, value] of entries) {
    const isTargeted = target !== undefined && key.toLowerCase() === 'value'
    const names = isTargeted ? namesOf(target) : namesAt(key, object, { ...place, isDiscovery })
    if (isSecret(names, place.secrets)) continue
    const inner = { ...place, names, isPersonal: isPersonal(names), depth: place.depth + 1, isDiscovery }
    const isFilter = typeof value === 'string' && isFilterKey(key)
    kept.push([maskText(key), isFilter ? maskFilter(value) : maskJson(value, inner)])
  }
  return Object.fromEntries(kept)
}

/** The path of a PATCH operation, which says what its value is. */
function pathIn(entries: readonly [string, Json][]): string | undefined {
  for (const [key, value] of entries)
    if (typeof value === 'string' && key.length === 4 && key.toLowerCase() === 'path') return value
  return undefined
}

function namesAt(key: string, object: JsonObject, { names, isDiscovery }: Place): readonly string[] {
  if (isDiscovery && key === 'name' && typeof object.name === 'string') return names
  // A member that is a group has a name which is no person's.
  const isGroup = typeof object.type === 'string' && object.type.toLowerCase() === 'group'
  return isGroup && names.at(-1) === 'members' ? namesOf(key) : [...names, ...namesOf(key)]
}

function describesAttributes({ schemas }: JsonObject): boolean {
  return Array.isArray(schemas) && schemas.some(urn => typeof urn === 'string' && discoverySchema.test(urn))
}

/** A PATCH value may come as the JSON text of an object. */
function parseContainer(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
