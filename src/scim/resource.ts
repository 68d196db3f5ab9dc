// A SCIM resource as a value: canonical names, no nulls, no empty arrays (RFC 7643 §2.5, §3).

import type { Attribute } from './schema.ts'

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

/** Keys come from the schema, never from a client; extensions stand under their URN. */
export type Resource = { schemas: string[] } & JsonObject

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The values that `find` has, in the order of the schema; undefined when there is none. */
export function inOrder(
  attributes: readonly Attribute[],
  find: (attribute: Attribute) => Json | undefined,
): JsonObject | undefined {
  const result: JsonObject = {}
  let empty = true
  for (const attribute of attributes) {
    const value = find(attribute)
    if (value === undefined) continue
    result[attribute.name] = value
    empty = false
  }
  return empty ? undefined : result
}

/** How an error message calls a value that came. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** Text that a client wrote, short enough for an error message. */
export const quote = (text: string): string =>
  JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)

/** How an error message tells of a member of a message, which may be missing. */
export function came(value: unknown): string {
  if (value === undefined) return 'nothing'
  return typeof value === 'string' ? quote(value) : kindOf(value)
}

/** The members of an object by their names in lower case (RFC 7643 §2.1). */
export const byLowerName = (object: object): Map<string, unknown> =>
  new Map(Object.entries(object).map(([name, value]) => [name.toLowerCase(), value]))
