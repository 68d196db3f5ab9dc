// The OpenAPI 3.1 document of everything that this server answers, from the schemas and tables by which it answers.
import type { Context } from '../../context.ts'
import { apiOperations } from './api.ts'
import { errorComponents } from './errors.ts'
import type { Document, HttpMethod, OperationObject, Placed } from './openapi.ts'
import { otherOperations, signInOperations } from './pages.ts'
import { createSchemaBook } from './schema-book.ts'
import { scimOperations } from './scim.ts'

export function createDocument({ config }: Pick<Context, 'config'>, version: string): Document {
  const book = createSchemaBook()
  const responses = errorComponents(book)
  const operations = [
    ...apiOperations(book),
    ...scimOperations(book),
    ...signInOperations(),
    ...otherOperations,
  ]
  return {
    openapi: '3.1.1',
    info: {
      title: 'Gatehouse',
      version,
      summary: 'Organizations, verified domains, SCIM 2.0 and SAML 2.0',
      description,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: config.baseUrl }],
    tags,
    paths: byPath(operations),
    components: { schemas: book.all(), securitySchemes, parameters, headers, responses },
  }
}

function byPath(operations: readonly Placed[]): Document['paths'] {
  const paths = new Map<string, Partial<Record<HttpMethod, OperationObject>>>()
  for (const { path, method, operation } of operations)
    paths.set(path, { ...paths.get(path), [method]: operation })
  return Object.fromEntries(paths)
}

const description = `An API key goes into the header \`Authorization: Bearer gth_…\`; a browser that is signed in has its session.

**Scopes** of a key: \`organization\`, \`organization_member\`, \`organization_integration\` and \`legal_document\`, each \`:read\` or \`:write\`; writing includes reading, and \`*\` is all. **Levels** of a member: member 1, admin 8, owner 15. Each operation says what it needs.

**Lists** take \`limit\` and \`offset\` (logs \`page\` and \`page_size\`) and answer \`{count, next, previous, results}\`, \`next\` and \`previous\` being URLs or null.

**Errors** are \`{type, code, detail, attr}\`: the first thing that is wrong. The code is for programs, the detail says what was expected and what came.

**Times** are RFC 3339 in UTC. **Ids** are UUIDs; one that names nothing is 404. Fields that are not known are ignored, and answers may have more fields one day. A trailing slash is accepted.

Requests are counted by key and session; the headers \`RateLimit\` and \`RateLimit-Policy\` say what is left, and 429 comes with \`Retry-After\`. A POST with an \`Idempotency-Key\` can be repeated for a day: it is done once, and answered the same.`

const tags: Document['tags'] = [
  { name: 'Organizations', description: 'Organizations and their projects.' },
  {
    name: 'Domains',
    description: 'What everything else hangs on: a verified name with its SAML and its SCIM.',
  },
  { name: 'Members', description: 'Who belongs to an organization.' },
  { name: 'Invites', description: 'Asking people in, by a secret link that is mailed.' },
  { name: 'Integrations', description: 'Vendors that an organization is connected with.' },
  { name: 'Legal documents', description: 'Agreements, signed.' },
  { name: 'Audit log', description: 'Who changed what.' },
  { name: 'Account', description: 'The caller and their API keys.' },
  { name: 'SCIM 2.0', description: 'What the identity provider of a domain pushes people and groups with.' },
  { name: 'SAML 2.0', description: 'What sends people to the identity provider of their domain, and back.' },
  { name: 'Signing in', description: 'Sessions, mailed links, tokens for applications.' },
  { name: 'Operating', description: 'For whoever runs the server.' },
]

const bearer = (detail: string) => ({ type: 'http', scheme: 'bearer', description: detail })

const securitySchemes = {
  apiKey: bearer('A personal API key, `gth_…`, made at `POST /api/personal_api_keys`.'),
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-gatehouse',
    description:
      'The session of a signed-in browser (`gatehouse` where the server has no https). What writes comes from a page of this server, with the header `X-CSRF-Token` from `GET /api/login/session`.',
  },
  scimToken: bearer('The SCIM token of the domain, shown once when it is made.'),
  vercelToken: { ...bearer("Vercel's OIDC token."), bearerFormat: 'JWT' },
  pandaDocSignature: {
    type: 'apiKey',
    in: 'header',
    name: 'X-PandaDoc-Signature',
    description: 'HMAC-SHA256 of the body in hex; or the query parameter `signature`.',
  },
}

const parameters: Document['components']['parameters'] = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description: 'A name for this request, so that it can be repeated.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  },
}

const header = (detail: string, type = 'string') => ({ description: detail, schema: { type } })

const headers: Document['components']['headers'] = {
  'X-Request-Id': header("Of the request; a client's own is kept."),
  'RateLimit-Policy': header('How many requests there are in a minute and in an hour.'),
  RateLimit: header('How many are left (`r`), and the seconds until there are more (`t`).'),
  'Retry-After': header('Seconds.', 'integer'),
}
