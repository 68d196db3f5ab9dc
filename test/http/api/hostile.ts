// Random requests that come near to good ones: known routes, fields and parameters among noise.
import fc from 'fast-check'

export interface Target {
  /** Of the organization, of what it has, and of another organization. */
  readonly ids: readonly string[]
}

export const callers = [
  ...['owner', 'admin', 'member', 'reader'],
  ...['other owner', 'nobody', 'wrong key', 'SCIM token'],
] as const

interface HostileRequest {
  readonly caller: (typeof callers)[number]
  readonly method: string
  pathFor(target: Target): string
  readonly headers: Record<string, string>
  readonly raw?: string
}

const fields = [
  ...['domain', 'name', 'slug', 'label', 'scopes', 'organizations', 'expires_at', 'access', 'level'],
  ...['members_can_invite', 'default_membership_level', 'overlap_seconds', 'sso_enforcement'],
  ...['jit_provisioning_enabled', 'saml_entity_id', 'saml_acs_url', 'saml_x509_cert', 'saml_metadata'],
  ...['saml_idp_initiated_enabled', 'saml_attribute_mapping', 'saml_role_mapping', 'scim_enabled'],
  ...['scim_profile', 'scim_foreign_addresses', 'email', 'next', 'code', 'schemas', 'resource_types'],
  ...['target_email', 'first_name', 'message', 'private_project_access', 'send_email', 'token'],
  ...['combine_pending_invites', 'step_at_delegation'],
  ...['__proto__', 'constructor', 'toString'],
]
const parameters = [
  ...['limit', 'offset', 'page', 'page_size', 'status_min', 'status_max', 'search', 'after', 'before'],
  ...['method', 'identity_provider', 'resource_id', 'request_id', 'format', 'action', 'actor_type'],
  ...['actor_id', 'target_type', 'target_id', 'kind', 'outcome', 'code', 'email', 'trace_id', 'person_id'],
  ...['order', 'status', 'token'],
  ...['__proto__', ''],
]
const oddTexts = [
  ...[
    '',
    ' ',
    '*',
    '\u0000',
    '\ud800',
    '\udfff\ud800',
    '\u202e',
    '%',
    '_',
    '\\',
    "' or 1=1 --",
    '"',
    '@current',
  ],
  ...['0', '-1', '1e3', '1.5', '999999999999999', '99999999999999999999', 'NaN', 'null', 'true', '[]', '{}'],
  ...['0000-01-01T00:00:00Z', '9999-12-31T23:59:59-10:00', '2026-02-30T00:00:00Z', '2026-01-01T00:00:00Z'],
  ...[
    'ndjson',
    'okta',
    'api_key',
    'acme.test',
    'xn--a.test',
    'a@acme.test',
    'https://127.0.0.1/',
    'https://idp.test/\r\nX: y',
  ],
  ...['<a/>', '<!DOCTYPE a>', '-----BEGIN CERTIFICATE-----', '-----BEGIN PRIVATE KEY-----'],
]

const noise = fc.oneof(
  fc.constantFrom(...oddTexts),
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.nat(5000).map(length => 'x'.repeat(length)),
)
const value = fc.oneof(
  noise,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constantFrom(null, 1, 8, 15, 'open', 'saml', ['*'], ['organization:read'], [], {}, 'x'.repeat(70_000)),
  fc.dictionary(noise, fc.constantFrom(1, 8, 15, 'mail', null), { maxKeys: 4 }),
  fc.jsonValue({ maxDepth: 3 }),
)
/** What a route asks for, so that the rest of the body is looked at too. */
const needed = fc.oneof(
  fc.constantFrom({}, { name: 'Acme' }, { label: 'key', scopes: ['*'] }, { overlap_seconds: 9 }),
  fc.domain().map(domain => ({ domain })),
  fc.emailAddress().map(target_email => ({ target_email })),
)
const withNeeded = fc
  .tuple(fc.dictionary(fc.constantFrom(...fields), value, { maxKeys: 3 }), needed)
  .map(parts => JSON.stringify(Object.assign({}, ...parts)))
