// The Organizations API in the document, from its own route tables: what cannot be mounted cannot be missing here.
import { apiRoutes } from '../api/app.ts'
import type { Described } from '../api/mount/operation.ts'
import { isDelicate, type Method } from '../api/mount/route.ts'
import { errorResponses } from './errors.ts'
import {
  type HttpMethod,
  json,
  namesIn,
  type OperationObject,
  type Parameter,
  type Placed,
  pathTemplate,
  type ResponseObject,
  refTo,
} from './openapi.ts'
import type { SchemaBook } from './schema-book.ts'

/** Who may call it, as the document says it. */
interface Access {
  readonly security: OperationObject['security']
  readonly sentence: string
  /** Whether somebody's credentials are counted, and their POSTs can be repeated. */
  readonly isCounted: boolean
}

export function apiOperations(book: SchemaBook): Placed[] {
  const { open, account, organization } = apiRoutes
  return [
    ...account.map(([method, path, scope, operation]) =>
      place(book, {
        method,
        path,
        operation,
        access: accessWith(scope, undefined, isDelicate(method, path)),
      }),
    ),
    ...organization.map(([method, path, scope, level, operation]) =>
      place(book, {
        method,
        path: `/organizations/:organization${path}`,
        operation,
        access: accessWith(scope, level, isDelicate(method, path)),
      }),
    ),
    ...open.map(([method, path, who, operation]) =>
      place(book, { method, path, operation, access: openAccess(who, operation) }),
    ),
  ]
}

function openAccess(who: 'anybody' | 'vendor', { proof }: Described): Access {
  if (proof) return { security: [{ [proof]: [] }], sentence: 'For the vendor alone.', isCounted: false }
  const sentence = who === 'anybody' ? 'For anybody; counted by address.' : 'For the vendor alone.'
  return { security: [], sentence, isCounted: false }
}

function accessWith(scope: string, level: string | undefined, isRecent: boolean): Access {
  const needs = [
    scope === 'any' ? 'Needs an API key or a session.' : `Needs the scope \`${scope}\`.`,
    ...(level === undefined ? [] : [`Needs the level ${level}.`]),
    ...(isRecent ? ['In a browser, the sign-in must be recent.'] : []),
  ]
  const scopes = scope === 'any' ? [] : [scope]
  return { security: [{ apiKey: scopes }, { session: [] }], sentence: needs.join(' '), isCounted: true }
}

interface Row {
  readonly method: Method
  /** Below `/api`. */
  readonly path: string
  readonly operation: Described
  readonly access: Access
}

const methods: Readonly<Record<Method, HttpMethod>> = {
  GET: 'get',
  POST: 'post',
  PUT: 'put',
  PATCH: 'patch',
  DELETE: 'delete',
}

function place(book: SchemaBook, row: Row): Placed {
  const { method, operation, access } = row
  const path = `/api${pathTemplate(row.path)}`
  const parameters = parametersOf(book, path, row)
  const { body } = operation
  return {
    method: methods[method],
    path,
    operation: {
      operationId: operation.id,
      summary: operation.summary,
      description: [access.sentence, ...(operation.note ? [operation.note] : [])].join(' '),
      tags: [tagOf(row.path)],
      security: access.security,
      ...(parameters.length > 0 && { parameters }),
      ...(body && {
        requestBody: {
          required: !body.safeParse({}).success,
          content: json(book.of(body, 'input')),
        },
      }),
      responses: {
        ...goodResponse(book, operation, access.isCounted),
        ...errorResponses(book, {
          isAuthenticated: access.security.length > 0,
          isRepeatable: access.isCounted && method === 'POST',
          hasBody: body !== undefined,
          hasQuery: operation.query !== undefined,
          names: namesIn(path),
          refusal: operation.refusal,
        }),
      },
    },
  }
}

function parametersOf(book: SchemaBook, path: string, { method, operation, access }: Row) {
  const { query } = operation
  const asked = query
    ? Object.entries(query.shape).map(([name, field]): Parameter => {
        const { description, ...schema } = book.of(field, 'input')
        const required = !field.safeParse(undefined).success
        const said = {
          ...(required && { required }),
          ...(typeof description === 'string' && { description }),
        }
        return { name, in: 'query', ...said, schema }
      })
    : []
  const repeating = access.isCounted && method === 'POST' ? [refTo('parameters', 'IdempotencyKey')] : []
  return [...namesIn(path).map(pathParameter), ...asked, ...repeating]
}

const uuid = { type: 'string', format: 'uuid' }
const text = { type: 'string' }

/** By the names in paths. What is not here is a UUID. */
const pathParameters: ReadonlyMap<string, Omit<Parameter, 'name' | 'in'>> = new Map([
  [
    'organization',
    { description: 'Its id, or `@current`: the only one of the key, or the last used.', schema: text },
  ],
  ['user', { description: 'The id of a person, or `@me`.', schema: text }],
  ['urn', { description: 'The id of the schema.', schema: text }],
  ['installation', { description: "Vercel's id of the installation.", schema: text }],
])

const pathParameter = (name: string): Parameter => ({
  name,
  in: 'path',
  required: true,
  ...(pathParameters.get(name) ?? { schema: uuid }),
})

function goodResponse(
  book: SchemaBook,
  { answer, status, line, mayBeEmpty }: Described,
  isCounted: boolean,
): Record<string, ResponseObject> {
  const counted = isCounted
    ? { 'RateLimit-Policy': refTo('headers', 'RateLimit-Policy'), RateLimit: refTo('headers', 'RateLimit') }
    : {}
  const headers = { 'X-Request-Id': refTo('headers', 'X-Request-Id'), ...counted }
  if (answer === 'nothing') return { 204: { description: 'Done.', headers } }
  if (answer === 'redirect') {
    const location = { description: 'Where it is.', schema: { type: 'string', format: 'uri' } }
    return { 302: { description: 'It is elsewhere.', headers: { ...headers, Location: location } } }
  }
  const lines = line && json(book.of(line, 'output'), 'application/x-ndjson')
  const content = { ...json(book.of(answer, 'output')), ...lines }
  return {
    [status ?? 200]: { description: status ? 'Made.' : 'The answer.', headers, content },
    ...(mayBeEmpty && { 204: { description: 'There is nothing to say.', headers } }),
  }
}

const tags: ReadonlyMap<string, string> = new Map([
  ['', 'Organizations'],
  ['projects', 'Organizations'],
  ['audit_log', 'Audit log'],
  ['integrations', 'Integrations'],
  ['legal_documents', 'Legal documents'],
  ['invites', 'Invites'],
  ['members', 'Members'],
  ['domains', 'Domains'],
  ['users', 'Account'],
  ['personal_api_keys', 'Account'],
  ['login', 'Signing in'],
  ['vercel', 'Integrations'],
  ['organizations', 'Organizations'],
])

/** By the first part of the path, below the organization where there is one. */
function tagOf(path: string): string {
  const part = /^\/organizations\/:organization(?:\/(\w+))?/.exec(path)
  const first = part ? (part[1] ?? '') : (path.split('/')[1] ?? '')
  const tag = tags.get(first)
  if (tag === undefined) throw new Error(`${path} belongs to no part of the document.`)
  return tag
}
