// GET and PATCH /domains/{id}/scim/groups: pushed groups, and the levels that they give to whoever is in them.
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../src/base/id.ts'
import { createScimApp } from '../../../src/http/scim/app.ts'
import { operatorCaller } from '../../../src/manage/caller.ts'
import { addDomain } from '../../../src/manage/domains/claim.ts'
import { Recorder } from '../../../src/provision/log/recorder.ts'
import { insertInvite, listInvites } from '../../../src/store/organization/invites.ts'
import { updateMember } from '../../../src/store/organization/members.ts'
import { eachDatabase } from '../../database.ts'
import { type Client, errorOf, type Installation, install, invalid } from './client.ts'

const schema = (name: string) => `urn:ietf:params:scim:schemas:core:2.0:${name}`
const patchSchema = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

interface Pushing {
  /** The domain in the API. */
  readonly api: string
  readonly id: string
  user(name: string, changes?: object): Promise<string>
  group(displayName: string, members?: readonly string[]): Promise<string>
  send(method: string, path: string, body?: object): Promise<Response>
  add(groupId: string, userId: string): Promise<Response>
  remove(groupId: string, userId: string): Promise<Response>
}

describe('scim/groups', () => {
  eachDatabase((_, open) => {
    let installation: Installation
    let owner: Client
    let acme: Pushing

    beforeAll(async () => {
      installation = await install(await open(), { scimRateLimit: 0, apiRateLimit: 0 })
      owner = installation.owner
      acme = await domainOf(installation.organizationId, 'acme.test')
    })

    async function domainOf(organizationId: string, name: string): Promise<Pushing> {
      const { ctx } = installation
      const domain = await addDomain(ctx, operatorCaller(organizationId), {
        name,
        verified: true,
        scim: true,
      })
      const app = createScimApp(ctx, new Recorder(ctx))
      const send = async (method: string, path: string, body?: object) =>
        app.request(`/scim/v2/${domain.id}${path}`, {
          method,
          headers: {
            Authorization: `Bearer ${domain.scim_bearer_token}`,
            'Content-Type': 'application/scim+json',
          },
          ...(body && { body: JSON.stringify(body) }),
        })
      const make = async (path: string, body: object) => {
        const answer = await send('POST', path, body)
        expect(answer.status).toBe(201)
        const { id }: { id: string } = JSON.parse(await answer.text())
        return id
      }
      const change = (groupId: string, operation: object) =>
        send('PATCH', `/Groups/${groupId}`, { schemas: [patchSchema], Operations: [operation] })
      return {
        api: `/api/organizations/${organizationId}/domains/${domain.id}`,
        id: domain.id,
        send,
        user: (user, changes) =>
          make('/Users', { schemas: [schema('User')], userName: `${user}@${name}`, ...changes }),
        group: (displayName, members = []) =>
          make('/Groups', { schemas: [schema('Group')], displayName, members }),
        add: (groupId, userId) => change(groupId, { op: 'add', path: 'members', value: [userId] }),
        remove: (groupId, userId) => change(groupId, { op: 'remove', path: `members[value eq "${userId}"]` }),
      }
    }

    const setLevel = (groupId: string, level: unknown, client = owner) =>
      client('PATCH', `${acme.api}/scim/groups/${groupId}`, { body: { level } })

    /** The membership behind a user. */
    async function memberOf(userId: string) {
      return installation.ctx.db
        .selectFrom('members')
        .innerJoin('users', 'users.person_id', 'members.person_id')
        .select(['members.level', 'members.level_group_id', 'members.status', 'members.person_id'])
        .where('users.id', '=', userId)
        .where('members.organization_id', '=', installation.organizationId)
        .executeTakeFirst()
    }
    const levelOf = async (userId: string) => (await memberOf(userId))?.level

    it('GET lists the groups by name, page by page, with how many are in each', async () => {
      const user = await acme.user('counted')
      const inner = await acme.group('zz listed inner')
      const outer = await acme.group('ZZ Listed', [user, inner])
      const { status, body } = await owner('GET', `${acme.api}/scim/groups?limit=1000`)
      expect(status).toBe(200)
      const results = body.results as { id: string; display_name: string }[]
      expect(results.map(each => each.id).slice(-2)).toEqual([outer, inner])
      expect(results.find(each => each.id === outer)).toEqual({
        id: outer,
        display_name: 'ZZ Listed',
        external_id: null,
        level: null,
        user_count: 1,
        group_count: 1,
        created_at: expect.any(String),
        updated_at: expect.any(String),
      })
      expect(body.count).toBe(results.length)
      const page = await owner('GET', `${acme.api}/scim/groups?limit=1&offset=1`)
      expect((page.body.results as unknown[]).length).toBe(1)
      expect(page.body.previous).toContain('offset=0')
    })

    it('PATCH gives the level to whoever is in the group, and to who comes; who goes has the default again', async () => {
      const [a, b] = [await acme.user('mapped-a'), await acme.user('mapped-b')]
      const group = await acme.group('Mapped', [a])
      const { status, body } = await setLevel(group, 8)
      expect([status, body.level, body.display_name]).toEqual([200, 8, 'Mapped'])
      expect(await memberOf(a)).toMatchObject({ level: 8, level_group_id: group })
      await acme.add(group, b)
      expect(await levelOf(b)).toBe(8)
      await acme.remove(group, a)
      expect(await memberOf(a)).toMatchObject({ level: 1, level_group_id: null })
      expect((await setLevel(group, null)).body.level).toBe(null)
      expect(await memberOf(b)).toMatchObject({ level: 1, level_group_id: null })
    })

    it('whoever loses a level by leaving a group leaves no invites above their own', async () => {
      const { ctx, organizationId } = installation
      const user = await acme.user('inviting')
      const group = await acme.group('Inviting', [user])
      await setLevel(group, 8)
      const personId = (await memberOf(user))?.person_id ?? ''
      const now = ctx.now().toISOString()
      const invite = (level: number) => ({
        organization_id: organizationId,
        id: newId(),
        target_email: `level${level}@elsewhere.test`,
        first_name: '',
        level,
        message: '',
        digest: newId(),
        private_project_access: '[]',
        created_by: personId,
        created_at: now,
        updated_at: now,
        expires_at: now,
      })
      await insertInvite(ctx.db, invite(8))
      await insertInvite(ctx.db, invite(1))
      await acme.remove(group, user)
      const left = await listInvites(ctx.db, organizationId, { limit: 100, offset: 0 })
      const theirs = left.filter(({ created_by }) => created_by === personId)
      expect(theirs.map(({ level }) => level)).toEqual([1])
    })

    it('writes every change of a level into the audit log, with who made it', async () => {
      const user = await acme.user('audited')
      const group = await acme.group('Audited')
      await setLevel(group, 8)
      await acme.add(group, user)
      const entries = await installation.ctx.db
        .selectFrom('audit')
        .selectAll()
        .where('action', 'in', ['group.level_changed', 'member.level_changed'])
        .orderBy('id', 'desc')
        .limit(2)
        .execute()
      expect(entries.reverse()).toMatchObject([
        {
          action: 'group.level_changed',
          actor_type: 'api_key',
          target_type: 'group',
          target_id: group,
          target_label: 'Audited',
          changes: '{"level":{"before":null,"after":8}}',
        },
        {
          action: 'member.level_changed',
          actor_type: 'scim',
          target_type: 'member',
          target_label: 'audited@acme.test',
          changes: JSON.stringify({ level: { before: 1, after: 8 }, group: { before: null, after: group } }),
        },
      ])
      const [log] = await installation.ctx.db
        .selectFrom('audit')
        .select('changes')
        .where('action', '=', 'group.updated')
        .orderBy('id', 'desc')
        .limit(1)
        .execute()
      expect(JSON.parse(log?.changes ?? '')).toEqual({ members: { before: [], after: [user] } })
    })

    it('follows groups inside groups, wherever the change is', async () => {
      const [a, b] = [await acme.user('deep-a'), await acme.user('deep-b')]
      const inner = await acme.group('Deep Inner', [a])
      const middle = await acme.group('Deep Middle', [inner])
      const outer = await acme.group('Deep Outer')
      await setLevel(outer, 8)
      await acme.add(outer, middle)
      expect(await levelOf(a)).toBe(8)
      await acme.add(inner, b)
      expect(await levelOf(b)).toBe(8)
      await acme.remove(middle, inner)
      expect([await levelOf(a), await levelOf(b)]).toEqual([1, 1])
      await acme.add(middle, inner)
      expect((await acme.send('DELETE', `/Groups/${middle}`)).status).toBe(204)
      expect([await levelOf(a), await levelOf(b)]).toEqual([1, 1])
    })

    it('takes the highest of several groups, and the next when that one is deleted', async () => {
      const user = await acme.user('several')
      const [high, low] = [await acme.group('High', [user]), await acme.group('Low', [user])]
      await setLevel(high, 8)
      await setLevel(low, 1)
      expect(await memberOf(user)).toMatchObject({ level: 8, level_group_id: high })
      await acme.send('DELETE', `/Groups/${high}`)
      expect(await memberOf(user)).toMatchObject({ level: 1, level_group_id: low })
    })

    it('never touches owners, and lowers nobody whom a person raised', async () => {
      const [boss, chief] = [await acme.user('boss'), await acme.user('chief')]
      const { db } = installation.ctx
      for (const [user, level] of [
        [boss, 15],
        [chief, 8],
      ] as const) {
        const member = await memberOf(user)
        await updateMember(db, installation.organizationId, { personId: member?.person_id ?? '', level })
      }
      const group = await acme.group('Everybody', [boss, chief])
      await setLevel(group, 8)
      await setLevel(group, 1)
      expect([await levelOf(boss), await levelOf(chief)]).toEqual([15, 8])
      await acme.send('DELETE', `/Groups/${group}`)
      expect([await levelOf(boss), await levelOf(chief)]).toEqual([15, 8])
    })

    it('keeps the level over a deactivation, and gives it to a person who comes to the user later', async () => {
      const user = await acme.user('resting')
      const group = await acme.group('Resting', [user])
      await setLevel(group, 8)
      const active = (value: boolean) =>
        acme.send('PATCH', `/Users/${user}`, {
          schemas: [patchSchema],
          Operations: [{ op: 'replace', value: { active: value } }],
        })
      await active(false)
      expect(await memberOf(user)).toMatchObject({ level: 8, status: 'suspended' })
      await active(true)
      expect(await memberOf(user)).toMatchObject({ level: 8, status: 'active' })

      const response = await acme.send('POST', '/Users', { schemas: [schema('User')], userName: 'nameless' })
      const { id }: { id: string } = JSON.parse(await response.text())
      await acme.add(group, id)
      expect(await memberOf(id)).toBeUndefined()
      await acme.send('PATCH', `/Users/${id}`, {
        schemas: [patchSchema],
        Operations: [{ op: 'add', path: 'emails', value: [{ value: 'named@acme.test', type: 'work' }] }],
      })
      expect(await levelOf(id)).toBe(8)
    })

    it('asks every domain of the organization: what one took, another may still give', async () => {
      const second = await domainOf(installation.organizationId, 'second.test')
      const [here, there] = [
        await acme.user('twofold'),
        await second.user('twofold', { emails: [{ value: 'twofold@acme.test' }] }),
      ]
      const group = await acme.group('Twofold', [here])
      await setLevel(group, 8)
      expect(await levelOf(there)).toBe(8)
      await acme.send('DELETE', `/Users/${here}`)
      expect(await memberOf(there)).toMatchObject({ level: 1, level_group_id: null, status: 'active' })
    })

    it('DELETE /domains/{id} takes back what the groups of the domain gave', async () => {
      const third = await domainOf(installation.organizationId, 'third.test')
      const user = await third.user('going')
      const group = await third.group('Going', [user])
      await owner('PATCH', `${third.api}/scim/groups/${group}`, { body: { level: 8 } })
      const { person_id: personId = '' } = (await memberOf(user)) ?? {}
      expect((await owner('DELETE', third.api)).status).toBe(204)
      const member = await installation.ctx.db
        .selectFrom('members')
        .selectAll()
        .where('person_id', '=', personId)
        .executeTakeFirst()
      expect(member).toMatchObject({ level: 1, level_group_id: null })
    })

    it('lets nobody slip through when a level is set while members come and go', async () => {
      const users: string[] = []
      for (let index = 0; index < 12; index++) users.push(await acme.user(`race${index}`))
      const inner = await acme.group('Race Inner', users.slice(6))
      const outer = await acme.group('Race Outer', [inner])
      const answers = await Promise.all([
        ...users.map((user, index) => (index < 6 ? acme.add(inner, user) : acme.remove(inner, user))),
        setLevel(outer, 8),
      ])
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204, 200]))
      const levels = await Promise.all(users.map(levelOf))
      expect(levels).toEqual(users.map((_, index) => (index < 6 ? 8 : 1)))
    })

    describe('refusals', () => {
      it('PATCH takes 1, 8 and null, and never makes owners', async () => {
        const group = await acme.group('Refused')
        expect(errorOf(await setLevel(group, 15))).toEqual(invalid('invalid_choice', 'level'))
        expect(errorOf(await setLevel(group, 2))).toEqual(invalid('invalid_choice', 'level'))
        expect(errorOf(await setLevel(group, '8'))).toEqual(invalid('invalid_input', 'level'))
        expect(errorOf(await setLevel(group, undefined))).toEqual(invalid('required', 'level'))
      })

      it('knows only groups of the domain, and domains of the organization', async () => {
        const missing = { status: 404, code: 'not_found' }
        expect(await setLevel(newId(), 8)).toMatchObject({ status: 404, body: { code: missing.code } })
        const other = await installation.another()
        const theirs = await domainOf(other.organizationId, 'theirs.test')
        const group = await theirs.group('Theirs')
        expect((await setLevel(group, 8)).status).toBe(404)
        const foreign = `/api/organizations/${installation.organizationId}/domains/${theirs.id}/scim/groups`
        expect((await owner('GET', foreign)).status).toBe(404)
        expect((await owner('PATCH', `${foreign}/${group}`, { body: { level: 8 } })).status).toBe(404)
      })

      it('is for administrators with the right scope', async () => {
        const group = await acme.group('Guarded')
        const member = await installation.memberOf(installation.organizationId, 1)
        const reader = await installation.memberOf(installation.organizationId, 8, ['organization:read'])
        expect((await member('GET', `${acme.api}/scim/groups`)).status).toBe(403)
        expect((await setLevel(group, 8, member)).status).toBe(403)
        expect((await setLevel(group, 8, reader)).status).toBe(403)
        expect((await reader('GET', `${acme.api}/scim/groups`)).status).toBe(200)
      })
    })
  })
})
