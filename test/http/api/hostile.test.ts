// Whatever is sent, the answer is the API's own: never a 500, nothing half done, no prototype touched.
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { operatorCaller } from '../../../src/manage/caller.ts'
import { addDomain } from '../../../src/manage/domain-claim.ts'
import { eachDatabase } from '../../database.ts'
import { type Installation, install } from './client.ts'

const names = [
  ...[
    'domain',
    'name',
    'slug',
    'label',
    'scopes',
    'organizations',
    'expires_at',
    'access',
    'overlap_seconds',
  ],
  ...['jit_provisioning_enabled', 'sso_enforcement', 'saml_entity_id', 'saml_acs_url', 'saml_x509_cert'],
  ...['saml_metadata', 'saml_attribute_mapping', 'saml_role_mapping', 'scim_enabled', 'scim_profile'],
  ...['__proto__', 'constructor', 'toString'],
]
const strange = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom('\u0000', '\ud800', '', ' ', '*', 'x'.repeat(70_000), 1e308, -0, [], [[]], {}),
)
const body = fc.oneof(
  fc.dictionary(fc.constantFrom(...names), strange).map(value => JSON.stringify(value)),
  fc.json(),
  fc.string({ unit: 'binary' }),
  fc.constant('{"__proto__":{"scopes":["*"]},"constructor":{"prototype":{"level":15}}}'),
  fc.constant('['.repeat(100_000)),
  fc.constant(`{"saml_role_mapping":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_001)}`),
)
const query = fc.webQueryParameters().map(text => `?${text}`)

describe('hostile requests', () => {
  eachDatabase((_, open) => {
    let installation: Installation
    let paths: [string, string][]
    beforeAll(async () => {
      installation = await install(await open(), { apiRateLimit: 0 })
      const { id } = await addDomain(installation.ctx, operatorCaller(installation.organizationId), {
        name: 'acme.test',
        verified: true,
        scim: true,
      })
      const base = `/api/organizations/${installation.organizationId}`
      paths = [
        ['POST', '/api/organizations'],
        ['GET', '/api/organizations'],
        ['POST', '/api/personal_api_keys'],
        ['PATCH', base],
        ['POST', `${base}/projects`],
        ['GET', `${base}/audit_log`],
        ['POST', `${base}/domains`],
        ['PATCH', `${base}/domains/${id}`],
        ['POST', `${base}/domains/${id}/verify`],
        ['POST', `${base}/domains/${id}/scim/token`],
        ['GET', `${base}/domains/${id}/scim/logs`],
      ]
    })

    it('random bodies and parameters are answered below 500', async () => {
      const request = fc.tuple(fc.nat(), body, query)
      await fc.assert(
        fc.asyncProperty(request, async ([pick, raw, parameters]) => {
          const [method, path] = paths[pick % paths.length] ?? ['GET', '/api']
          const sending = method === 'GET' ? {} : { raw, headers: { 'Content-Type': 'application/json' } }
          const { status, body } = await installation.owner(method, path + parameters, sending)
          expect(status).toBeLessThan(500)
          if (status >= 400) expect(Object.keys(body)).toEqual(['type', 'code', 'detail', 'attr'])
        }),
        { numRuns: 300 },
      )
      expect(Object.keys(Object.prototype)).toEqual([])
    })

    it('`__proto__` in a body is no field', async () => {
      const raw = '{"__proto__":{"domain":"proto.test"}}'
      const path = `/api/organizations/${installation.organizationId}/domains`
      const headers = { 'Content-Type': 'application/json' }
      expect((await installation.owner('POST', path, { raw, headers })).body).toMatchObject({
        code: 'required',
        attr: 'domain',
      })
    })
  })
})
