// What not even an unmasked log may hold: passwords and what is as secret, wherever a SCIM body carries them.

import { isObject, type JsonObject } from '../resource.ts'
import { hidden, isSecret, namesOf, noSecrets, type Secrets } from './personal.ts'

/** No SCIM body is nested so deep; what is deeper is hidden whole. */
const maxDepth = 32

export function withoutPasswords(body: unknown, secrets = noSecrets, depth = 0): unknown {
  if (depth > maxDepth) return hidden
  if (Array.isArray(body)) return body.map(each => withoutPasswords(each, secrets, depth + 1))
  if (isObject(body)) return withoutPassword(body, secrets, depth)
  return typeof body === 'string' && mayHold(body, secrets) ? hidden : body
}

function withoutPassword(object: JsonObject, secrets: Secrets, depth: number): object {
  const path = Object.entries(object).find(([key]) => key.toLowerCase() === 'path')?.[1]
  const isTarget = typeof path === 'string' && isSecret(namesOf(path), secrets)
  const kept = Object.entries(object).filter(
    ([key]) => !isSecret(namesOf(key), secrets) && !(isTarget && key.toLowerCase() === 'value'),
  )
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutPasswords(value, secrets, depth + 1)]))
}

/** A PATCH value may come as the JSON text of an object. */
function mayHold(text: string, secrets: Secrets): boolean {
  if (!/^\s*[[{]/.test(text)) return false
  const folded = text.toLowerCase()
  return ['password', ...secrets].some(name => folded.includes(name))
}
