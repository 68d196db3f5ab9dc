// POST /domains/{id}/scim/token and DELETE /domains/{id}/scim/tokens/{id}: rotation with and without an overlap.
import { beforeAll, describe, expect, it } from 'vitest'
import { digestOf } from '../../../src/base/secret.ts'
import { operatorCaller } from '../../../src/manage/caller.ts'
import { addDomain } from '../../../src/manage/domains/claim.ts'
import { eachDatabase } from '../../database.ts'
import { type Client, errorOf, type Installation, install, invalid } from '../../http/api/client.ts'

let names = 0

describe('scim tokens', () => {
  eachDatabase((_, open) => {
    let installation: Installation
    let owner: Client
    beforeAll(async () => {
      installation = await install(await open())
      owner = installation.owner
    })

    const domainWith = async (options: { scim: boolean }) => {
      const operator = operatorCaller(installation.organizationId)
      const name = `name${names++}.test`
      const { id, scim_bearer_token: token } = await addDomain(installation.ctx, operator, {
        name,
        verified: true,
        ...options,
      })
      return { id, token, path: `/api/organizations/${installation.organizationId}/domains/${id}` }
    }
    const rotate = (path: string, body?: object) => owner('POST', `${path}/scim/token`, { body })
    const liveTokens = async (path: string) => (await owner('GET', path)).body.scim_tokens

    it('POST /domains/{id}/scim/token: a new token, shown once; the old one dies at once', async () => {
      const { id, path, token } = await domainWith({ scim: true })
      const { status, body } = await rotate(path)
      expect(status).toBe(200)
      expect(Object.keys(body).sort()).toEqual(
        ['scim_enabled', 'scim_base_url', 'scim_bearer_token', 'expires_previous_at'].sort(),
      )
      expect(body).toMatchObject({
        scim_enabled: true,
        scim_base_url: `http://127.0.0.1:3000/scim/v2/${id}`,
        expires_previous_at: null,
      })
      expect(body.scim_bearer_token).not.toBe(token)
      const stored = await installation.ctx.db
        .selectFrom('scim_tokens')
        .select('digest')
        .where('domain_id', '=', id)
        .execute()
      expect(stored).toEqual([{ digest: digestOf(String(body.scim_bearer_token)) }])
    })

    it('POST /domains/{id}/scim/token: within overlap_seconds old and new both live, then the old one is gone', async () => {
      const { path, token } = await domainWith({ scim: true })
      const { body } = await rotate(path, { overlap_seconds: 3600 })
      const end = String(body.expires_previous_at)
      const wait = Date.parse(end) - installation.ctx.now().getTime()
      expect(wait).toBeGreaterThan(3_590_000)
      expect(wait).toBeLessThanOrEqual(3_600_000)
      expect(await liveTokens(path)).toMatchObject([
        { hint: String(token).slice(-4), expires_at: end },
        { hint: String(body.scim_bearer_token).slice(-4), expires_at: null },
      ])
      installation.ctx.clock.advance(3_600_001)
      expect(await liveTokens(path)).toHaveLength(1)
    })

    it('POST /domains/{id}/scim/token: with an overlap and two live it is too_many_tokens; without one all older die', async () => {
      const { path } = await domainWith({ scim: true })
      await rotate(path, { overlap_seconds: 60 })
      expect(errorOf(await rotate(path, { overlap_seconds: 60 }))).toEqual(invalid('too_many_tokens', null))
      expect((await rotate(path, { overlap_seconds: 0 })).status).toBe(200)
      expect(await liveTokens(path)).toHaveLength(1)
    })

    it('POST /domains/{id}/scim/token: two rotations with an overlap at once leave two tokens', async () => {
      const { path } = await domainWith({ scim: true })
      const both = await Promise.all([1, 2].map(() => rotate(path, { overlap_seconds: 60 })))
      expect(both.map(answer => answer.status).sort()).toEqual([200, 400])
      expect(await liveTokens(path)).toHaveLength(2)
    })

    it.each([[-1], [604_801], [1.5], ['60'], [null], [true], [1e300]])(
      'POST /domains/{id}/scim/token: refuses overlap_seconds %j',
      async overlap_seconds => {
        const { path } = await domainWith({ scim: true })
        expect((await rotate(path, { overlap_seconds })).body.attr).toBe('overlap_seconds')
        expect(await liveTokens(path)).toHaveLength(1)
      },
    )

    it('POST /domains/{id}/scim/token: SCIM off is scim_disabled, looked at before the fields', async () => {
      const { path } = await domainWith({ scim: false })
      expect(errorOf(await rotate(path, { overlap_seconds: -1 }))).toEqual(invalid('scim_disabled', null))
    })

    it('DELETE /domains/{id}/scim/tokens/{token_id}: 204 and dead at once, then 404', async () => {
      const { id, path } = await domainWith({ scim: true })
      const [{ id: tokenId }] = (await liveTokens(path)) as [{ id: string }]
      const token = `${path}/scim/tokens/${tokenId}`
      const elsewhere = await domainWith({ scim: true })
      expect((await owner('DELETE', `${elsewhere.path}/scim/tokens/${tokenId}`)).status).toBe(404)
      expect((await owner('DELETE', token)).status).toBe(204)
      expect((await owner('GET', path)).body).toMatchObject({ id, scim_enabled: true, has_scim: false })
      expect((await owner('DELETE', token)).status).toBe(404)
    })

    it('audits a rotation by the hints alone', async () => {
      const { id, path, token } = await domainWith({ scim: true })
      const { body } = await rotate(path)
      const log = await owner(
        'GET',
        `/api/organizations/${installation.organizationId}/audit_log?target_id=${id}`,
      )
      expect(log.body.results).toMatchObject([{ action: 'scim.token_rotated' }, { action: 'domain.created' }])
      expect(JSON.stringify(log.body)).not.toContain(body.scim_bearer_token)
      expect(JSON.stringify(log.body)).not.toContain(token)
    })
  })
})
