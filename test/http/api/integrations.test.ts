// Integrations over HTTP (section 4): what members see, what administrators change, what Vercel is told of it.
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../../src/base/id.ts'
import { OutboxWorker } from '../../../src/jobs/outbox.ts'
import { eachDatabase } from '../../database.ts'
import { clientSecret, type FakeVercel, integrationId, startVercel } from '../../vendors/vercel.ts'
import { type Client, errorOf, type Installation, install, invalid } from './client.ts'

const missing = { status: 404, type: 'invalid_request', code: 'not_found', attr: null }

describe('integrations', () => {
  eachDatabase((_, open) => {
    let vercel: FakeVercel
    let installation: Installation
    let worker: OutboxWorker
    let base: string
    let owner: Client
    let serial = 0
    beforeAll(async () => {
      vercel = await startVercel()
      installation = await install(await open(), {
        vercelIntegrationId: integrationId,
        vercelClientSecret: clientSecret,
        vercelApiUrl: vercel.url,
        vercelJwksUrl: `${vercel.url}/.well-known/jwks`,
      })
      worker = new OutboxWorker(installation.ctx)
      owner = installation.owner
      base = `/api/organizations/${installation.organizationId}`
      for (const name of ['Site', 'Staging', 'Local'])
        await owner('POST', `${base}/projects`, { body: { name } })
    })
    beforeEach(() => {
      vercel.outage.mode = 'up'
      installation.ctx.clock.set(new Date().toISOString())
    })

    const link = async () => {
      serial += 1
      vercel.codes.set(`code ${serial}`, `icfg_linked${serial}`)
      const body = { kind: 'vercel', code: `code ${serial}`, redirect_uri: 'https://gatehouse.test/vercel' }
      const answer = await owner('POST', `${base}/integrations`, { body })
      expect(answer.status).toBe(201)
      return answer.body as { id: string; integration_id: string }
    }
    /** From the marketplace; with the owner of the organization that this makes. */
    const installFromMarketplace = async () => {
      serial += 1
      const id = `icfg_market${serial}`
      vercel.installations.set(id, `token ${serial}`)
      const token = await vercel.userToken(id, { claims: { user_email: `market${serial}@vercel.test` } })
      const answer = await installation.clientWith(token)('PUT', `/api/vercel/v1/installations/${id}`, {
        body: {
          scopes: ['read:project'],
          acceptedPolicies: { toc: '2026-01-01T00:00:00Z' },
          credentials: { access_token: `token ${serial}`, token_type: 'Bearer' },
          account: { name: 'Market', url: 'https://vercel.com/x', contact: { email: 'x@vercel.test' } },
        },
      })
      expect(answer.status).toBe(200)
      const { db } = installation.ctx
      const row = await db
        .selectFrom('integrations')
        .selectAll()
        .where('integration_id', '=', id)
        .executeTakeFirstOrThrow()
      const market = await installation.memberOf(row.organization_id, 8)
      return { id: row.id, installationId: id, market, base: `/api/organizations/${row.organization_id}` }
    }
    const projectTokens = async () => {
      const { body } = await owner('GET', `${base}/projects`)
      return new Map((body.results as { id: number; api_token: string }[]).map(p => [p.id, p.api_token]))
    }

    describe('GET /integrations (S6) and /integrations/{id} (S7)', () => {
      it('pages, newest first, open to every member', async () => {
        const first = await link()
        const second = await link()
        const member = await installation.memberOf(installation.organizationId, 1)
        const { status, body } = await member('GET', `${base}/integrations?limit=1`)
        expect([status, body.next, body.previous]).toEqual([
          200,
          `http://127.0.0.1:3000${base}/integrations?limit=1&offset=1`,
          null,
        ])
        expect((body.results as { id: string }[]).map(each => each.id)).toEqual([second.id])
        const one = await member('GET', `${base}/integrations/${first.id.toUpperCase()}`)
        expect(one.body).toEqual({
          id: first.id,
          kind: 'vercel',
          integration_id: first.integration_id,
          config: { type: 'connectable', team_id: 'team_1' },
          created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
          updated_at: expect.any(String),
          created_by: expect.objectContaining({ id: installation.ownerId, uuid: installation.ownerId }),
        })
      })

      it('credentials are sealed where they are kept, and in no answer', async () => {
        const { id, integration_id } = await link()
        const row = await installation.ctx.db
          .selectFrom('integrations')
          .select(['sealed', 'config'])
          .where('id', '=', id)
          .executeTakeFirstOrThrow()
        expect(row.sealed).toMatch(/^v1\./)
        expect(JSON.stringify(row)).not.toContain(`linked ${integration_id}`)
        const { body } = await owner('GET', `${base}/integrations`)
        expect(JSON.stringify(body)).not.toMatch(/access_token|sealed|linked icfg/)
      })

      it('needs the scope organization_integration:read', async () => {
        const without = await installation.memberOf(installation.organizationId, 15, ['organization:write'])
        const answer = await without('GET', `${base}/integrations`)
        expect(answer.status).toBe(403)
        expect(answer.body.detail).toContain('organization_integration:read')
      })

      it('a malformed id, one that is not there and one of another organization are missing', async () => {
        const other = await installation.another()
        const { id } = await link()
        for (const path of ['x', newId(), `${id}x`])
          expect(errorOf(await owner('GET', `${base}/integrations/${path}`))).toEqual(missing)
        const theirs = `/api/organizations/${other.organizationId}/integrations/${id}`
        for (const [method, path] of [
          ['GET', theirs],
          ['DELETE', theirs],
          ['PATCH', `${theirs}/environment-mapping`],
        ] as const)
          expect(errorOf(await other.owner(method, path))).toEqual(missing)
      })
    })

    describe('PATCH /integrations/{id}/environment-mapping (S9)', () => {
      const map = (id: string, body: unknown, client = owner) =>
        client('PATCH', `${base}/integrations/${id}/environment-mapping`, { body })

      it('keeps the mapping and pushes the tokens of its projects to Vercel', async () => {
        const { id, integration_id } = await link()
        const answer = await map(id, { production: 1, preview: 2, development: 3 })
        expect([answer.status, answer.body.config]).toEqual([
          200,
          {
            type: 'connectable',
            team_id: 'team_1',
            environment_mapping: { production: 1, preview: 2, development: 3 },
          },
        ])
        await worker.deliverDue()
        const tokens = await projectTokens()
        expect(vercel.resources.get(`${integration_id}/${id}`)).toMatchObject({
          productId: 'gatehouse',
          secrets: [
            {
              name: 'GATEHOUSE_PROJECT_TOKEN',
              value: tokens.get(1),
              environmentOverrides: {
                production: tokens.get(1),
                preview: tokens.get(2),
                development: tokens.get(3),
              },
            },
          ],
        })
      })

      it('an environment that is left out takes production’s', async () => {
        const { id } = await link()
        const { body } = await map(id, { production: 2 })
        expect(body.config).toMatchObject({
          environment_mapping: { production: 2, preview: 2, development: 2 },
        })
        const partly = await map(id, { production: 1, development: 3 })
        expect(partly.body.config).toMatchObject({
          environment_mapping: { production: 1, preview: 1, development: 3 },
        })
      })

      it.each([
        [{}, 'required', 'production'],
        [{ preview: 1 }, 'required', 'production'],
        [{ production: null }, 'null', 'production'],
        [{ production: '1' }, 'invalid_input', 'production'],
        [{ production: 1.5 }, 'invalid_input', 'production'],
        [{ production: 0 }, 'invalid_input', 'production'],
        [{ production: 99 }, 'invalid_input', 'production'],
        [{ production: 1e300 }, 'invalid_input', 'production'],
        [{ production: 2_147_483_648 }, 'invalid_input', 'production'],
        [{ production: 1, preview: 99 }, 'invalid_input', 'preview'],
        [{ production: 1, preview: null }, 'null', 'preview'],
        [{ production: 1, development: 99 }, 'invalid_input', 'development'],
      ])('refuses %j with %s on %s', async (body, code, attr) => {
        const { id } = await link()
        expect(errorOf(await map(id, body))).toEqual(invalid(code, attr))
      })

      it('a project of another organization is none of ours', async () => {
        const other = await installation.another()
        for (const name of ['a', 'b', 'c', 'd'])
          await other.owner('POST', `/api/organizations/${other.organizationId}/projects`, { body: { name } })
        const { id } = await link()
        expect(errorOf(await map(id, { production: 4 }))).toEqual(invalid('invalid_input', 'production'))
      })

      it('one from the marketplace is not connectable', async () => {
        const { id, market, base: theirs } = await installFromMarketplace()
        await market('POST', `${theirs}/projects`, { body: { name: 'Site' } })
        const answer = await market('PATCH', `${theirs}/integrations/${id}/environment-mapping`, {
          body: { production: 1 },
        })
        expect(errorOf(answer)).toEqual(invalid('not_connectable', null))
      })

      it('is for administrators with organization_integration:write', async () => {
        const { id } = await link()
        const member = await installation.memberOf(installation.organizationId, 1)
        const reader = await installation.memberOf(installation.organizationId, 15, [
          'organization_integration:read',
        ])
        for (const client of [member, reader])
          expect((await map(id, { production: 1 }, client)).status).toBe(403)
      })

      it('Vercel down for a while: the call is quick, and the newest mapping arrives once it is back', async () => {
        const { id, integration_id } = await link()
        vercel.outage.mode = 'silent'
        const started = performance.now()
        expect((await map(id, { production: 1 })).status).toBe(200)
        expect(performance.now() - started).toBeLessThan(1000)
        vercel.outage.mode = 'failing'
        await worker.deliverDue()
        expect((await map(id, { production: 2 })).status).toBe(200)
        await worker.deliverDue()
        expect(vercel.resources.has(`${integration_id}/${id}`)).toBe(false)
        vercel.outage.mode = 'up'
        installation.ctx.clock.advance(60 * 60 * 1000)
        await worker.deliverDue()
        const tokens = await projectTokens()
        expect(vercel.resources.get(`${integration_id}/${id}`)?.secrets).toMatchObject([
          { value: tokens.get(2) },
        ])
        expect(await installation.ctx.db.selectFrom('outbox').select('id').execute()).toEqual([])
      })

      it('a mapping that changes while it is pushed is pushed again: the newest is the last', async () => {
        const { id, integration_id } = await link()
        let changes = 0
        vercel.beforeSecrets = async () => {
          changes += 1
          if (changes <= 2) await map(id, { production: changes + 1 })
        }
        await map(id, { production: 1 })
        await worker.deliverDue()
        vercel.beforeSecrets = async () => {}
        const tokens = await projectTokens()
        expect(vercel.resources.get(`${integration_id}/${id}`)?.secrets).toMatchObject([
          { value: tokens.get(3) },
        ])
      })

      it('what is written to the log says what was mapped', async () => {
        const { id } = await link()
        await map(id, { production: 3 })
        const { body } = await owner('GET', `${base}/audit_log?target_id=${id}`)
        expect((body.results as unknown[])[0]).toMatchObject({
          action: 'integration.environments_mapped',
          changes: {
            environment_mapping: { before: null, after: { production: 3, preview: 3, development: 3 } },
          },
        })
      })
    })

    describe('DELETE /integrations/{id} (S8)', () => {
      it('one from the marketplace ends at Vercel too, even if Vercel is down when it happens', async () => {
        const { id, installationId, market, base: theirs } = await installFromMarketplace()
        vercel.outage.mode = 'failing'
        expect((await market('DELETE', `${theirs}/integrations/${id}`)).status).toBe(204)
        await worker.deliverDue()
        expect(vercel.installations.has(installationId)).toBe(true)
        expect((await market('GET', `${theirs}/integrations`)).body).toMatchObject({ count: 0 })
        vercel.outage.mode = 'up'
        installation.ctx.clock.advance(60 * 60 * 1000)
        await worker.deliverDue()
        expect(vercel.installations.has(installationId)).toBe(false)
      })

      it('one from the marketplace ends at Vercel with its organization too', async () => {
        const { installationId, base: theirs } = await installFromMarketplace()
        const theirOwner = await installation.memberOf(theirs.split('/').at(-1) ?? '', 15)
        expect((await theirOwner('DELETE', theirs)).status).toBe(204)
        await worker.deliverDue()
        expect(vercel.installations.has(installationId)).toBe(false)
      })

      it('one that Vercel has ended already is as good', async () => {
        const { id, installationId, market, base: theirs } = await installFromMarketplace()
        vercel.installations.delete(installationId)
        await market('DELETE', `${theirs}/integrations/${id}`)
        await worker.deliverDue()
        const left = installation.ctx.db.selectFrom('outbox').select('kind').where('about', '=', id)
        expect(await left.execute()).toEqual([])
      })

      it('a linked one ends here alone', async () => {
        const { id, integration_id } = await link()
        expect((await owner('DELETE', `${base}/integrations/${id}`)).status).toBe(204)
        await worker.deliverDue()
        expect(vercel.installations.has(integration_id)).toBe(true)
        expect(errorOf(await owner('DELETE', `${base}/integrations/${id}`))).toEqual(missing)
      })

      it('is for administrators', async () => {
        const { id } = await link()
        const member = await installation.memberOf(installation.organizationId, 1)
        expect((await member('DELETE', `${base}/integrations/${id}`)).status).toBe(403)
      })
    })

    describe('POST /integrations', () => {
      const body = { kind: 'vercel', code: 'nobody knows it', redirect_uri: 'https://gatehouse.test/vercel' }

      it('a code that Vercel does not know is 400 on it, one used again as well', async () => {
        expect(errorOf(await owner('POST', `${base}/integrations`, { body }))).toEqual(
          invalid('invalid_input', 'code'),
        )
      })

      it('the same account linked again gets new credentials and stays one', async () => {
        const first = await link()
        vercel.codes.set('again', first.integration_id)
        const again = await owner('POST', `${base}/integrations`, { body: { ...body, code: 'again' } })
        expect([again.status, again.body.id]).toEqual([201, first.id])
      })

      it('linked twice at once it is one', async () => {
        const codes = ['once', 'and once more']
        for (const code of codes) vercel.codes.set(code, 'icfg_twice')
        const answers = await Promise.all(
          codes.map(code => owner('POST', `${base}/integrations`, { body: { ...body, code } })),
        )
        expect(answers.map(({ status }) => status)).toEqual([201, 201])
        expect(new Set(answers.map(answer => answer.body.id)).size).toBe(1)
      })

      it('503 while Vercel does not answer', async () => {
        vercel.outage.mode = 'failing'
        const answer = await owner('POST', `${base}/integrations`, { body })
        expect(errorOf(answer)).toEqual({
          status: 503,
          type: 'server_error',
          code: 'vendor_unavailable',
          attr: null,
        })
        expect(answer.headers.get('retry-after')).toBe('30')
      })

      it('404 where Vercel is not configured', async () => {
        const bare = await install(await open())
        const path = `/api/organizations/${bare.organizationId}/integrations`
        expect(errorOf(await bare.owner('POST', path, { body }))).toEqual(missing)
      })
    })
  })
})
