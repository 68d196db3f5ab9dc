// What the messages that carry operations have in common (RFC 7644 §3.5.2, §3.7): an object, its schema, its Operations.
import { invalidSyntax } from './errors.ts'
import type { Leniency, Quirk } from './quirks.ts'
import { byLowerName, came, isObject, type JsonObject, kindOf } from './resource.ts'

interface Message {
  readonly body: JsonObject
  /** By lower-case name. */
  readonly members: ReadonlyMap<string, unknown>
  readonly operations: readonly unknown[]
}

/** `what` names the message in refusals; without its schema it is read only where `quirk` is accommodated. */
export function readOperations(
  body: unknown,
  { what, schema, quirk }: { what: string; schema: string; quirk: Quirk },
  leniency: Leniency,
): Message {
  if (!isObject(body)) throw invalidSyntax(`A ${what} must be a JSON object, but ${kindOf(body)} came.`)
  const members = byLowerName(body)
  const schemas = members.get('schemas')
  const isNamed = Array.isArray(schemas) && schemas.includes(schema)
  if (!isNamed && !leniency.allows(quirk))
    throw invalidSyntax(`schemas must contain ${schema}, but it does not.`)
  const operations = members.get('operations')
  if (!Array.isArray(operations))
    throw invalidSyntax(`Operations must be an array, but ${came(operations)} came.`)
  return { body, members, operations }
}