const body = fc.oneof(
  { weight: 6, arbitrary: withNeeded },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: noise },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...['', '{', '\ufeff{}', '{"name":"a"} x', '['.repeat(100_000), 'x'.repeat(1024 * 1024 + 1)],
      `{"saml_role_mapping":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_001)}`,
      '{"__proto__":{"scopes":["*"]},"constructor":{"prototype":{"level":15}}}',
    ),
  },
)
const query = fc.oneof(
  fc
    .array(fc.tuple(fc.constantFrom(...parameters), noise), { maxLength: 3 })
    .map(pairs => pairs.map(([name, text]) => `${name}=${encode(text)}`).join('&')),
  fc.webQueryParameters(),
  fc.constantFrom('', '%', '%ff', 'page=%zz', '=', '&&', 'limit', 'page=1&page=0'),
)
const headers = fc.record(
  {
    'Content-Type': fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom('application/json', 'Application/JSON; charset=utf-8') },
      { weight: 1, arbitrary: fc.constantFrom('text/plain', '', 'application/jsonx', 'multipart/form-data') },
    ),
    'Content-Length': fc.constantFrom('0', '7', '99999999', 'x'),
    'X-Request-Id': fc.constantFrom('mine', 'a b', 'x'.repeat(129), '<script>'),
    'Idempotency-Key': fc.constantFrom('one', 'two', '', 'x'.repeat(256)),
    'X-Forwarded-For': fc.constantFrom('192.0.2.1', '<script>, ,', '::1'),
    Accept: fc.constantFrom('text/html', 'application/x-ndjson', 'x'),
  },
  { requiredKeys: ['Content-Type'] },
)

/** Stands for a part of the path: the place of an id among the target's, or a text as it is. */
const part = fc.oneof(
  { weight: 16, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.nat(4) },
  { weight: 1, arbitrary: noise.map(encode) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('%', '%zz', '%ff', '%00', '..', '.', '%2e%2e', '%2F', 'x'.repeat(10_000)),
  },
)
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PURGE']

export function hostileRequest(
  routes: readonly { method: string; path: string }[],
): fc.Arbitrary<HostileRequest> {
  const known = fc.tuple(fc.constantFrom(...routes), fc.constantFrom('', '', '', '', '', '/', '//', '/x'))
  const anywhere = fc.record({
    method: fc.constantFrom(...methods),
    path: fc.array(fc.constantFrom('api', 'organizations', 'domains', ':a', ':b'), { maxLength: 6 }),
  })
  const route = fc.oneof(
    { weight: 8, arbitrary: known.map(([{ method, path }, tail]) => ({ method, path: path + tail })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom(...methods), known)
        .map(([method, [{ path }]]) => ({ method, path })),
    },
    {
      weight: 1,
      arbitrary: anywhere.map(({ method, path }) => ({ method, path: `/api/${path.join('/')}` })),
    },
  )
  const request = {
    route,
    parts: fc.array(part, { minLength: 4, maxLength: 4 }),
    caller: fc.oneof(fc.constant('owner' as const), fc.constantFrom(...callers)),
  }
  return fc
    .record({ ...request, query, headers, body })
    .map(({ route, parts, caller, query, headers, body }) => ({
      caller,
      method: route.method,
      pathFor: target => pathOf(route.path, parts, target) + (query === '' ? '' : `?${query}`),
      headers,
      ...(route.method === 'GET' || route.method === 'HEAD' ? {} : { raw: body }),
    }))
}

/** Each parameter of the route becomes the id that belongs there, unless a part says otherwise. */
function pathOf(path: string, parts: readonly (number | string)[], { ids }: Target): string {
  const places = [...path.matchAll(/:\w+/g)].map(([name]) => name)
  return places.reduce((text, name, at) => {
    const part = parts[at] ?? 0
    const id = part === 0 ? idFor(name, ids) : typeof part === 'number' ? ids[part] : part
    return text.replace(name, () => id ?? '')
  }, path)
}

const idFor = (name: string, [organization, domain, token, key]: readonly string[]) =>
  name === ':organization' ? organization : name === ':token' ? token : name === ':id' ? domain : key

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}
