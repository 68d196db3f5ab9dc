// A schema that a domain registers: an extension of its users or groups, or a new type of resource (RFC 7643 §6, §7).

import { readAttributeDefinitions } from './registration/attributes.ts'
import { overlap, readEndpoint, readTypeName, readUrn } from './registration/names.ts'
import { RegistrationError } from './registration/refusal.ts'
import { came, isObject, kindOf, quote } from './resource.ts'
import { servedTypes } from './resource-types.ts'
import type { ResourceType, Schema } from './schema.ts'

interface Extension {
  readonly kind: 'extension'
  readonly schema: Schema
  /** The id of the type of resource that is extended. */
  readonly extended: 'User' | 'Group'
  /** Whether a resource that is written must have values of it. */
  readonly required: boolean
}

interface NewType {
  readonly kind: 'type'
  readonly schema: Schema
  readonly name: string
  /** `/Devices` */
  readonly endpoint: string
  readonly description: string
}

export type Registration = Extension | NewType

const mostInDomain = 50
const longest = 100_000

/**
 * The definition as RFC 7643 §7 writes a schema, and beside it either `extends` (with `required`) or `resource_type`.
 * Throws RegistrationError.
 */
export function readRegistration(body: object): Registration {
  const members = new Map(Object.entries(body))
  const schema: Schema = {
    id: readUrn(members.get('id')),
    name: readText(members.get('name'), { member: 'name', max: 100 }),
    description: readText(members.get('description') ?? '', { member: 'description', max: 1_000 }),
    attributes: readAttributeDefinitions(members.get('attributes')),
  }
  const { length } = JSON.stringify(schema)
  if (length > longest)
    throw refuse('attributes', `Expected at most ${longest} characters in all, got ${length}.`, 'max_length')
  return { ...readUse(members), schema }
}

type Use = Omit<Extension, 'schema'> | Omit<NewType, 'schema'>

function readUse(members: ReadonlyMap<string, unknown>): Use {
  const [extended, type] = [members.get('extends') ?? undefined, members.get('resource_type') ?? undefined]
  if ((extended === undefined) === (type === undefined)) {
    const got = extended === undefined ? 'neither' : 'both'
    throw refuse('extends', `Expected either "extends" or "resource_type", got ${got}.`, 'required')
  }
  if (type !== undefined) return readNewType(type)
  if (extended !== 'User' && extended !== 'Group')
    throw refuse('extends', `Expected "User" or "Group", got ${came(extended)}.`)
  const required = members.get('required') ?? false
  if (typeof required !== 'boolean')
    throw refuse('required', `Expected true or false, got ${kindOf(required)}.`)
  return { kind: 'extension', extended, required }
}

function readNewType(value: unknown): Omit<NewType, 'schema'> {
  if (!isObject(value)) throw refuse('resource_type', `Expected an object, got ${kindOf(value)}.`)
  const { name, endpoint, description = '' } = value
  return {
    kind: 'type',
    name: readTypeName(name),
    endpoint: readEndpoint(endpoint),
    description: readText(description, { member: 'resource_type', max: 1_000 }),
  }
}

function readText(value: unknown, { member, max }: { member: string; max: number }): string {
  if (value === undefined) throw refuse(member, 'This field is required.', 'required')
  if (typeof value !== 'string') throw refuse(member, `Expected text, got ${kindOf(value)}.`)
  if (value.includes('\0') || !value.isWellFormed())
    throw refuse(member, 'Expected text without U+0000 and lone surrogates.')
  if (value.length > max)
    throw refuse(member, `Expected at most ${max} characters, got ${value.length}.`, 'max_length')
  if (value.trim() === '' && member === 'name') throw refuse(member, 'This field may not be blank.')
  return value
}

/** Whether the schema can stand beside those that its domain has. Throws RegistrationError. */
export function refuseClash(registration: Registration, others: readonly Registration[]): void {
  if (others.length >= mostInDomain)
    throw refuse('id', `Expected at most ${mostInDomain} schemas in a domain, got one more.`, 'max_length')
  const { id } = registration.schema
  const near = others.find(({ schema }) => overlap(schema.id, id))
  if (near) {
    const why = near.schema.id.toLowerCase() === id.toLowerCase() ? 'is there already' : 'begins the same'
    throw refuse(
      'id',
      `Expected a URN that the domain does not have, got ${id}: ${near.schema.id} ${why}.`,
      'unique',
    )
  }
  if (registration.kind !== 'type') return
  for (const other of others) {
    if (other.kind !== 'type') continue
    for (const part of ['name', 'endpoint'] as const)
      if (other[part].toLowerCase() === registration[part].toLowerCase())
        throw refuse(
          'resource_type',
          `${other.schema.id} has the ${part} ${quote(other[part])} already.`,
          'unique',
        )
  }
}

/** Every type of resource of a domain that registered these. */
export function resourceTypesWith(registrations: readonly Registration[]): ResourceType[] {
  const standard = servedTypes.map(type => {
    const own = registrations.filter(each => each.kind === 'extension' && each.extended === type.id)
    if (own.length === 0) return type
    const extensions = own.map(each => ({
      schema: each.schema,
      required: each.kind === 'extension' && each.required,
    }))
    return { ...type, extensions: [...type.extensions, ...extensions] }
  })
  return [...standard, ...registrations.flatMap(each => (each.kind === 'type' ? [newType(each)] : []))]
}

const newType = ({ name, endpoint, description, schema }: NewType): ResourceType => ({
  id: name,
  name,
  endpoint,
  description: description || name,
  schema,
  extensions: [],
})

const refuse = (member: string, detail: string, code: RegistrationError['code'] = 'invalid_input') =>
  new RegistrationError(code, member, detail)
