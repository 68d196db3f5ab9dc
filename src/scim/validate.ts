// Reads a whole resource from a POST or PUT (RFC 7644 §3.3, §3.5.1): lenient in what it takes, canonical in what it gives.

import { invalidSyntax, invalidValue, mutability } from './errors.ts'
import type { Leniency } from './quirks.ts'
import { inOrder, isObject, type Json, type JsonObject, kindOf, quote, type Resource } from './resource.ts'
import { type Attribute, coreAttributes, findAttribute, findContainer, type ResourceType } from './schema.ts'
import { userSchema } from './schemas/user.ts'
import { finish } from './validate/finish.ts'
import { type Parts, takeApart } from './validate/parts.ts'
import { readAttributes, readValue } from './validate/value.ts'

/** Canonical names, typed values, nothing null or empty, nothing read-only; what is missing or malformed is a 400. */
export function readResource(type: ResourceType, body: unknown, leniency: Leniency): Resource {
  if (!isObject(body)) throw invalidSyntax(`A ${type.name} must be a JSON object, but ${kindOf(body)} came.`)
  const parts = takeApart(type, body, leniency)
  checkSchemas(type, parts, leniency)
  const resource = { ...readAttributes(coreAttributes(type), parts.core, { leniency, where: '' }) }
  for (const { schema } of type.extensions) {
    const entries = parts.extensions.get(schema.id) ?? []
    const values = readAttributes(schema.attributes, entries, { leniency, where: '' })
    if (values) resource[schema.id] = values
  }
  return finish(type, resource, leniency)
}

/** Omitting `active` in a PUT neither disables nor enables anybody. */
const keptWhenOmitted = userSchema.attributes.find(({ name }) => name === 'active')

/**
 * The resource that a PUT leaves: `after` is what came, `before` what was there (RFC 7644 §3.5.1). What is read-only
 * stays; what is immutable must be the same, or be set for the first time.
 */
export function carryOver(type: ResourceType, before: Resource, after: Resource): Resource {
  const carry = (attributes: readonly Attribute[], old: JsonObject, now: JsonObject) =>
    inOrder(attributes, attribute => carried(attribute, old[attribute.name], now[attribute.name]))
  const { meta, ...core } = carry(coreAttributes(type), before, after) ?? {}
  const result: Resource = { ...core, schemas: [type.schema.id] }
  for (const { schema } of type.extensions) {
    const values = carry(schema.attributes, part(before, schema.id), part(after, schema.id))
    if (!values) continue
    result.schemas.push(schema.id)
    result[schema.id] = values
  }
  return meta === undefined ? result : { ...result, meta }
}

function carried(attribute: Attribute, old: Json | undefined, now: Json | undefined): Json | undefined {
  if (attribute.mutability === 'readOnly') return old
  if (now === undefined && attribute === keptWhenOmitted) return old
  if (attribute.mutability !== 'immutable' || old === undefined) return now
  if (now !== undefined && JSON.stringify(now) !== JSON.stringify(old))
    throw mutability(`${attribute.name} cannot change once it is set, but another value came.`)
  return old
}

function part(resource: Resource, urn: string): JsonObject {
  const container = resource[urn]
  return isObject(container) ? container : {}
}

/** RFC 7643 §3: `schemas` names the core schema and just the extensions that are there; repaired unless strict. */
function checkSchemas(type: ResourceType, { schemas, extensions }: Parts, leniency: Leniency): void {
  const named = new Set<string>()
  for (const urn of readSchemas(type, schemas, leniency)) {
    const container = findContainer(type, urn)
    if (container) named.add(container)
    else if (!leniency.allows('unknown_schema'))
      throw invalidValue(`schemas names ${quote(urn)}, which a ${type.name} does not have here.`)
  }
  const used = [type.schema.id, ...extensions.keys()]
  const isExact = named.size === used.length && used.every(urn => named.has(urn))
  if (!isExact && !leniency.allows('schemas_mismatch'))
    throw invalidValue(`schemas must be ${used.join(', ')}, but ${[...named].join(', ') || 'none'} came.`)
}

function readSchemas(type: ResourceType, value: unknown, leniency: Leniency): readonly string[] {
  const attribute = findAttribute(type, 'schemas')
  const listed = attribute && readValue(attribute, value, leniency)
  return Array.isArray(listed) ? listed.filter(urn => typeof urn === 'string') : []
}
