import { beforeAll, describe, expect, it } from 'vitest'
import { transact } from '../../../src/store/db.ts'
import { endApiKeysIn, listApiKeysOf } from '../../../src/store/organization/api-keys.ts'
import { deleteMember, lockMember, updateMember } from '../../../src/store/organization/members.ts'
import { eachDatabase } from '../../database.ts'
import { type Client, errorOf, type Installation, install, invalid } from './client.ts'

describe('account', () => {
  eachDatabase((_, open) => {
    let installation: Installation
    let owner: Client
    beforeAll(async () => {
      installation = await install(await open())
      owner = installation.owner
    })
    const create = (body: object, client = owner) => client('POST', '/api/personal_api_keys', { body })

    it('GET /users/@me: the person behind the key and where they belong', async () => {
      const { body } = await owner('GET', '/api/users/@me')
      expect(body).toMatchObject({
        id: installation.ownerId,
        uuid: installation.ownerId,
        first_name: '',
        last_name: '',
        email: expect.stringMatching(/@acme\.test$/),
        is_email_verified: true,
        organization: { id: installation.organizationId, membership_level: 15 },
      })
    })

    it('POST: the value once, then a list without it', async () => {
      const { status, body } = await create({
        label: ' CI ',
        scopes: ['organization:read', 'organization:read'],
      })
      expect(status).toBe(201)
      const { value, ...rest } = body
      expect(value).toMatch(/^gth_[A-Za-z0-9_-]{43}[A-Za-z0-9]{6}$/)
      expect(rest).toMatchObject({
        label: 'CI',
        scopes: ['organization:read'],
        organizations: null,
        hint: String(value).slice(-4),
        expires_at: null,
        last_used_at: null,
      })
      const { body: list } = await owner('GET', '/api/personal_api_keys?limit=1')
      expect(list).toMatchObject({ count: 2, results: [rest] })
      expect(JSON.stringify(list)).not.toContain(value)
    })

    it('last use is recorded, at most once a minute', async () => {
      const { body } = await create({ label: 'used', scopes: ['*'] })
      const client = installation.clientWith(String(body.value))
      const lastUse = async () => {
        const { body: list } = await client('GET', '/api/personal_api_keys')
        return (list.results as { id: string; last_used_at: string }[]).find(({ id }) => id === body.id)
          ?.last_used_at
      }
      const first = await lastUse()
      expect(first).toEqual(expect.any(String))
      installation.ctx.clock.advance(59_000)
      expect(await lastUse()).toBe(first)
      installation.ctx.clock.advance(2000)
      expect(await lastUse()).not.toBe(first)
    })

    it.each([
      [{ scopes: ['*'] }, 'required', 'label'],
      [{ label: 'x'.repeat(129), scopes: ['*'] }, 'max_length', 'label'],
      [{ label: 'x' }, 'required', 'scopes'],
      [{ label: 'x', scopes: [] }, 'required', 'scopes'],
      [{ label: 'x', scopes: ['organization'] }, 'invalid_choice', 'scopes'],
      [{ label: 'x', scopes: '*' }, 'invalid_input', 'scopes'],
      [{ label: 'x', scopes: [7] }, 'invalid_input', 'scopes'],
      [{ label: 'x', scopes: ['*'], organizations: ['nonsense'] }, 'invalid_input', 'organizations'],
      [
        { label: 'x', scopes: ['*'], organizations: ['01990000-0000-7000-8000-000000000000'] },
        'invalid_input',
        'organizations',
      ],
      [{ label: 'x', scopes: ['*'], expires_at: 'tomorrow' }, 'invalid_input', 'expires_at'],
      [{ label: 'x', scopes: ['organization'], expires_at: 'tomorrow' }, 'invalid_choice', 'scopes'],
      [{ label: 'x', scopes: [], organizations: 7 }, 'required', 'scopes'],
      [{ label: 'x', scopes: ['*'], organizations: [] }, 'invalid_input', 'organizations'],
      [{ label: 'x', scopes: ['*'], expires_at: '9999-12-31T23:59:59-10:00' }, 'invalid_input', 'expires_at'],
      [{ label: 'a\u0000', scopes: ['*'] }, 'invalid_input', 'label'],
      [{ label: 'x', scopes: ['\ud800'] }, 'invalid_input', 'scopes'],
      [{ label: 'x', scopes: ['*'], expires_at: '2020-01-01T00:00:00Z' }, 'invalid_input', 'expires_at'],
    ])('POST: refuses %j', async (body, code, attr) => {
      expect(errorOf(await create(body))).toEqual(invalid(code, attr))
    })

    it('needs the scope *', async () => {
      const { body } = await create({ label: 'narrow', scopes: ['organization:write'] })
      const narrow = installation.clientWith(String(body.value))
      for (const [method, path] of [
        ['GET', ''],
        ['POST', ''],
        ['DELETE', `/${body.id}`],
      ] as const)
        expect((await narrow(method, `/api/personal_api_keys${path}`)).status).toBe(403)
      expect((await narrow('GET', '/api/users/@me')).status).toBe(200)
    })

    it('a limited key opens no other organization and makes no wider key', async () => {
      const { body: second } = await owner('POST', '/api/organizations', { body: { name: 'Wider' } })
      const { body } = await create({
        label: 'limited',
        scopes: ['*'],
        organizations: [installation.organizationId],
      })
      const limited = installation.clientWith(String(body.value))
      expect((await limited('GET', `/api/organizations/${second.id}`)).status).toBe(404)
      expect((await limited('GET', '/api/organizations')).body.count).toBe(1)
      expect((await create({ label: 'x', scopes: ['*'] }, limited)).body.organizations).toEqual([
        installation.organizationId,
      ])
      const wider = await create({ label: 'x', scopes: ['*'], organizations: [second.id] }, limited)
      expect(errorOf(wider)).toEqual(invalid('invalid_input', 'organizations'))
    })

    it('expires when it says so', async () => {
      const expires_at = new Date(installation.ctx.now().getTime() + 60_000).toISOString()
      const { body } = await create({ label: 'short', scopes: ['*'], expires_at })
      const client = installation.clientWith(String(body.value))
      expect((await client('GET', '/api/users/@me')).status).toBe(200)
      installation.ctx.clock.advance(60_001)
      expect((await client('GET', '/api/users/@me')).body.code).toBe('authentication_failed')
    })

    it('DELETE: 204 and dead at once; another person’s key is missing', async () => {
      const { body } = await create({ label: 'gone', scopes: ['*'] })
      const other = await installation.memberOf(installation.organizationId, 15)
      const path = `/api/personal_api_keys/${body.id}`
      expect((await other('DELETE', path)).status).toBe(404)
      expect((await owner('DELETE', path)).status).toBe(204)
      expect((await installation.clientWith(String(body.value))('GET', '/api/users/@me')).status).toBe(401)
      expect((await owner('DELETE', path)).status).toBe(404)
    })

    it('DELETE: of several at once one ends the key, and the log says it once', async () => {
      const { body } = await create({ label: 'contested', scopes: ['*'] })
      const path = `/api/personal_api_keys/${body.id}`
      const answers = await Promise.all([1, 2, 3, 4].map(() => owner('DELETE', path)))
      expect(answers.map(({ status }) => status).sort()).toEqual([204, 404, 404, 404])
      const log = `/api/organizations/${installation.organizationId}/audit_log?action=api_key.deleted&target_id=${body.id}`
      expect((await owner('GET', log)).body.count).toBe(1)
    })

    it('a limited key neither sees nor ends keys that open more than it does', async () => {
      const organizations = [installation.organizationId]
      const { body: limited } = await create({ label: 'limited', scopes: ['*'], organizations })
      const { body: wide } = await create({ label: 'wide', scopes: ['*'] })
      const { body: peer } = await create({ label: 'peer', scopes: ['*'], organizations })
      const client = installation.clientWith(String(limited.value))
      const { body: list } = await client('GET', '/api/personal_api_keys')
      const ids = (list.results as { id: string }[]).map(({ id }) => id)
      expect(ids).toContain(peer.id)
      expect(ids).not.toContain(wide.id)
      expect((await client('DELETE', `/api/personal_api_keys/${wide.id}`)).status).toBe(404)
      expect((await client('DELETE', `/api/personal_api_keys/${peer.id}`)).status).toBe(204)
    })

    it('POST: whoever is suspended in the same moment is left without a key', async () => {
      const { organizationId, ctx } = installation
      const member = await installation.memberOf(organizationId, 1)
      const personId = String((await member('GET', '/api/users/@me')).body.id)
      const suspend = transact(ctx.db, async tx => {
        await lockMember(tx, organizationId, personId)
        await updateMember(tx, organizationId, { personId, status: 'suspended' })
        await endApiKeysIn(tx, organizationId, personId)
      })
      const made = [1, 2, 3, 4].map(() => create({ label: 'late', scopes: ['*'] }, member))
      await Promise.all([suspend, ...made])
      expect(await listApiKeysOf(ctx.db, personId)).toEqual([])
    })

    it('opens nothing once the membership is suspended or gone', async () => {
      const { organizationId, ctx } = installation
      const member = await installation.memberOf(organizationId, 8)
      const path = `/api/organizations/${organizationId}`
      const { body: me } = await member('GET', '/api/users/@me')
      const personId = String(me.id)
      await updateMember(ctx.db, organizationId, { personId, status: 'suspended' })
      expect((await member('GET', path)).status).toBe(404)
      await updateMember(ctx.db, organizationId, { personId, status: 'active' })
      expect((await member('GET', path)).status).toBe(200)
      await deleteMember(ctx.db, organizationId, personId)
      expect((await member('GET', path)).status).toBe(404)
    })

    it('audits keys in every organization that they open', async () => {
      const { body } = await create({
        label: 'audited',
        scopes: ['*'],
        organizations: [installation.organizationId],
      })
      await owner('DELETE', `/api/personal_api_keys/${body.id}`)
      const log = await owner(
        'GET',
        `/api/organizations/${installation.organizationId}/audit_log?target_id=${body.id}`,
      )
      expect(log.body.results).toMatchObject([{ action: 'api_key.deleted' }, { action: 'api_key.created' }])
      expect(JSON.stringify(log.body)).not.toContain(body.value)
    })
  })
})
