// What a SCIM schema is (RFC 7643 §7), and how a name that a client wrote finds its attribute.

export type AttributeType =
  | 'string'
  | 'boolean'
  | 'decimal'
  | 'integer'
  | 'dateTime'
  | 'binary'
  | 'reference'
  | 'complex'

export interface Attribute {
  readonly name: string
  readonly type: AttributeType
  readonly multiValued: boolean
  readonly description: string
  readonly required: boolean
  readonly caseExact: boolean
  readonly mutability: 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly'
  readonly returned: 'always' | 'never' | 'default' | 'request'
  readonly uniqueness: 'none' | 'server' | 'global'
  readonly canonicalValues?: readonly string[]
  readonly referenceTypes?: readonly string[]
  readonly subAttributes?: readonly Attribute[]
}

export interface Schema {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly attributes: readonly Attribute[]
}

export interface ResourceType {
  readonly id: string
  readonly name: string
  readonly endpoint: string
  readonly description: string
  readonly schema: Schema
  readonly extensions: readonly { readonly schema: Schema; readonly required: boolean }[]
}

/** An attribute found through the schema. `extension` is the URN of the container it lives in, if any. */
export interface AttributePath {
  readonly extension: string | undefined
  readonly attribute: Attribute
  readonly sub: Attribute | undefined
}

/** `container` alone was named (`urn:…:2.0:User` or an extension's URN): the whole object, not one attribute. */
export type Target = AttributePath | { readonly container: string }

interface Names {
  readonly top: readonly Attribute[]
  readonly core: ReadonlyMap<string, Attribute>
  readonly containers: ReadonlyMap<
    string,
    { readonly urn: string; readonly attributes: ReadonlyMap<string, Attribute> }
  >
}

/** An attribute with the defaults of RFC 7643 §2.2 where nothing else is said. */
export const attribute = (name: string, description: string, rest: Partial<Attribute> = {}): Attribute => ({
  name,
  type: 'string',
  multiValued: false,
  description,
  required: false,
  caseExact: false,
  mutability: 'readWrite',
  returned: 'default',
  uniqueness: 'none',
  ...rest,
})

const given = { caseExact: true, mutability: 'readOnly' } as const

/** RFC 7643 §3 and §3.1: the attributes that every resource has and that no schema lists. */
const commonAttributes: readonly Attribute[] = [
  attribute('schemas', 'The URIs of the schemas this resource is made of.', {
    type: 'reference',
    multiValued: true,
    required: true,
    caseExact: true,
    returned: 'always',
    referenceTypes: ['uri'],
  }),
  attribute('id', 'The identifier that this service provider gave the resource.', {
    ...given,
    returned: 'always',
    uniqueness: 'server',
  }),
  attribute('externalId', 'The identifier that the provisioning client gave the resource.', {
    caseExact: true,
  }),
  attribute('meta', 'What the service provider knows about the resource.', {
    ...given,
    type: 'complex',
    subAttributes: [
      attribute('resourceType', 'The name of the resource type.', given),
      attribute('created', 'When the resource was made.', { ...given, type: 'dateTime' }),
      attribute('lastModified', 'When the resource last changed.', { ...given, type: 'dateTime' }),
      attribute('location', 'Where the resource is.', {
        ...given,
        type: 'reference',
        referenceTypes: ['uri'],
      }),
      attribute('version', 'The entity tag of the resource.', given),
    ],
  }),
]

const known = new WeakMap<ResourceType, Names>()
const indexes = new WeakMap<readonly Attribute[], ReadonlyMap<string, Attribute>>()

/** The attribute `text` names in `type`: dotted, URN-qualified, any case (RFC 7644 §3.10). */
export function findPath(type: ResourceType, text: string): AttributePath | undefined {
  const target = findTarget(type, text)
  return target && 'attribute' in target ? target : undefined
}

/** An attribute of an extension named without its URN: `department`, as Okta and Entra write it. */
export function findInExtensions(type: ResourceType, text: string): AttributePath | undefined {
  for (const { schema } of type.extensions) {
    const path = findPath(type, `${schema.id}:${text}`)
    if (path) return path
  }
  return undefined
}

/** As `findPath`, and also a container named by its URN alone. */
export function findTarget(type: ResourceType, text: string): Target | undefined {
  const names = namesOf(type)
  const lower = text.toLowerCase()
  for (const [urn, container] of names.containers) {
    if (lower === urn) return { container: container.urn }
    if (!lower.startsWith(`${urn}:`)) continue
    const extension = container.urn === type.schema.id ? undefined : container.urn
    return split(container.attributes, lower.slice(urn.length + 1), extension)
  }
  return split(names.core, lower, undefined)
}

/** The top-level attribute of that name in the core schema (common ones included) or, with a URN, in an extension. */
export function findAttribute(type: ResourceType, name: string, extension?: string): Attribute | undefined {
  const names = namesOf(type)
  const within =
    extension === undefined ? names.core : names.containers.get(extension.toLowerCase())?.attributes
  return within?.get(name.toLowerCase())
}

export function findSubAttribute(parent: Attribute, name: string): Attribute | undefined {
  return parent.subAttributes && findIn(parent.subAttributes, name)
}

/** The attribute of that name, in any case, in one list of attributes. */
export function findIn(attributes: readonly Attribute[], name: string): Attribute | undefined {
  const names = indexes.get(attributes) ?? byName(attributes)
  indexes.set(attributes, names)
  return names.get(name.toLowerCase())
}

/** What stands at the top of a resource: the common attributes, then those of the core schema. */
export function coreAttributes(type: ResourceType): readonly Attribute[] {
  return namesOf(type).top
}

/** The canonical URN of the container (core schema or extension) that `text` names in any case. */
export function findContainer(type: ResourceType, text: string): string | undefined {
  return namesOf(type).containers.get(text.toLowerCase())?.urn
}

function split(
  attributes: ReadonlyMap<string, Attribute>,
  lower: string,
  extension: string | undefined,
): AttributePath | undefined {
  const [head, tail, ...more] = lower.split('.')
  const found = head === undefined ? undefined : attributes.get(head)
  if (!found || more.length > 0) return undefined
  if (tail === undefined) return { extension, attribute: found, sub: undefined }
  const sub = findSubAttribute(found, tail)
  return sub && { extension, attribute: found, sub }
}

function namesOf(type: ResourceType): Names {
  const before = known.get(type)
  if (before) return before
  const top = [...commonAttributes, ...type.schema.attributes]
  const core = byName(top)
  const containers = new Map([[type.schema.id.toLowerCase(), { urn: type.schema.id, attributes: core }]])
  for (const { schema } of type.extensions)
    containers.set(schema.id.toLowerCase(), { urn: schema.id, attributes: byName(schema.attributes) })
  const names = { top, core, containers }
  known.set(type, names)
  return names
}

function byName(attributes: readonly Attribute[]): Map<string, Attribute> {
  return new Map(attributes.map(each => [each.name.toLowerCase(), each]))
}
