// Section 7 and its settled questions: members, over HTTP.
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../src/base/id.ts'
import { operatorCaller } from '../../../src/manage/caller.ts'
import { addDomain } from '../../../src/manage/domains/claim.ts'
import { ensureMember, markSignedIn, updateMember } from '../../../src/store/organization/members.ts'
import { ensurePerson } from '../../../src/store/organization/people.ts'
import { insertUser } from '../../../src/store/resources/users.ts'
import { linkIdentity } from '../../../src/store/sign-in/identities.ts'
import { insertSession } from '../../../src/store/sign-in/sessions.ts'
import { eachDatabase } from '../../database.ts'
import { type Client, errorOf, type Installation, install, invalid } from './client.ts'

const denied = { status: 403, type: 'authentication_error', code: 'permission_denied', attr: null }
const missing = { status: 404, type: 'invalid_request', code: 'not_found', attr: null }

interface Listed {
  id: string
  level: number
  user: { id: string; email: string }
}

describe('members', () => {
  eachDatabase((_, open) => {
    let installation: Installation
    let owner: Client
    let path: string
    beforeAll(async () => {
      installation = await install(await open())
      owner = installation.owner
      path = `/api/organizations/${installation.organizationId}/members`
    })
    const idOf = async (client: Client) => String((await client('GET', '/api/users/@me')).body.id)
    const someone = async (level: number) => {
      const client = await installation.memberOf(installation.organizationId, level)
      return { client, id: await idOf(client) }
    }
    const person = async (email: string, [firstName = '', lastName = '']: string[] = []) => {
      const { ctx, organizationId } = installation
      const now = ctx.now().toISOString()
      const { id } = await ensurePerson(ctx.db, { email, firstName, lastName, isEmailVerified: true, now })
      await ensureMember(ctx.db, { organizationId, personId: id, level: 1, origin: 'invite', now })
      ctx.clock.advance(1000)
      return id
    }
    const list = async (query = '') => (await owner('GET', `${path}?${query}`)).body
    const addresses = async (query: string) =>
      ((await list(query)).results as Listed[]).map(({ user }) => user.email)

    describe('GET /members', () => {
      it('shows every field, to every member', async () => {
        const { ctx, organizationId } = installation
        const domain = await addDomain(ctx, operatorCaller(organizationId), {
          name: 'fields.test',
          verified: true,
        })
        const id = await person('ada@fields.test', ['Ada', 'Lovelace'])
        const found = async () => (await list('email=ADA@fields.test')).results
        const plain = {
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          user: {
            id,
            uuid: id,
            first_name: 'Ada',
            last_name: 'Lovelace',
            email: 'ada@fields.test',
            is_email_verified: true,
          },
          level: 1,
          status: 'active',
          joined_at: expect.stringMatching(/\.\d{3}Z$/),
          updated_at: expect.stringMatching(/\.\d{3}Z$/),
          is_2fa_enabled: false,
          has_social_auth: false,
          last_login: null,
          is_scim_managed: false,
          domain: 'fields.test',
        }
        expect(await found()).toEqual([plain])
        const now = ctx.now().toISOString()
        await markSignedIn(ctx.db, { organizationId, personId: id, now })
        await linkIdentity(ctx.db, { domainId: domain.id, nameId: 'ada', personId: id, now })
        await insertUser(ctx.db, {
          domain_id: domain.id,
          id: newId(),
          person_id: id,
          user_name: 'ada',
          display_name: null,
          external_id: null,
          email: null,
          active: 1,
          created_at: now,
          updated_at: now,
          version: 1,
          doc: '{}',
        })
        expect(await found()).toEqual([
          { ...plain, has_social_auth: true, last_login: now, is_scim_managed: true },
        ])
        const { client } = await someone(1)
        expect((await client('GET', `${path}?email=ada@fields.test`)).body.count).toBe(1)
      })

      it('orders by joined_at, the newest first unless asked otherwise; pages by limit and offset', async () => {
        for (const name of ['one', 'two', 'three']) await person(`${name}@order.test`)
        const search = 'search=@order.test'
        const newestFirst = ['three@order.test', 'two@order.test', 'one@order.test']
        expect(await addresses(search)).toEqual(newestFirst)
        expect(await addresses(`${search}&order=-joined_at`)).toEqual(newestFirst)
        expect(await addresses(`${search}&order=joined_at`)).toEqual([...newestFirst].reverse())
        expect(await addresses(`${search}&limit=1&offset=1`)).toEqual(['two@order.test'])
        const all = await list('limit=2&offset=1&order=joined_at')
        expect(all).toMatchObject({
          count: (await list('limit=0')).count,
          next: expect.stringContaining('offset=3'),
          previous: expect.stringContaining('offset=0'),
        })
        const everybody = (await list('limit=1000&order=joined_at')).results as Listed[]
        expect((all.results as Listed[]).map(({ id }) => id)).toEqual(
          everybody.slice(1, 3).map(({ id }) => id),
        )
      })

      it('search ranks who contains the term, in any case, before who is like it, the likest first', async () => {
        await person('grace@search.test', ['Grace', 'Hopper'])
        await person('g.hoper@search.test', ['Gracy', 'Hoper'])
        await person('hopp@search.test', ['Chopin', 'Hoppe'])
        await person('edsger@search.test', ['Edsger', 'Dijkstra'])
        expect(await addresses('search=HOPPE')).toEqual([
          'hopp@search.test',
          'grace@search.test',
          'g.hoper@search.test',
        ])
        expect(await addresses('search=Dikjstra')).toEqual(['edsger@search.test'])
        expect(await addresses('search=grace%20hop')).toContain('grace@search.test')
        expect((await list('search=zzzzzz')).count).toBe(0)
        expect(await addresses('search=%25')).toEqual([])
        expect(await addresses('search=ÉDSGER')).not.toContain('grace@search.test')
      })

      it('status is active, suspended or all', async () => {
        const { ctx, organizationId } = installation
        const personId = await person('sleeper@status.test')
        await updateMember(ctx.db, organizationId, { personId, status: 'suspended' })
        const email = 'email=sleeper@status.test'
        expect((await list(email)).count).toBe(0)
        expect((await list(`${email}&status=active`)).count).toBe(0)
        expect((await list(`${email}&status=suspended`)).results).toMatchObject([{ status: 'suspended' }])
        expect((await list('search=sleeper&status=all')).count).toBe(1)
      })

      it.each([
        ['order=level', 'invalid_choice', 'order'],
        ['order=', 'invalid_input', 'order'],
        ['status=gone', 'invalid_choice', 'status'],
        ['limit=-1', 'invalid_input', 'limit'],
        ['search=', 'invalid_input', 'search'],
      ])('refuses ?%s', async (query, code, attr) => {
        expect(errorOf(await owner('GET', `${path}?${query}`))).toEqual(invalid(code, attr))
      })

      it('shows nobody of another organization', async () => {
        const other = await installation.another()
        const { body } = await other.owner('GET', `/api/organizations/${other.organizationId}/members`)
        expect(body.count).toBe(1)
      })
    })

    describe('PATCH /members/{user_id}', () => {
      const patch = (client: Client, id: string, body: unknown) => client('PATCH', `${path}/${id}`, { body })

      it('changes the level, and the audit log has it', async () => {
        const { id } = await someone(1)
        const { status, body } = await patch(owner, id, { level: 8, status: 'suspended' })
        expect([status, body.level, body.status]).toEqual([200, 8, 'active'])
        const log = `/api/organizations/${installation.organizationId}/audit_log?action=member.level_changed&target_id=${body.id}`
        expect((await owner('GET', log)).body.results).toMatchObject([
          { changes: { level: { before: 1, after: 8 } } },
        ])
      })

      it('is denied for one’s own level, even to the same, by @me or by id', async () => {
        const { client, id } = await someone(8)
        for (const name of ['@me', id, id.toUpperCase()])
          for (const level of [1, 8, 15])
            expect(errorOf(await patch(client, name, { level }))).toEqual(denied)
        expect((await patch(client, '@me', {})).body).toMatchObject({ level: 8, user: { id } })
        const plain = await someone(1)
        expect(errorOf(await patch(plain.client, '@me', { level: 1 }))).toEqual(denied)
      })

      it('is denied above one’s own level, and for somebody above; only an owner makes an owner', async () => {
        const { client: admin } = await someone(8)
        const peer = await someone(8)
        expect(errorOf(await patch(admin, peer.id, { level: 15 }))).toEqual(denied)
        expect(errorOf(await patch(admin, installation.ownerId, { level: 1 }))).toEqual(denied)
        expect(errorOf(await patch(admin, installation.ownerId, { level: 15 }))).toEqual(denied)
        expect((await patch(admin, peer.id, { level: 1 })).body.level).toBe(1)
        expect((await patch(owner, peer.id, { level: 15 })).body.level).toBe(15)
        expect((await patch(owner, peer.id, { level: 8 })).body.level).toBe(8)
      })

      it('is denied to members below admin before it is looked whether there is such a member', async () => {
        const { client } = await someone(1)
        for (const id of [newId(), 'nonsense', installation.ownerId])
          expect(errorOf(await patch(client, id, 'nor at the body'))).toEqual(denied)
      })

      it('is missing for whoever is not a member', async () => {
        const other = await installation.another()
        for (const id of [newId(), 'nonsense', await idOf(other.owner)])
          expect(errorOf(await patch(owner, id, 'not looked at'))).toEqual(missing)
      })

      it.each([
        [{ level: 2 }, 'invalid_choice'],
        [{ level: '8' }, 'invalid_input'],
        [{ level: null }, 'null'],
      ])('refuses %j', async (body, code) => {
        const { id } = await someone(1)
        expect(errorOf(await patch(owner, id, body))).toEqual(invalid(code, 'level'))
      })

      it('ends the invites of the member that give more than the new level', async () => {
        const { client, id } = await someone(8)
        const invites = `/api/organizations/${installation.organizationId}/invites`
        const inviteAt = async (level: number) =>
          (await client('POST', invites, { body: { target_email: `up${level}@left.test`, level } })).body.id
        const [high, low] = [await inviteAt(8), await inviteAt(1)]
        await patch(owner, id, { level: 1 })
        const left = ((await owner('GET', `${invites}?limit=1000`)).body.results as Listed[]).map(
          each => each.id,
        )
        expect(left).toContain(low)
        expect(left).not.toContain(high)
      })

      it('two owners who demote each other at once leave an owner', async () => {
        const made = await owner('POST', '/api/organizations', { body: { name: 'Duel' } })
        const organizationId = String(made.body.id)
        const client = await installation.memberOf(organizationId, 15)
        const members = `/api/organizations/${organizationId}/members`
        const answers = await Promise.all([
          owner('PATCH', `${members}/${await idOf(client)}`, { body: { level: 1 } }),
          client('PATCH', `${members}/${installation.ownerId}`, { body: { level: 1 } }),
        ])
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 403])
      })
    })

    describe('DELETE /members/{user_id}', () => {
      const remove = (client: Client, id: string) => client('DELETE', `${path}/${id}`)

      it('ends the membership with its sessions, keys and invites, and the audit log has it', async () => {
        const { ctx, organizationId } = installation
        const { client, id } = await someone(8)
        const { body: second } = await client('POST', '/api/organizations', {
          body: { name: 'Of their own' },
        })
        const now = ctx.now().toISOString()
        await insertSession(ctx.db, {
          id: newId(),
          digest: newId(),
          person_id: id,
          organization_id: organizationId,
          domain_id: null,
          method: 'email',
          signed_in_at: now,
          expires_at: new Date(ctx.now().getTime() + 60_000).toISOString(),
        })
        const invites = `/api/organizations/${organizationId}/invites`
        const { body: invite } = await client('POST', invites, { body: { target_email: 'friend@left.test' } })
        expect((await remove(owner, id)).status).toBe(204)
        expect(await ctx.db.selectFrom('sessions').selectAll().where('person_id', '=', id).execute()).toEqual(
          [],
        )
        expect((await client('GET', path)).status).toBe(404)
        expect((await client('GET', `/api/organizations/${second.id}`)).status).toBe(200)
        expect((await owner('DELETE', `${invites}/${invite.id}`)).status).toBe(404)
        expect(errorOf(await remove(owner, id))).toEqual(missing)
        const log = `/api/organizations/${organizationId}/audit_log?action=member.removed`
        expect((await owner('GET', log)).body.results).toMatchObject([{ changes: { level: { before: 8 } } }])
      })

      it('anybody may leave, by @me or by id; their key dies with their only membership', async () => {
        const one = await someone(1)
        expect((await remove(one.client, '@me')).status).toBe(204)
        expect((await one.client('GET', '/api/users/@me')).status).toBe(401)
        const two = await someone(1)
        expect((await remove(two.client, two.id)).status).toBe(204)
      })

      it('the last owner is `last_owner`; of two who leave at once one stays', async () => {
        const made = await owner('POST', '/api/organizations', { body: { name: 'Lasting' } })
        const members = `/api/organizations/${made.body.id}/members`
        expect(errorOf(await owner('DELETE', `${members}/@me`))).toEqual(invalid('last_owner', null))
        const client = await installation.memberOf(String(made.body.id), 15)
        const answers = await Promise.all([
          owner('DELETE', `${members}/@me`),
          client('DELETE', `${members}/@me`),
        ])
        expect(answers.map(({ status }) => status).sort()).toEqual([204, 400])
      })

      it('administrators remove administrators and members, not owners; members nobody else', async () => {
        const { client: admin } = await someone(8)
        const { client: member, id } = await someone(1)
        const peer = await someone(8)
        expect(errorOf(await remove(admin, installation.ownerId))).toEqual(denied)
        expect(errorOf(await remove(member, peer.id))).toEqual(denied)
        expect(errorOf(await remove(member, newId()))).toEqual(denied)
        expect((await remove(admin, peer.id)).status).toBe(204)
        expect((await remove(admin, id)).status).toBe(204)
        expect(errorOf(await remove(admin, newId()))).toEqual(missing)
        expect(errorOf(await remove(admin, 'nonsense'))).toEqual(missing)
      })
    })
  })
})
