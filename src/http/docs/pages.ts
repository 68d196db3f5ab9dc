// The routes in the document that are for browsers and for machinery rather than for API clients.
import { signInRoutes } from '../saml/app.ts'
import type { Description } from '../saml/described.ts'
import {
  type Content,
  json,
  namesIn,
  type OperationObject,
  type Parameter,
  type Placed,
  pathTemplate,
  type ResponseObject,
  refTo,
} from './openapi.ts'

const text = { type: 'string' }
const object = { type: 'object' }

export const signInOperations = (): Placed[] =>
  signInRoutes.map(([method, path, , , , described]) => {
    const template = pathTemplate(path)
    const tag = path.startsWith('/saml/') || path === '/login/saml' ? 'SAML 2.0' : 'Signing in'
    return {
      method: method === 'GET' ? 'get' : 'post',
      path: template,
      operation: {
        operationId: described.id,
        summary: described.summary,
        tags: [tag],
        security: [],
        ...withParameters(template, described),
        ...withForm(described),
        responses: {
          ...answers[described.answers],
          default: { description: 'A page that says why not.', content: page },
        },
      },
    }
  })

const page: Content = json(text, 'text/html')
const answers: Readonly<Record<Description['answers'], Readonly<Record<string, ResponseObject>>>> = {
  page: { 200: { description: 'A page.', content: page } },
  metadata: { 200: { description: 'The metadata.', content: json(text, 'application/samlmetadata+xml') } },
  keys: { 200: { description: 'The keys.', content: json(object) } },
  elsewhere: {
    200: { description: 'A page that leads there.', content: page },
    302: { description: 'Over to the identity provider.' },
    303: { description: 'On to where the sign-in was meant to lead.' },
  },
}

function withParameters(template: string, { query = {} }: Pick<Description, 'query'>) {
  const parameters: Parameter[] = [
    ...namesIn(template).map(name => ({ name, in: 'path' as const, required: true, schema: text })),
    ...Object.entries(query).map(([name, description]) => ({
      name,
      in: 'query' as const,
      description,
      schema: text,
    })),
  ]
  return parameters.length > 0 ? { parameters } : {}
}

function withForm({ form }: Pick<Description, 'form'>): Pick<OperationObject, 'requestBody'> {
  if (!form) return {}
  const fields = Object.entries(form).map(([name, description]) => [name, { ...text, description }])
  const schema = { type: 'object', properties: Object.fromEntries(fields) }
  return { requestBody: { required: true, content: json(schema, 'application/x-www-form-urlencoded') } }
}

const signing = 'Legal documents'
const operating = 'Operating'
const requestId = { 'X-Request-Id': refTo('headers', 'X-Request-Id') }
const good = (description: string, content: Content): Record<string, ResponseObject> => ({
  200: { description, headers: requestId, content },
})
const plain = json(text, 'text/plain')

interface Small {
  readonly id: string
  readonly summary: string
  readonly tag: string
  readonly responses: Readonly<Record<string, ResponseObject>>
  readonly form?: Readonly<Record<string, string>>
}

function small(method: 'get' | 'post', path: string, { id, summary, tag, responses, form }: Small): Placed {
  const operation = { operationId: id, summary, tags: [tag], security: [], responses }
  return {
    method,
    path,
    operation: { ...operation, ...withParameters(path, {}), ...withForm({ ...(form && { form }) }) },
  }
}

/** Beside the tables of the other surfaces. */
export const otherOperations: readonly Placed[] = [
  small('get', '/sign/{secret}', {
    id: 'showAgreement',
    summary: 'The agreement that a mailed link leads to',
    tag: signing,
    responses: good('The agreement.', page),
  }),
  small('post', '/sign/{secret}', {
    id: 'signAgreement',
    summary: 'Sign the agreement',
    tag: signing,
    form: { name: 'The full name.', title: 'The title.', agree: '`yes`.' },
    responses: good('It is signed.', page),
  }),
  small('get', '/files/{path}', {
    id: 'downloadFile',
    summary: 'The file behind a link of this server, which lives for a minute',
    tag: signing,
    responses: good('The file.', { 'application/pdf': { schema: {} } }),
  }),
  small('get', '/healthz', {
    id: 'isAlive',
    summary: 'Whether the process is alive',
    tag: operating,
    responses: good('It is.', plain),
  }),
  small('get', '/readyz', {
    id: 'isReady',
    summary: 'Whether the server can serve',
    tag: operating,
    responses: { ...good('It can.', plain), 503: { description: 'Not now.', content: plain } },
  }),
  small('get', '/version', {
    id: 'getVersion',
    summary: 'Which version this is',
    tag: operating,
    responses: good('The version.', json(object)),
  }),
  small('get', '/openapi.json', {
    id: 'getOpenApi',
    summary: 'This document',
    tag: operating,
    responses: good('The document.', json(object)),
  }),
  small('get', '/docs', {
    id: 'showDocs',
    summary: 'This document, as a page',
    tag: operating,
    responses: good('The page.', page),
  }),
]
