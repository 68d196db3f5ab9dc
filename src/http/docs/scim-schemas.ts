// SCIM's resources and messages as JSON schemas: the resources from the schema data by which requests are validated.
import { type Attribute, coreAttributes, type ResourceType, type Schema } from '../../scim/schema.ts'
import { discoverySchemas } from '../../scim/schemas/service-provider.ts'
import { type JsonSchema, refTo } from './openapi.ts'
import type { SchemaBook } from './schema-book.ts'

const types: Readonly<Record<Attribute['type'], JsonSchema>> = {
  string: { type: 'string' },
  boolean: { type: 'boolean' },
  decimal: { type: 'number' },
  integer: { type: 'integer' },
  dateTime: { type: 'string', format: 'date-time' },
  binary: { type: 'string', contentEncoding: 'base64' },
  reference: { type: 'string' },
  complex: { type: 'object' },
}

/** Other values than the canonical ones are taken too. */
function schemaOf(attribute: Attribute): JsonSchema {
  const { type, multiValued, description, mutability, canonicalValues, subAttributes } = attribute
  const one = {
    ...types[type],
    ...(canonicalValues && { examples: canonicalValues }),
    ...(subAttributes && propertiesOf(subAttributes)),
  }
  const said = {
    description,
    ...(mutability === 'readOnly' && { readOnly: true }),
    ...(mutability === 'writeOnly' && { writeOnly: true }),
  }
  return multiValued ? { type: 'array', items: one, ...said } : { ...one, ...said }
}

/** A property of the name `$ref` looks like a reference to most readers of such documents, so it is left unsaid. */
const propertiesOf = (attributes: readonly Attribute[]): JsonSchema => ({
  properties: Object.fromEntries(
    attributes.filter(({ name }) => name !== '$ref').map(each => [each.name, schemaOf(each)]),
  ),
})

/** Whatever a client leaves out of an answer by `attributes` is not there. */
function addResource(book: SchemaBook, type: ResourceType): void {
  const extensions = type.extensions.map(({ schema }) => [schema.id, addSchema(book, schema)])
  const { properties } = propertiesOf(coreAttributes(type))
  book.add(type.name, {
    type: 'object',
    description: type.description,
    properties: { ...(properties as object), ...Object.fromEntries(extensions) },
    required: ['schemas'],
  })
}

const addSchema = (book: SchemaBook, { name, description, attributes }: Schema): JsonSchema =>
  book.add(name, { type: 'object', description, ...propertiesOf(attributes) })

/** RFC 7643 §5 to §7; their schemas do not list what is common to all resources. */
function addDiscovery(book: SchemaBook, { name, description, attributes }: Schema): void {
  const properties = {
    schemas: texts,
    ...Object(propertiesOf(attributes).properties),
    meta: { type: 'object' },
  }
  book.add(name, { type: 'object', description, required: ['schemas'], properties })
}

/** A resource that a client writes; what is `readOnly` in it is ignored. */
export const writable = ({ name, schema }: ResourceType): JsonSchema => ({
  allOf: [
    refTo('schemas', name),
    {
      type: 'object',
      required: schema.attributes.filter(({ required }) => required).map(each => each.name),
    },
  ],
})

export const listOf = (items: JsonSchema): JsonSchema => ({
  type: 'object',
  required: ['schemas', 'totalResults'],
  properties: {
    schemas: texts,
    totalResults: { type: 'integer' },
    startIndex: { type: 'integer' },
    itemsPerPage: { type: 'integer' },
    nextCursor: { type: 'string', description: 'Where the next page begins (RFC 9865).' },
    previousCursor: { type: 'string' },
    Resources: { type: 'array', items },
  },
})

const text = { type: 'string' }
const texts = { type: 'array', items: text }
const anything = {}
const message = (name: string) => ({
  ...texts,
  examples: [[`urn:ietf:params:scim:api:messages:2.0:${name}`]],
})

const patchOperation = {
  type: 'object',
  required: ['op'],
  properties: {
    op: { type: 'string', examples: ['add', 'remove', 'replace'] },
    path: { type: 'string', examples: ['emails[type eq "work"].value'] },
    value: anything,
  },
}

const bulkOperation = {
  type: 'object',
  required: ['method', 'path'],
  properties: {
    method: { type: 'string', examples: ['POST', 'PUT', 'PATCH', 'DELETE'] },
    bulkId: text,
    version: text,
    path: { type: 'string', examples: ['/Users'] },
    data: anything,
  },
}

const bulkResult = {
  type: 'object',
  required: ['method', 'status'],
  properties: {
    method: text,
    bulkId: text,
    version: text,
    location: text,
    status: { type: 'string', examples: ['201'] },
    response: anything,
  },
}

const searchProperties = {
  schemas: message('SearchRequest'),
  attributes: texts,
  excludedAttributes: texts,
  filter: text,
  sortBy: text,
  sortOrder: { type: 'string', enum: ['ascending', 'descending'] },
  startIndex: { type: 'integer' },
  count: { type: 'integer' },
  cursor: text,
}

/** RFC 7644 §3.12, §3.4.3, §3.5.2 and §3.7. */
const messages: Readonly<Record<string, JsonSchema>> = {
  ScimError: {
    type: 'object',
    required: ['schemas', 'status', 'detail'],
    properties: {
      schemas: message('Error'),
      status: { type: 'string', description: 'The HTTP status, as text.' },
      scimType: text,
      detail: { type: 'string', description: 'What was expected, and what came.' },
    },
  },
  SearchRequest: { type: 'object', properties: searchProperties },
  PatchOp: {
    type: 'object',
    required: ['schemas', 'Operations'],
    properties: { schemas: message('PatchOp'), Operations: { type: 'array', items: patchOperation } },
  },
  BulkRequest: {
    type: 'object',
    required: ['schemas', 'Operations'],
    properties: {
      schemas: message('BulkRequest'),
      failOnErrors: { type: 'integer' },
      Operations: { type: 'array', items: bulkOperation },
    },
  },
  BulkResponse: {
    type: 'object',
    required: ['schemas', 'Operations'],
    properties: { schemas: message('BulkResponse'), Operations: { type: 'array', items: bulkResult } },
  },
}

export function addScimSchemas(book: SchemaBook, resources: readonly ResourceType[]): void {
  for (const type of resources) addResource(book, type)
  for (const schema of discoverySchemas) addDiscovery(book, schema)
  for (const [name, schema] of Object.entries(messages)) book.add(name, schema)
}
