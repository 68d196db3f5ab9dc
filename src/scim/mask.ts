// Takes personal values out of a SCIM request before it is logged, and leaves enough to recognise them by.

import { type Attribute, attributeAt, type Key, keyOf } from './mask/key.ts'
import {
  hidden,
  isLabel,
  isNameOfMember,
  isSecret,
  maskValue,
  noSecrets,
  type Secrets,
} from './mask/personal.ts'
import { maskFilter, maskText } from './mask/text.ts'
import { isObject, type Json, type JsonObject } from './resource.ts'

/** No SCIM body is nested so deep; what is deeper is hidden whole. */
const maxDepth = 32

/** Documents about attributes, in which `name` is the name of a thing. */
const discoverySchemas: ReadonlySet<Json> = new Set(
  ['Schema', 'ResourceType', 'ServiceProviderConfig'].map(
    name => `urn:ietf:params:scim:schemas:core:2.0:${name}`,
  ),
)

interface Place {
  /** The attribute that the value stands in, and the one around it, lower-cased. */
  readonly name: string | undefined
  readonly outer: string | undefined
  /** By either of these, or by one further out. */
  readonly isPersonal: boolean
  readonly isDiscovery: boolean
  readonly secrets: Secrets
}

/**
 * A request or response body of any shape, a PATCH included. Passwords and what is as secret are left out altogether;
 * objects in which there is nothing to mask are the body's own.
 */
export const maskBody = (body: unknown, secrets = noSecrets): Json =>
  maskJson(body, { name: undefined, outer: undefined, isPersonal: false, isDiscovery: false, secrets }, 0)

/** A query string, with or without its `?`, decoded so that it can be read and searched. */
export const maskQuery = (search: string): string =>
  search &&
  rewriteQuery(search, (name, value) =>
    name.toLowerCase() === 'filter' ? maskFilter(value) : maskText(value),
  )

/** The same with each of its values rewritten; what comes of it can be rewritten again. */
export function rewriteQuery(search: string, rewrite: (name: string, value: string) => string): string {
  let pairs = ''
  new URLSearchParams(search).forEach((value, name) => {
    pairs += `${pairs && '&'}${readable(maskText(name))}=${readable(rewrite(name, value))}`
  })
  return search.startsWith('?') ? `?${pairs}` : pairs
}

/** What to look for in masked rows when somebody searches for `term`. */
export function maskTerm(term: string): string {
  const isPhrase = term.includes('@') && /\s/.test(term)
  return isPhrase ? maskText(term) : maskValue(term)
}

/** Only what would be taken for the query's own punctuation stays encoded. */
const readable = (text: string): string =>
  punctuation.test(text) ? text.replace(everyPunctuation, encodeURIComponent) : text

const punctuation = /[&#%+=\p{Cc}]/u
const everyPunctuation = new RegExp(punctuation, 'gu')

function maskJson(value: unknown, place: Place, depth: number): Json {
  if (value === null || value === undefined || typeof value === 'boolean') return value ?? null
  if (depth > maxDepth) return hidden
  if (typeof value === 'string') return maskString(value, place, depth)
  if (Array.isArray(value)) return value.map(each => maskJson(each, place, depth + 1))
  if (isObject(value)) return maskObject(value, place, depth)
  if (typeof value === 'number') return isPersonalAt(place) ? maskValue(String(value)) : value
  return maskString(String(value), place, depth)
}

function maskString(text: string, place: Place, depth: number): string {
  if (isPersonalAt(place)) return isLabel(place.name, text) ? text : maskValue(text)
  const embedded = parseContainer(text)
  return embedded ? JSON.stringify(maskJson(embedded, place, depth + 1)) : maskText(text)
}

const isPersonalAt = ({ isPersonal, outer, name }: Place): boolean =>
  isPersonal || isNameOfMember(outer, name)

/** Copied only when something in it is masked: most objects are logged as they came. */
function maskObject(object: JsonObject, around: Place, depth: number): JsonObject {
  const place = describesAttributes(object) ? { ...around, isDiscovery: true } : around
  const names = Object.keys(object)
  const beside = { object, target: targetIn(object, names) }
  let masked = object
  let isRenamed = false
  for (const name of names) {
    const key = keyOf(name)
    const value = object[name]
    const inner = enter(key, place, beside)
    const shown =
      inner &&
      (key.isFilter && typeof value === 'string' ? maskFilter(value) : maskJson(value, inner, depth + 1))
    if (key.shown !== name) isRenamed = true
    if (shown === value) continue
    if (masked === object) masked = { ...object }
    if (shown === undefined) delete masked[name]
    else masked[name] = shown
  }
  return isRenamed ? withShownKeys(masked) : masked
}

/** What a key stands in, and what the path in there says of `value`. */
interface Beside {
  readonly object: JsonObject
  readonly target: Attribute | undefined
}

/** Where the value under a key stands; undefined when it is a secret. */
function enter(key: Key, place: Place, { object, target }: Beside): Place | undefined {
  if (place.isDiscovery && key.isName && typeof object.name === 'string') return place
  const isTargeted = target !== undefined && key.isValue
  const { names, name, outer, isPersonal } = isTargeted ? target : key.attribute
  const { isDiscovery, secrets } = place
  if (isSecret(names, secrets)) return undefined
  const isApart = isTargeted || isGroupAmongMembers(object, place)
  return {
    name,
    outer: outer ?? (isApart ? undefined : place.name),
    isPersonal: isPersonal || (!isApart && place.isPersonal),
    isDiscovery,
    secrets,
  }
}

/** What the path of a PATCH operation says that its value is. */
function targetIn(object: JsonObject, names: readonly string[]): Attribute | undefined {
  for (const name of names) {
    const path = isPath(name) && object[name]
    if (typeof path === 'string') return attributeAt(path)
  }
  return undefined
}

const isPath = (name: string): boolean => name.length === 4 && name.toLowerCase() === 'path'

/** A member that is a group has a name which is no person's. */
const isGroupAmongMembers = ({ type }: JsonObject, place: Place): boolean =>
  place.name === 'members' && typeof type === 'string' && type.toLowerCase() === 'group'

const withShownKeys = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [keyOf(name).shown, value]))

function describesAttributes({ schemas }: JsonObject): boolean {
  return Array.isArray(schemas) && schemas.some(urn => discoverySchemas.has(urn))
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
