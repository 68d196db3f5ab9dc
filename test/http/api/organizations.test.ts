import { beforeAll, describe, expect, it } from 'vitest'
import { eachDatabase } from '../../database.ts'
import { type Client, errorOf, type Installation, install, invalid } from './client.ts'

describe('organizations', () => {
  eachDatabase((_, open) => {
    let installation: Installation
    let owner: Client
    beforeAll(async () => {
      installation = await install(await open())
      owner = installation.owner
    })
    const create = (body: object) => owner('POST', '/api/organizations', { body })

    it('POST: the caller becomes owner; slug from the name, made unique by a number', async () => {
      const { status, body } = await create({ name: '  Élan & Söhne GmbH  ' })
      expect(status).toBe(201)
      expect(body).toMatchObject({
        name: 'Élan & Söhne GmbH',
        slug: 'elan-sohne-gmbh',
        membership_level: 15,
        member_count: 1,
        members_can_invite: false,
        default_membership_level: 1,
      })
      expect((await create({ name: 'Elan, Sohne; GmbH' })).body.slug).toBe('elan-sohne-gmbh-2')
      expect((await create({ name: '株式会社' })).body.slug).toBe('organization')
      expect((await owner('GET', `/api/organizations/${body.id}`)).body).toEqual(body)
    })

    it('POST: many of one name at once all get a slug of their own', async () => {
      const made = await Promise.all(Array.from({ length: 20 }, () => create({ name: 'Rush' })))
      expect(made.map(answer => answer.status)).toEqual(made.map(() => 201))
      expect(new Set(made.map(answer => answer.body.slug)).size).toBe(20)
    })

    it.each([
      [{}, 'required', 'name'],
      [{ name: ' ' }, 'blank', 'name'],
      [{ name: null }, 'null', 'name'],
      [{ name: 'x'.repeat(65) }, 'max_length', 'name'],
      [{ name: 'a\u0000b' }, 'invalid_input', 'name'],
      [{ name: 'Acme', slug: 'Not A Slug' }, 'invalid_input', 'slug'],
      [{ name: 'Acme', default_membership_level: 15 }, 'invalid_choice', 'default_membership_level'],
      [{ name: 'Acme', members_can_invite: 'yes' }, 'invalid_input', 'members_can_invite'],
    ])('POST: refuses %j', async (body, code, attr) => {
      expect(errorOf(await create(body))).toEqual(invalid(code, attr))
    })

    it('POST: needs a key without a limit to organizations', async () => {
      const { body } = await owner('POST', '/api/personal_api_keys', {
        body: { label: 'limited', scopes: ['*'], organizations: [installation.organizationId] },
      })
      const limited = installation.clientWith(String(body.value))
      for (const name of ['No', '', 7])
        expect((await limited('POST', '/api/organizations', { body: { name } })).status).toBe(403)
    })

    it('PATCH: changes what is sent; a slug of another is `unique`; DELETE is the owner’s', async () => {
      const { body: made } = await create({ name: 'Changing' })
      const path = `/api/organizations/${made.id}`
      const patch = {
        name: 'Changed',
        slug: 'changed',
        members_can_invite: true,
        default_membership_level: 8,
        id: 'x',
      }
      const { body } = await owner('PATCH', path, { body: patch })
      expect(body).toMatchObject({ ...patch, id: made.id })
      const { body: other } = await create({ name: 'Changed' })
      expect(other.slug).toBe('changed-2')
      const taken = await owner('PATCH', path, { body: { slug: 'changed-2' } })
      expect(errorOf(taken)).toEqual(invalid('unique', 'slug'))
      expect((await owner('PATCH', path, { body: { slug: 'changed' } })).status).toBe(200)
      const log = (await owner('GET', `${path}/audit_log?action=organization.updated`)).body
      expect(log).toMatchObject({
        count: 1,
        results: [{ changes: { name: { before: 'Changing', after: 'Changed' } } }],
      })
    })

    it('DELETE: 204 for the owner; then it and all of it are missing', async () => {
      const { body: made } = await create({ name: 'Ending' })
      const path = `/api/organizations/${made.id}`
      await owner('POST', `${path}/domains`, { body: { domain: 'ending.test' } })
      await owner('POST', `${path}/projects`, { body: { name: 'Site' } })
      expect((await owner('DELETE', path)).status).toBe(204)
      expect((await owner('GET', path)).status).toBe(404)
      const left = await installation.ctx.db
        .selectFrom('domains')
        .where('name', '=', 'ending.test')
        .selectAll()
        .execute()
      expect(left).toEqual([])
    })

    it('DELETE: what is asked for at the same moment is done before it, or missing', async () => {
      const { body: made } = await create({ name: 'Ending at once' })
      const path = `/api/organizations/${made.id}`
      const document = {
        document_type: 'DPA',
        company_name: 'Acme',
        company_address: 'Road 1',
        representative_email: 'ada@acme.test',
      }
      const answers = await Promise.all([
        owner('DELETE', path),
        owner('POST', `${path}/legal_documents`, { body: document }),
        owner('POST', `${path}/domains`, { body: { domain: 'at-once.test' } }),
        owner('POST', `${path}/projects`, { body: { name: 'Site' } }),
        owner('POST', `${path}/invites`, { body: { target_email: 'bob@acme.test' } }),
      ])
      const [deleted, ...others] = answers.map(({ status }) => status)
      expect(deleted).toBe(204)
      for (const status of others) expect([201, 404]).toContain(status)
    })

    it('DELETE: a key for it alone dies with it, one for others too goes on', async () => {
      const { body: made } = await create({ name: 'With keys' })
      const keyFor = async (organizations: unknown[]) => {
        const body = { label: 'key', scopes: ['*'], organizations }
        return installation.clientWith(
          String((await owner('POST', '/api/personal_api_keys', { body })).body.value),
        )
      }
      const alone = await keyFor([made.id])
      const both = await keyFor([made.id, installation.organizationId])
      expect((await owner('DELETE', `/api/organizations/${made.id}`)).status).toBe(204)
      expect((await alone('GET', '/api/users/@me')).status).toBe(401)
      expect((await both('GET', '/api/organizations')).body).toMatchObject({
        count: 1,
        results: [{ id: installation.organizationId }],
      })
      expect((await owner('GET', '/api/users/@me')).status).toBe(200)
    })

    it('DELETE: amid other changes each of them is either done or missing', async () => {
      const { body: made } = await create({ name: 'Amid' })
      const path = `/api/organizations/${made.id}`
      const { body: domain } = await owner('POST', `${path}/domains`, { body: { domain: 'amid.test' } })
      const key = { label: 'key', scopes: ['*'] }
      const changes = (round: number) => [
        owner('POST', `${path}/domains`, { body: { domain: `amid${round}.test` } }),
        owner('PATCH', `${path}/domains/${domain.id}`, { body: { saml_entity_id: `urn:${round}` } }),
        owner('PATCH', path, { body: { name: `Amid ${round}` } }),
        owner('POST', `${path}/projects`, { body: { name: 'Site' } }),
        owner('POST', '/api/personal_api_keys', { body: key }),
        owner('DELETE', path),
      ]
      const answers = await Promise.all([1, 2, 3].flatMap(changes))
      expect(answers.filter(({ status }) => ![200, 201, 204, 404].includes(status))).toEqual([])
      expect(answers.filter(({ status }) => status === 204)).toHaveLength(1)
    })

    it('GET: those of the caller, a page of them', async () => {
      const { owner, organizationId } = await installation.another()
      for (const name of ['Second', 'Third']) await owner('POST', '/api/organizations', { body: { name } })
      const { body } = await owner('GET', '/api/organizations?limit=2&offset=0')
      expect(body).toMatchObject({
        count: 3,
        next: 'http://127.0.0.1:3000/api/organizations?limit=2&offset=2',
        previous: null,
        results: [{ id: organizationId }, { name: 'Second' }],
      })
      expect((await owner('GET', '/api/organizations?limit=0')).body).toMatchObject({
        count: 3,
        next: null,
        results: [],
      })
      expect((await owner('GET', '/api/organizations?offset=9')).body).toMatchObject({
        count: 3,
        results: [],
      })
    })

    it.each([
      ['limit=', 'limit'],
      ['limit=-1', 'limit'],
      ['limit=ten', 'limit'],
      ['limit=1.5', 'limit'],
      ['offset=%00', 'offset'],
      ['offset=99999999999999999999', 'offset'],
    ])('GET: ?%s is 400', async (query, attr) => {
      expect(errorOf(await owner('GET', `/api/organizations?${query}`))).toEqual(
        invalid('invalid_input', attr),
      )
    })

    it('@current is the key’s only organization, else the one last used, else the oldest membership', async () => {
      const {
        owner,
        organizationId: first,
        clientWith,
      } = { ...installation, ...(await installation.another()) }
      const current = async (client: Client) => (await client('GET', '/api/organizations/@current')).body.id
      expect(await current(owner)).toBe(first)
      const { body: second } = await owner('POST', '/api/organizations', { body: { name: 'Newer' } })
      expect(await current(owner)).toBe(second.id)
      await owner('GET', `/api/organizations/${first}`)
      expect(await current(owner)).toBe(first)
      const { body: key } = await owner('POST', '/api/personal_api_keys', {
        body: { label: 'limited', scopes: ['*'], organizations: [second.id] },
      })
      expect(await current(clientWith(String(key.value)))).toBe(second.id)
      expect((await owner('GET', '/api/organizations/%40current')).status).toBe(200)
    })

    it('projects have small integers for ids, without a gap or a double when made at once', async () => {
      const { owner, organizationId } = await installation.another()
      const path = `/api/organizations/${organizationId}/projects`
      const made = await Promise.all(
        ['a', 'b', 'c', 'd'].map(name => owner('POST', path, { body: { name, access: 'restricted' } })),
      )
      expect(made.map(answer => answer.body.id).sort()).toEqual([1, 2, 3, 4])
      const { body } = await owner('GET', `${path}?offset=1&limit=2`)
      expect(body).toMatchObject({ count: 4, results: [{ id: 2, access: 'restricted' }, { id: 3 }] })
      expect(body.previous).toBe(`http://127.0.0.1:3000${path}?offset=0&limit=2`)
      expect((await owner('POST', path, { body: { name: 'e' } })).body).toMatchObject({
        access: 'open',
        api_token: expect.any(String),
      })
      expect(errorOf(await owner('POST', path, { body: { name: 'f', access: 'closed' } }))).toEqual(
        invalid('invalid_choice', 'access'),
      )
    })
  })
})
