// Reads the body of a PATCH (RFC 7644 §3.5.2) into operations, refusing whatever does not depend on the resource.

import { invalidSyntax, invalidValue, mutability, noTarget, ScimError, tooLarge } from '../errors.ts'
import type { Leniency } from '../quirks.ts'
import { repairJsonText } from '../quirks.ts'
import { isObject, kindOf } from '../resource.ts'
import type { ResourceType } from '../schema.ts'
import { findContainer } from '../schema.ts'
import { readChange } from './change.ts'
import type { Op, PatchOperation } from './operation.ts'
import type { NamedPlace } from './place.ts'
import { isReadOnly, readKey, readPath, refuseForbidden } from './place.ts'

const patchSchema = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
const maxOperations = 1_000

interface Reading {
  readonly type: ResourceType
  readonly op: Op
  readonly leniency: Leniency
}

/** Every operation, in order, a path-less value as one operation per key. Throws the ScimError of the first bad one. */
export function readPatch(type: ResourceType, body: unknown, leniency: Leniency): PatchOperation[] {
  return listOf(body, leniency).flatMap((raw, at) => {
    try {
      return readOperation(type, raw, leniency)
    } catch (error) {
      if (!(error instanceof ScimError)) throw error
      throw new ScimError(error.status, `Operation ${at + 1}: ${error.message}`, error.scimType)
    }
  })
}

function listOf(body: unknown, leniency: Leniency): unknown[] {
  if (!isObject(body)) throw invalidSyntax(`The body must be a JSON object; it is ${kindOf(body)}.`)
  const fields = fieldsOf(body)
  const schemas = fields.get('schemas')
  const named = Array.isArray(schemas) && schemas.includes(patchSchema)
  if (!named && !leniency.allows('missing_patch_schema'))
    throw invalidSyntax(`"schemas" must contain ${patchSchema}.`)
  const operations = fields.get('operations')
  if (!Array.isArray(operations))
    throw invalidSyntax(
      `"Operations" must be an array; it is ${operations === undefined ? 'missing' : kindOf(operations)}.`,
    )
  if (!Object.hasOwn(body, 'Operations') && !leniency.allows('operations_key'))
    throw invalidSyntax('The key of the operations must be written "Operations".')
  if (operations.length === 0 && !leniency.allows('empty_operations'))
    throw invalidSyntax('"Operations" must have at least one operation; it is empty.')
  if (operations.length > maxOperations)
    throw tooLarge(
      `At most ${maxOperations} operations are accepted at once; there are ${operations.length}.`,
    )
  return operations
}

function readOperation(type: ResourceType, raw: unknown, leniency: Leniency): PatchOperation[] {
  if (!isObject(raw)) throw invalidSyntax(`An operation must be an object; it is ${kindOf(raw)}.`)
  const fields = fieldsOf(raw)
  const value = fields.get('value')
  const reading = { type, op: readOp(fields.get('op'), value, leniency), leniency }
  const path = fields.get('path')
  if (path === undefined || path === null) return readWithoutPath(reading, value)
  if (typeof path !== 'string') throw invalidSyntax(`"path" must be a text; it is ${kindOf(path)}.`)
  if (reading.op !== 'remove' && value === undefined)
    throw invalidValue(`"${reading.op}" needs a "value", and there is none.`)
  const place = readPath(type, path, leniency)
  if ('container' in place) return readContainer(reading, place.container, value)
  if (place.attribute.name === 'schemas') return readSchemas(reading, value)
  refuseForbidden(reading.op, place, path)
  return readAt(reading, { place, path, value })
}

/** R66: any case; without one, a value is meant to replace. */
function readOp(op: unknown, value: unknown, leniency: Leniency): Op {
  if ((op === undefined || op === null) && value !== undefined && leniency.allows('missing_op'))
    return 'replace'
  const lower = typeof op === 'string' ? op.toLowerCase() : undefined
  if (lower !== 'add' && lower !== 'remove' && lower !== 'replace')
    throw invalidSyntax(`"op" must be add, remove or replace; it is ${JSON.stringify(op) ?? 'missing'}.`)
  if (lower !== op) leniency.note('operation_case')
  return lower
}

function readWithoutPath(reading: Reading, value: unknown): PatchOperation[] {
  if (reading.op === 'remove') throw noTarget('"remove" needs a "path", and there is none.')
  const object = repairJsonText(value, reading.leniency)
  if (!isObject(object))
    throw invalidValue(`Without a "path", "value" must be an object; it is ${kindOf(value)}.`)
  return Object.entries(object).flatMap(([key, each]) => {
    const container = findContainer(reading.type, key)
    return container ? readContainer(reading, container, each) : readMember(reading, key, each)
  })
}

/** The core schema or an extension as a whole: its value is merged key by key, and no value drops an extension. */
function readContainer(reading: Reading, container: string, value: unknown): PatchOperation[] {
  const { type, op, leniency } = reading
  const isCore = container === type.schema.id
  const required = isCore || type.extensions.some(each => each.required && each.schema.id === container)
  if (op === 'remove' || value === null) {
    if (required) throw mutability(`${container} is required and cannot be removed.`)
    return [{ op: 'drop', extension: container }]
  }
  const object = repairJsonText(value, leniency)
  if (!isObject(object))
    throw invalidValue(`The value of ${container} must be an object; it is ${kindOf(value)}.`)
  return Object.entries(object).flatMap(([key, each]) => readMember(reading, key, each, container))
}

/** One key of a path-less value; `container` is the URN the key stood in. R74: what the server sets is left out. */
function readMember(reading: Reading, key: string, value: unknown, container?: string): PatchOperation[] {
  const { type, leniency } = reading
  const place = readKey({ type, container }, key, leniency)
  if (!place || place.attribute.name === 'schemas') return []
  if (!isReadOnly(place)) return readAt(reading, { place, path: key, value })
  if (leniency.allows('read_only_in_value')) return []
  throw mutability(`${key} is set by the server and cannot be changed.`)
}

function readAt(
  reading: Reading,
  given: { place: NamedPlace; path: string; value: unknown },
): PatchOperation[] {
  const { place, path, value } = given
  const change = readChange(reading.op, place, value, reading.leniency)
  if (!change) return []
  const { extension, attribute, filter } = place
  return [{ op: reading.op, place: { extension, attribute, filter }, change, path }]
}

/** `schemas` follows from what the resource holds (R77), so that writing it changes nothing. */
function readSchemas({ op }: Reading, value: unknown): PatchOperation[] {
  if (op === 'remove') throw mutability('schemas is required and cannot be removed.')
  const urns = Array.isArray(value) ? value : [value]
  const wrong = urns.find(urn => typeof urn !== 'string')
  if (wrong !== undefined) throw invalidValue(`schemas must be a list of URNs; in it is ${kindOf(wrong)}.`)
  return []
}

/** Keys in lower case (RFC 7643 §2.1). */
function fieldsOf(object: object): Map<string, unknown> {
  return new Map(Object.entries(object).map(([key, value]) => [key.toLowerCase(), value]))
}
