// Merging into a complex value: what is mentioned changes, the rest stays (RFC 7644 §3.5.2.3).

import { isDeepStrictEqual } from 'node:util'
import { mutability } from '../errors.ts'
import type { Json, JsonObject } from '../resource.ts'
import type { Attribute } from '../schema.ts'

export interface Merge {
  readonly set: JsonObject
  readonly clear: readonly string[]
}

/** A new object, or `before` itself when nothing changes. */
export function merged(attribute: Attribute, before: JsonObject, { set, clear }: Merge): JsonObject {
  const after = { ...before }
  for (const name of clear) delete after[name]
  Object.assign(after, set)
  if (pointsElsewhere(before, after)) delete after.$ref
  for (const sub of attribute.subAttributes ?? []) refuseRewrite(sub, before[sub.name], after[sub.name])
  return isDeepStrictEqual(before, after) ? before : after
}

/** R74: an immutable attribute takes a value once. */
export function refuseRewrite(attribute: Attribute, before: Json | undefined, after: Json | undefined): void {
  if (attribute.mutability !== 'immutable' || before === undefined) return
  if (!isDeepStrictEqual(before, after))
    throw mutability(`${attribute.name} cannot be changed once it has a value.`)
}

/** A new `value` without a new `$ref`: the old reference would speak of somebody else (a manager who was replaced). */
function pointsElsewhere(before: JsonObject, after: JsonObject): boolean {
  return before.value !== after.value && before.$ref !== undefined && before.$ref === after.$ref
}
