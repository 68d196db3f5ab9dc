// What not even an unmasked log may hold: passwords, wherever a SCIM body carries them.

import { isObject, type JsonObject } from '../resource.ts'
import { hidden, isPassword, namesOf } from './personal.ts'

/** No SCIM body is nested so deep; what is deeper is hidden whole. */
const maxDepth = 32

export function withoutPasswords(body: unknown, depth = 0): unknown {
  if (depth > maxDepth) return hidden
  if (Array.isArray(body)) return body.map(each => withoutPasswords(each, depth + 1))
  if (isObject(body)) return withoutPassword(body, depth)
  // A PATCH value may come as the JSON text of an object.
  return typeof body === 'string' && /^\s*[[{].*password/is.test(body) ? hidden : body
}

function withoutPassword(object: JsonObject, depth: number): object {
  const path = Object.entries(object).find(([key]) => key.toLowerCase() === 'path')?.[1]
  const isTarget = typeof path === 'string' && isPassword(namesOf(path))
  const kept = Object.entries(object).filter(
    ([key]) => !isPassword(namesOf(key)) && !(isTarget && key.toLowerCase() === 'value'),
  )
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutPasswords(value, depth + 1)]))
}
