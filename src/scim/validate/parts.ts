// Takes the body of a POST or PUT apart: what is about the core schema, and what about each extension.

import { invalidSyntax, invalidValue } from '../errors.ts'
import type { Leniency } from '../quirks.ts'
import { isObject, type JsonObject, kindOf } from '../resource.ts'
import { findAttribute, findContainer, type ResourceType } from '../schema.ts'

type Entry = readonly [key: string, value: unknown]

export interface Parts {
  readonly schemas: unknown
  /** From the top of the body, or from the container of the core schema's URN. */
  readonly core: readonly Entry[]
  readonly extensions: ReadonlyMap<string, readonly Entry[]>
}

export function takeApart(type: ResourceType, body: JsonObject, leniency: Leniency): Parts {
  const core: Entry[] = []
  const extensions = new Map<string, Entry[]>()
  const containers = new Set<string>()
  let schemas: unknown
  for (const [key, value] of Object.entries(body)) {
    const container = findContainer(type, key)
    if (key.toLowerCase() === 'schemas') schemas = value
    else if (container === undefined) {
      const { urn, name } = homeOf(type, key, leniency)
      entriesIn(urn).push([name, value])
    } else if (containers.has(container)) {
      throw invalidSyntax(`${container} is given twice, in different cases.`)
    } else {
      containers.add(container)
      entriesIn(container).push(...entriesOf(container, value))
    }
  }
  return { schemas, core, extensions }

  function entriesIn(urn: string): Entry[] {
    if (urn === type.schema.id) return core
    const entries = extensions.get(urn) ?? []
    extensions.set(urn, entries)
    return entries
  }
}

function entriesOf(urn: string, value: unknown): readonly Entry[] {
  if (value === null) return []
  if (!isObject(value)) throw invalidValue(`${urn} must be an object, but ${kindOf(value)} came.`)
  return Object.entries(value)
}

interface Home {
  readonly urn: string
  /** The key as it would be written there. */
  readonly name: string
}

/** Where a key belongs. Templates also write `urn:…:2.0:User:employeeNumber` at the top, or `employeeNumber` alone. */
function homeOf(type: ResourceType, key: string, leniency: Leniency): Home {
  const asWritten = { urn: type.schema.id, name: key }
  const [head = ''] = key.split('.')
  if (findAttribute(type, head)) return asWritten
  const colon = key.lastIndexOf(':')
  const urn = findContainer(type, key.slice(0, Math.max(colon, 0)))
  if (urn !== undefined) return leniency.allows('urn_key') ? { urn, name: key.slice(colon + 1) } : asWritten
  const owner = type.extensions.find(({ schema }) => findAttribute(type, head, schema.id))
  return owner && leniency.allows('bare_extension_attribute')
    ? { urn: owner.schema.id, name: key }
    : asWritten
}
