// The SCIM surface in the document, from its own routes: those that every domain has.
import { standardKinds } from '../../provision/kinds.ts'
import type { ResourceType } from '../../scim/schema.ts'
import type { Route } from '../scim/route.ts'
import { routesOf } from '../scim/routes.ts'
import {
  type Content,
  type HttpMethod,
  type JsonSchema,
  json,
  namesIn,
  type Parameter,
  type Placed,
  type ResponseObject,
  refTo,
} from './openapi.ts'
import type { SchemaBook } from './schema-book.ts'
import { addScimSchemas, listOf, writable } from './scim-schemas.ts'

const served = standardKinds.map(({ type }) => type)

export function scimOperations(book: SchemaBook): Placed[] {
  addScimSchemas(book, served)
  return routesOf(standardKinds).map(place)
}

/** What goes in and out of an endpoint. */
interface Exchange {
  readonly takes?: JsonSchema
  readonly gives?: JsonSchema
  /** Of a good answer. */
  readonly statuses: readonly number[]
  readonly parameters?: readonly Parameter[]
}

const methods: Readonly<Record<Route['method'], HttpMethod>> = {
  GET: 'get',
  POST: 'post',
  PUT: 'put',
  PATCH: 'patch',
  DELETE: 'delete',
}

function place(route: Route): Placed {
  const { method, wish, access } = route
  const path = `/scim/v2/{domain}${route.path === '/' ? '' : route.path}`
  const { takes, gives, statuses, parameters = [] } = exchangeOf(route)
  const inPath = namesIn(path).map(
    (name): Parameter => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string', ...(name === 'domain' && { format: 'uuid' }) },
    }),
  )
  return {
    method: methods[method],
    path,
    operation: {
      operationId: operationIdOf(route),
      summary: wish.charAt(0).toUpperCase() + wish.slice(1),
      description: access === 'open' ? 'For anybody.' : 'For the identity provider of the domain.',
      tags: ['SCIM 2.0'],
      security: access === 'open' ? [] : [{ scimToken: [] }],
      parameters: [...inPath, ...parameters],
      ...(takes && { requestBody: { required: true, content: scimJson(takes) } }),
      responses: {
        ...Object.fromEntries(statuses.map(status => [status, goodResponse(status, gives)])),
        default: {
          description: 'It is refused (RFC 7644 §3.12).',
          content: scimJson(refTo('schemas', 'ScimError')),
        },
      },
    },
  }
}

/** RFC 7644 §3.1: a client may ask for plain JSON. */
const scimJson = (schema: JsonSchema): Content => ({
  ...json(schema, 'application/scim+json'),
  ...json(schema),
})

const sentences: ReadonlyMap<number, string> = new Map([
  [200, 'The answer.'],
  [201, 'Made.'],
  [202, 'Under way; Location says where to ask.'],
  [204, 'Done.'],
  [304, 'As the client knows it.'],
])

function goodResponse(status: number, gives: JsonSchema | undefined): ResponseObject {
  const hasBody = gives !== undefined && (status === 200 || status === 201)
  return {
    description: sentences.get(status) ?? '',
    headers: { 'X-Request-Id': refTo('headers', 'X-Request-Id') },
    ...(hasBody && { content: scimJson(gives) }),
  }
}

/** `scimCreateTheUser`. */
const operationIdOf = ({ method, path, wish }: Route): string => {
  const suffix = path.endsWith('/.search') ? ' by search' : path.startsWith('/Me') ? ' me' : ''
  const words = `scim ${method === 'GET' && path === '/' ? 'list all' : wish}${suffix}`.split(/\W+/)
  return words.map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('')
}

const query = (name: string, description: string, schema: JsonSchema = { type: 'string' }): Parameter => ({
  name,
  in: 'query',
  description,
  schema,
})
const header = (name: string, description: string): Parameter => ({
  name,
  in: 'header',
  description,
  schema: { type: 'string' },
})
const projection = [
  query('attributes', 'The attributes to answer with, separated by commas.'),
  query('excludedAttributes', 'The attributes to leave out.'),
]
const listing = [
  query('filter', 'RFC 7644 §3.4.2.2, as in `userName eq "ada@acme.com"`.'),
  query('sortBy', 'An attribute.'),
  query('sortOrder', '`ascending` or `descending`.'),
  query('startIndex', 'From 1.', { type: 'integer' }),
  query('count', 'At most so many.', { type: 'integer' }),
  query('cursor', 'Empty for the first page, then what the page before says (RFC 9865).'),
  ...projection,
]
const ifMatch = header('If-Match', 'The version that is meant; another one is 412.')
const ifNoneMatch = header('If-None-Match', 'The version that the client knows.')
const prefer = header('Prefer', '`return=minimal` or `return=representation`.')
const preferAsync = header('Prefer', '`respond-async` when the client does not wait (RFC 9967).')

const named = (name: string): JsonSchema => refTo('schemas', name)

function exchangeOf({ method, path }: Route): Exchange {
  if (path.endsWith('/.search'))
    return { takes: named('SearchRequest'), gives: listOf(itemsAt(path)), statuses: [200] }
  const fixed = exchanges.get(`${method} ${path}`)
  if (fixed) return fixed
  if (path === '/') return { gives: listOf(itemsAt(path)), statuses: [200], parameters: listing }
  const type = typeAt(path)
  if (!type) throw new Error(`${method} ${path} is not described.`)
  return path === type.endpoint ? ofAll(method, type) : ofOne(method, type)
}

function ofAll(method: Route['method'], type: ResourceType): Exchange {
  if (method === 'GET') return { gives: listOf(named(type.name)), statuses: [200], parameters: listing }
  return { takes: writable(type), gives: named(type.name), statuses: [201], parameters: projection }
}

function ofOne(method: Route['method'], type: ResourceType): Exchange {
  const gives = named(type.name)
  if (method === 'GET') return { gives, statuses: [200, 304], parameters: [...projection, ifNoneMatch] }
  if (method === 'DELETE') return { statuses: [204], parameters: [ifMatch] }
  if (method === 'PUT')
    return { takes: writable(type), gives, statuses: [200], parameters: [...projection, ifMatch] }
  const parameters = [...projection, ifMatch, prefer]
  return { takes: named('PatchOp'), gives, statuses: [200, 204], parameters }
}

const exchanges: ReadonlyMap<string, Exchange> = new Map([
  [
    'POST /Bulk',
    {
      takes: named('BulkRequest'),
      gives: named('BulkResponse'),
      statuses: [200, 202],
      parameters: [preferAsync],
    },
  ],
  ['GET /Bulk/{id}', { gives: named('BulkResponse'), statuses: [200, 202] }],
  ['POST /Me', { statuses: [] }],
  ['GET /ServiceProviderConfig', { gives: named('ServiceProviderConfig'), statuses: [200] }],
  ['GET /ResourceTypes', { gives: listOf(named('ResourceType')), statuses: [200] }],
  ['GET /ResourceTypes/{id}', { gives: named('ResourceType'), statuses: [200] }],
  ['GET /Schemas', { gives: listOf(named('Schema')), statuses: [200] }],
  ['GET /Schemas/{id}', { gives: named('Schema'), statuses: [200] }],
])

const itemsAt = (path: string): JsonSchema => {
  const type = typeAt(path)
  return type ? named(type.name) : { anyOf: served.map(({ name }) => named(name)) }
}

const typeAt = (path: string): ResourceType | undefined =>
  served.find(({ id, endpoint }) => path.startsWith(endpoint) || (path === '/Me' && id === 'User'))
