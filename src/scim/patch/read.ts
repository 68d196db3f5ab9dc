// Reads one operation of a PATCH (RFC 7644 §3.5.2) and refuses whatever is wrong with it whatever the resource holds.

import { invalidValue, mutability, noTarget } from '../errors.ts'
import type { Leniency } from '../quirks.ts'
import { repairJsonText } from '../quirks.ts'
import { isObject, kindOf } from '../resource.ts'
import type { ResourceType } from '../schema.ts'
import { findContainer } from '../schema.ts'
import { readChange, type Written } from './change.ts'
import { readFields } from './envelope.ts'
import type { Op, PatchOperation } from './operation.ts'
import { isReadOnly, readKey, readPath, refuseForbidden } from './place.ts'

interface Reading {
  readonly type: ResourceType
  readonly op: Op
  readonly leniency: Leniency
}

/** The changes one operation asks for: one, none, or one per key of a path-less value. */
export function readOperation(type: ResourceType, operation: unknown, leniency: Leniency): PatchOperation[] {
  const { op, path, value } = readFields(operation, leniency)
  const reading = { type, op, leniency }
  if (path === undefined) return readWithoutPath(reading, value)
  const place = readPath(type, path, leniency)
  if (op !== 'remove' && value === undefined) throw invalidValue(`${op} needs a value, but none came.`)
  if ('container' in place) return readContainer(reading, place.container, value)
  if (place.attribute.name === 'schemas') return readSchemas(reading, value)
  refuseForbidden(op, place, path)
  return readPlaced({ op, place, value }, path, leniency)
}

function readWithoutPath(reading: Reading, value: unknown): PatchOperation[] {
  if (reading.op === 'remove') throw noTarget('remove needs a path, but none came.')
  const object = repairJsonText(value, reading.leniency)
  if (!isObject(object))
    throw invalidValue(`Without a path, value must be an object, but ${kindOf(value)} came.`)
  return Object.entries(object).flatMap(([key, each]) => {
    const container = findContainer(reading.type, key)
    if (container !== undefined) return readContainer(reading, container, each)
    return readMember(reading, { key, value: each, container })
  })
}

/** The core schema or an extension as a whole: its value is merged key by key; null takes an extension away. */
function readContainer(reading: Reading, container: string, value: unknown): PatchOperation[] {
  const { type, op, leniency } = reading
  if (op === 'remove' || value === null) {
    const owner = type.extensions.find(each => each.schema.id === container)
    if (!owner || owner.required) throw mutability(`${container} is required and cannot be removed.`)
    return [{ op: 'drop', extension: container }]
  }
  const object = repairJsonText(value, leniency)
  if (!isObject(object)) throw invalidValue(`${container} must be an object, but ${kindOf(value)} came.`)
  return Object.entries(object).flatMap(([key, each]) => readMember(reading, { key, value: each, container }))
}

/** One key of a path-less value. R74: what the server sets is left out there. */
function readMember(
  reading: Reading,
  { key, value, container }: { key: string; value: unknown; container: string | undefined },
): PatchOperation[] {
  const { type, op, leniency } = reading
  const place = readKey({ type, container }, key, leniency)
  if (!place || place.attribute.name === 'schemas') return []
  if (!isReadOnly(place)) return readPlaced({ op, place, value }, key, leniency)
  if (leniency.allows('read_only_in_value')) return []
  throw mutability(`${key} is set by the server and cannot be changed.`)
}

function readPlaced(written: Written, path: string, leniency: Leniency): PatchOperation[] {
  const change = readChange(written, leniency)
  const { extension, attribute, filter } = written.place
  return change ? [{ op: written.op, place: { extension, attribute, filter }, change, path }] : []
}

/** `schemas` follows from what the resource holds (R77), so that writing it changes nothing. */
function readSchemas({ op }: Reading, value: unknown): PatchOperation[] {
  if (op === 'remove') throw mutability('schemas is required and cannot be removed.')
  const urns = Array.isArray(value) ? value : [value]
  const wrong = urns.find(urn => typeof urn !== 'string')
  if (wrong !== undefined) throw invalidValue(`schemas must hold URNs, but ${kindOf(wrong)} came.`)
  return []
}
