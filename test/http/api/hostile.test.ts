// Whatever is sent to whichever route by whomever, the answer is the API's own: never a 500, no prototype touched.
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApiApp } from '../../../src/http/api/app.ts'
import { operatorCaller } from '../../../src/manage/caller.ts'
import { addDomain } from '../../../src/manage/domains/claim.ts'
import { eachDatabase } from '../../database.ts'
import { type Answer, type Client, type Installation, install } from './client.ts'
import { callers, hostileRequest, type Target } from './hostile.ts'

const runs = 500

describe('hostile requests', () => {
  eachDatabase((_, open) => {
    let installation: Installation
    let routes: { method: string; path: string }[]
    beforeAll(async () => {
      installation = await install(await open(), { apiRateLimit: 0, publicRateLimit: 0 })
      const mounted = createApiApp(installation.ctx).routes
      routes = mounted.filter(({ method, path }) => method !== 'ALL' && path !== '/*')
    })

    let names = 0
    /** Something to aim at, with everybody who may aim. */
    async function prepare(): Promise<Target & { clients: ReadonlyMap<string, Client> }> {
      const { ctx, owner, clientWith, memberOf } = installation
      const { body: made } = await owner('POST', '/api/organizations', { body: { name: 'Target' } })
      const organization = String(made.id)
      const domain = await addDomain(ctx, operatorCaller(organization), {
        name: `target${names++}.test`,
        verified: true,
        scim: true,
      })
      const { body: key } = await owner('POST', '/api/personal_api_keys', {
        body: { label: 'spare', scopes: ['*'] },
      })
      const other = await installation.another()
      const keys: Client[] = [
        owner,
        await memberOf(organization, 8),
        await memberOf(organization, 1),
        await memberOf(organization, 15, ['organization:read']),
        other.owner,
        clientWith(),
        clientWith('nonsense'),
        clientWith(domain.scim_bearer_token ?? ''),
      ]
      return {
        ids: [organization, domain.id, domain.scim_tokens[0]?.id ?? '', String(key.id), other.organizationId],
        clients: new Map(callers.map((caller, at) => [caller, keys[at] ?? owner])),
      }
    }

    const expectOurs = ({ status, headers, body }: Answer, method: string) => {
      expect(status).toBeLessThan(500)
      expect(headers.get('x-request-id')).toMatch(/^[A-Za-z0-9._-]{1,128}$/)
      if (status < 400 || method === 'HEAD') return
      expect(headers.get('content-type')).toBe('application/json')
      expect(Object.keys(body)).toEqual(['type', 'code', 'detail', 'attr'])
      expect(body).toMatchObject({
        type: expect.stringMatching(/^[a-z_]+$/),
        code: expect.stringMatching(/^[a-z_]+$/),
        detail: expect.stringMatching(/\S/),
      })
      expect(body.attr === null || typeof body.attr === 'string').toBe(true)
    }

    it('random requests at every route are answered below 500, and refused in the one form', {
      timeout: 120_000,
    }, async () => {
      let target = await prepare()
      await fc.assert(
        fc.asyncProperty(hostileRequest(routes), async ({ caller, method, pathFor, ...sending }) => {
          const client = target.clients.get(caller) ?? installation.owner
          const answer = await client(method, pathFor(target), sending)
          expectOurs(answer, method)
          if (method === 'DELETE' && answer.status === 204) target = await prepare()
        }),
        { numRuns: runs },
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
