// PATCH (RFC 7644 §3.5.2) in its two steps: read against the schema before any look-up, then applied to a copy.

import { isDeepStrictEqual } from 'node:util'
import { ScimError } from './errors.ts'
import { listOperations } from './patch/envelope.ts'
import { changeList } from './patch/list.ts'
import { merged, refuseRewrite } from './patch/merge.ts'
import type { AttributeOperation, PatchOperation } from './patch/operation.ts'
import { readOperation } from './patch/read.ts'
import type { Leniency } from './quirks.ts'
import { isObject, type Json, type JsonObject, type Resource } from './resource.ts'
import type { ResourceType } from './schema.ts'
import { finish } from './validate/finish.ts'

/** Every operation, in order, as changes to make. Throws the ScimError of the first bad one and says which it is. */
export function readPatch(type: ResourceType, body: unknown, leniency: Leniency): PatchOperation[] {
  return listOperations(body, leniency).flatMap((operation, at) => {
    try {
      return readOperation(type, operation, leniency)
    } catch (error) {
      if (!(error instanceof ScimError)) throw error
      throw new ScimError(error.status, `Operation ${at + 1}: ${error.message}`, error.scimType)
    }
  })
}

/**
 * Each operation in order, seeing what the ones before it did. Gives a new resource, or `resource` itself when nothing
 * changed (R67); `resource` is never written to, so that an error leaves it whole.
 */
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
