// The outside of a PATCH body (RFC 7644 §3.5.2): the list of operations, and of each its op, path and value.

import { invalidPath, invalidSyntax, tooLarge } from '../errors.ts'
import { readOperations } from '../message.ts'
import type { Leniency } from '../quirks.ts'
import { byLowerName, came, isObject, kindOf } from '../resource.ts'
import type { Op } from './operation.ts'

const patchSchema = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
const maxOperations = 1_000

interface Fields {
  readonly op: Op
  readonly path: string | undefined
  /** Undefined when there is none; null is a value. */
  readonly value: unknown
}

/** The operations as they came; at most 1,000, more are a 413. */
export function listOperations(body: unknown, leniency: Leniency): readonly unknown[] {
  const message = { what: 'PATCH', schema: patchSchema, quirk: 'missing_patch_schema' } as const
  const { body: sent, operations } = readOperations(body, message, leniency)
  if (!Object.hasOwn(sent, 'Operations') && !leniency.allows('operations_key'))
    throw invalidSyntax('The list of operations must be called "Operations", but it came in another case.')
  if (operations.length === 0 && !leniency.allows('empty_operations'))
    throw invalidSyntax('Operations must hold at least one operation, but it is empty.')
  if (operations.length > maxOperations)
    throw tooLarge(`A PATCH may have ${maxOperations} operations, but ${operations.length} came.`)
  return operations
}

export function readFields(operation: unknown, leniency: Leniency): Fields {
  if (!isObject(operation))
    throw invalidSyntax(`An operation must be a JSON object, but ${kindOf(operation)} came.`)
  const members = byLowerName(operation)
  const value = members.get('value')
  const path = members.get('path') ?? undefined
  if (path !== undefined && typeof path !== 'string')
    throw invalidPath(`path must be a string, but ${kindOf(path)} came.`)
  return { op: readOp(members.get('op') ?? undefined, value, leniency), path, value }
}

/** R66: in any case; an operation that only has a value is meant to replace. */
function readOp(op: unknown, value: unknown, leniency: Leniency): Op {
  if (op === undefined && value !== undefined && leniency.allows('missing_op')) return 'replace'
  const lower = typeof op === 'string' ? op.toLowerCase() : undefined
  if (lower !== 'add' && lower !== 'remove' && lower !== 'replace')
    throw invalidSyntax(`op must be "add", "remove" or "replace", but ${came(op)} came.`)
  if (lower !== op) leniency.note('operation_case')
  return lower
}
