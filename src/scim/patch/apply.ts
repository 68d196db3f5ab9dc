// Applies the operations of a PATCH to a resource, in order, each seeing what the ones before it did (RFC 7644 §3.5.2).

import { isDeepStrictEqual } from 'node:util'
import type { Leniency } from '../quirks.ts'
import { isObject, type Json, type JsonObject, type Resource } from '../resource.ts'
import type { ResourceType } from '../schema.ts'
import { finish } from '../validate/finish.ts'
import { changeList } from './list.ts'
import { merged, refuseRewrite } from './merge.ts'
import type { AttributeOperation, PatchOperation } from './operation.ts'

/** A new resource, or `resource` itself when nothing changed (R67). It is never written to; any error leaves it whole. */
export function applyPatch(
  type: ResourceType,
  resource: Resource,
  operations: readonly PatchOperation[],
  leniency: Leniency,
): Resource {
  let patched: JsonObject = resource
  for (const operation of operations) patched = applyOne(patched, operation, leniency)
  const finished = finish(type, patched, leniency)
  return isDeepStrictEqual(finished, resource) ? resource : finished
}

function applyOne(resource: JsonObject, operation: PatchOperation, leniency: Leniency): JsonObject {
  if (operation.op === 'drop') return withMember(resource, operation.extension, undefined)
  const { extension, attribute } = operation.place
  const home = extension === undefined ? resource : objectOf(resource[extension])
  const before = home[attribute.name]
  const after = changeValue(operation, before, leniency)
  refuseRewrite(attribute, before, after)
  const changed = withMember(home, attribute.name, after)
  return extension === undefined ? changed : withMember(resource, extension, changed)
}

function changeValue(operation: AttributeOperation, before: Json | undefined, leniency: Leniency) {
  const { place, change } = operation
  if (place.attribute.multiValued) return changeList(operation, Array.isArray(before) ? before : [], leniency)
  if (change.kind === 'set') return change.value
  return change.kind === 'merge' ? merged(place.attribute, objectOf(before), change) : undefined
}

const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {})

/** A copy of `object` with this member; one without a value is left out (RFC 7643 §2.5). */
function withMember(object: JsonObject, name: string, value: Json | undefined): JsonObject {
  const { [name]: _, ...rest } = object
  return value === undefined || isEmpty(value) ? rest : { ...object, [name]: value }
}

const isEmpty = (value: Json): boolean =>
  Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0
