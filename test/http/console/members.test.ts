// The members of an organization in the console: found, ordered, given another level, removed; and the organization's settings.
import { beforeAll, describe, expect, it } from 'vitest'
import { createApiKeyFor } from '../../../src/manage/api-keys.ts'
import { operatorCaller } from '../../../src/manage/caller.ts'
import { findMember, updateMember } from '../../../src/store/organization/members.ts'
import { findOrganization } from '../../../src/store/organization/organizations.ts'
import { findPersonByEmail, updatePerson } from '../../../src/store/organization/people.ts'
import { eachDatabase } from '../../database.ts'
import { patchOf, person } from '../scim/surface.ts'
import { type Console, openConsole, type Visitor } from './visitor.ts'
import { mostBytes } from './weight.ts'

describe('the members in the console', () => {
  eachDatabase((_, open) => {
    let console: Console
    let organizationId: string
    let owner: Visitor
    let admin: Visitor
    let member: Visitor
    beforeAll(async () => {
      console = await openConsole(await open())
      organizationId = console.surface.tenant.organizationId
      owner = await console.enter(organizationId, 15, 'olive')
      admin = await console.enter(organizationId, 8, 'amos')
      member = await console.enter(organizationId, 1, 'mia')
    })
    const idOf = async (visitor: Visitor) =>
      (await findPersonByEmail(console.surface.ctx.db, visitor.email))?.id ?? ''
    const levelOf = async (visitor: Visitor) =>
      (await findMember(console.surface.ctx.db, organizationId, await idOf(visitor)))?.level
    const places = (page: string, ...texts: string[]) => texts.map(text => page.indexOf(text))

    it('shows everybody with level, origin and status, to members too', async () => {
      for (const visitor of [member, admin]) {
        const page = await visitor.text('/members')
        for (const { email } of [owner, admin, member]) expect(page).toContain(email)
        expect(page).toContain('by hand')
        expect(page).toContain('state good">active')
      }
    })

    it('lets members look and nothing more', async () => {
      const page = await member.text('/members')
      expect(page).not.toContain('Change …')
      expect(page).not.toContain('href="/people/')
      expect(page).not.toContain('href="/groups"')
      const other = await idOf(admin)
      expect((await member.open(`/members/${other}/remove`)).status).toBe(403)
      expect((await member.submit(`/members/${other}/level`, { level: '1' })).status).toBe(403)
      expect(await levelOf(admin)).toBe(8)
    })

    it('finds somebody by a part of their name or by something like it', async () => {
      const page = await admin.text('/members?q=AMOS')
      expect(page).toContain(admin.email)
      expect(page).not.toContain(member.email)
      expect(await admin.text('/members?q=amoss')).toContain(admin.email)
      expect(await admin.text('/members?q=nobody-like-this')).toContain('Nobody matches.')
    })

    it('filters by level, origin and status, and ignores what is none of these', async () => {
      expect(await admin.text('/members?level=owner')).not.toContain(member.email)
      expect(await admin.text('/members?origin=founder')).toContain('owner@acme.test.example')
      expect(await admin.text('/members?origin=founder')).not.toContain(member.email)
      expect(await admin.text('/members?status=suspended')).toContain('Nobody matches.')
      expect(await admin.text('/members?level=999&origin=x&status=%00&order=constructor&page=-1')).toContain(
        member.email,
      )
    })

    it('orders by name, with whoever has none under their address, and by last sign-in', async () => {
      const { db } = console.surface.ctx
      await updatePerson(db, await idOf(admin), { first_name: 'Zoe', last_name: '' })
      await updatePerson(db, await idOf(owner), { first_name: 'anna', last_name: 'B' })
      await updatePerson(db, await idOf(member), { first_name: '', last_name: '' })
      const page = await admin.text('/members?order=name&q=people.test')
      const [first, second, third] = places(page, '>anna B<', `<bdi>${member.email}`, '>Zoe<')
      expect([first, second, third].sort((a = 0, b = 0) => a - b)).toEqual([first, second, third])
      const plain = await admin.text('/members?order=-name')
      const [last, before] = places(plain, '>anna B<', '>Zoe<')
      expect(before).toBeLessThan(last ?? 0)
      const personId = await idOf(member)
      await updateMember(db, organizationId, { personId, last_login_at: '2026-01-01T00:00:00.000Z' })
      for (const order of ['seen', 'unseen']) {
        const seen = await admin.text(`/members?order=${order}`)
        expect(seen.indexOf(member.email)).toBeLessThan(seen.indexOf('owner@acme.test.example'))
      }
    })

    it('says who came by SCIM, through which domain, and which group gave a level', async () => {
      const { surface } = console
      const { body: user } = await surface.ask('POST', '/Users', { body: person('pushed') })
      const group = { displayName: 'Admins', members: [{ value: user.id }] }
      const { body } = await surface.ask('POST', '/Groups', {
        body: { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], ...group },
      })
      const path = `/groups/${surface.tenant.domain.id}/${body.id}`
      expect((await admin.submit(`${path}/level`, { level: '8' })).status).toBe(303)
      const page = await admin.text('/members?q=pushed')
      expect(page).toContain('acme.test')
      expect(page).toContain(`by <a href="${path}">`)
      await surface.ask('PATCH', `/Users/${user.id}`, {
        body: patchOf({ op: 'replace', value: { active: false } }),
      })
      expect(await admin.text('/members?q=pushed')).toContain('state bad">suspended')
    })

    it('changes a level and comes back to the same list', async () => {
      const other = await console.enter(organizationId, 1)
      const response = await admin.submit(`/members/${await idOf(other)}/level`, {
        back: 'q=person&order=name',
        level: '8',
      })
      expect([response.status, response.headers.get('location')]).toEqual([
        303,
        '/members?q=person&order=name&page=1&done=level',
      ])
      expect(await levelOf(other)).toBe(8)
      expect(await admin.text('/members?done=level')).toContain('The level is changed.')
    })

    it('lets nobody give more than they have, change who is above them, or themselves', async () => {
      const other = await console.enter(organizationId, 1)
      const attempts: [Visitor, string, string][] = [
        [other, '15', 'at most your own, which is 8'],
        [owner, '1', 'at most your own, which is 8'],
        [admin, '15', 'Nobody can change their own level'],
      ]
      for (const [whom, level, words] of attempts) {
        const before = await levelOf(whom)
        const response = await admin.submit(`/members/${await idOf(whom)}/level`, { level })
        expect([words, response.status]).toEqual([words, 403])
        expect(await response.text()).toContain(words)
        expect(await levelOf(whom)).toBe(before)
      }
      const response = await admin.submit(`/members/${await idOf(other)}/level`, { level: '9' })
      expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('got 9')])
      expect(await admin.text('/members?q=olive')).not.toContain('Change …')
    })

    it('tells what ends with a member, and removes them once their address is typed', async () => {
      const leaving = await console.enter(organizationId, 8, 'leaving')
      const personId = await idOf(leaving)
      const { ctx } = console.surface
      await createApiKeyFor(ctx, operatorCaller(organizationId), {
        owner: leaving.email,
        scopes: ['*'],
        label: 'a script of theirs',
      })
      await leaving.submit('/pending-invites', { address: 'friend@elsewhere.test', level: '1' })
      const path = `/members/${personId}/remove`
      const page = await admin.text(path)
      for (const part of ['a script of theirs', 'friend@elsewhere.test', 'is signed out', 'ends'])
        expect(page).toContain(part)
      const refused = await admin.submit(path, { confirm: 'leaving' })
      expect(refused.status).toBe(400)
      expect(await refused.text()).toContain('got &quot;leaving&quot;')
      expect(await levelOf(leaving)).toBe(8)
      expect((await admin.submit(path, { confirm: leaving.email })).headers.get('location')).toBe(
        '/members?done=removed',
      )
      expect(await levelOf(leaving)).toBeUndefined()
      expect((await leaving.open('/members')).headers.get('location')).toContain('/login')
      expect(await admin.text('/pending-invites')).not.toContain('friend@elsewhere.test')
    })

    it('keeps the last owner, and lets everybody else leave', async () => {
      const lone = await console.surface.addTenant('lone.test')
      const only = await findPersonByEmail(console.surface.ctx.db, 'owner@lone.test.example')
      const second = await console.enter(lone.organizationId, 15, 'second')
      const path = `/members/${only?.id}/remove`
      await second.submit(path, { confirm: only?.email ?? '' })
      const own = `/members/${await idOf(second)}/remove`
      expect(await second.text(own)).toContain('Leave the organization')
      const refused = await second.submit(own, { confirm: second.email })
      expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('needs an owner')])
      const gone = await console.enter(organizationId, 1)
      const left = await gone.submit(`/members/${await idOf(gone)}/remove`, { confirm: gone.email })
      expect([left.status, left.headers.get('location')]).toEqual([303, '/'])
      expect(await levelOf(gone)).toBeUndefined()
    })

    it('knows nobody of another organization', async () => {
      const other = await console.surface.addTenant('foreign.test')
      const stranger = await console.enter(other.organizationId, 15, 'stranger')
      const personId = await idOf(stranger)
      expect((await admin.open(`/members/${personId}/remove`)).status).toBe(404)
      expect((await admin.submit(`/members/${personId}/level`, { level: '1' })).status).toBe(404)
      expect((await admin.submit(`/members/${personId}/remove`, { confirm: stranger.email })).status).toBe(
        404,
      )
      expect(await stranger.text('/members')).not.toContain(admin.email)
      expect((await admin.open('/members/not-an-id/remove')).status).toBe(404)
    })

    it('shows hostile names inert and cut', async () => {
      const { db } = console.surface.ctx
      const hostile = await console.enter(organizationId, 1, 'hostile')
      const first_name = `<img src=x onerror=alert(1)>\u202e\u0007${'x'.repeat(100_000)}`
      await updatePerson(db, await idOf(hostile), { first_name, last_name: '"><script>' })
      for (const path of ['/members?q=hostile', `/members/${await idOf(hostile)}/remove`]) {
        const page = await admin.text(path)
        expect(page).toContain('&lt;img src=x')
        for (const raw of ['<img', '\u202e', '\u0007', '"><script>']) expect(page).not.toContain(raw)
        expect(page.length).toBeLessThan(30_000)
      }
    })

    it('goes through the pages, whatever stands for one', async () => {
      for (let at = 0; at < 41; at++) await console.enter(organizationId, 1, `many-${at}`)
      const page = await admin.text('/members?q=many-')
      expect(page).toContain('41 in all, page 1 of 2')
      expect(page).toContain('page=2')
      expect(await admin.text('/members?q=many-&page=2')).toContain('rel="prev"')
      for (const text of ['0', 'x', '1e99', '%00'])
        expect([text, (await admin.open(`/members?page=${text}`)).status]).toEqual([text, 200])
    })

    it('weighs little with all rows of a page', async () => {
      expect(Buffer.byteLength(await admin.text('/members?level=member'))).toBeLessThan(mostBytes)
    })

    it('changes the settings of the organization, and keeps what was typed when they are refused', async () => {
      const { db } = console.surface.ctx
      const fields = { name: ' Acme & Sons ', default_membership_level: '8', members_can_invite: 'on' }
      expect((await admin.submit('/settings', fields)).headers.get('location')).toBe('/settings?done=saved')
      expect(await findOrganization(db, organizationId)).toMatchObject({
        name: 'Acme & Sons',
        default_membership_level: 8,
        members_can_invite: 1,
      })
      expect(await member.text('/pending-invites')).toContain('Invite somebody')
      const refused = await admin.submit('/settings', { ...fields, name: 'x'.repeat(65) })
      expect(refused.status).toBe(400)
      const page = await refused.text()
      expect(page).toContain('at most 64 characters')
      expect(page).toContain('x'.repeat(65))
      expect((await admin.submit('/settings', { ...fields, default_membership_level: '15' })).status).toBe(
        400,
      )
      expect((await member.open('/settings')).status).toBe(403)
      await admin.submit('/settings', { name: 'Acme', default_membership_level: '1' })
      expect(await findOrganization(db, organizationId)).toMatchObject({ members_can_invite: 0 })
    })

    it('deletes the organization for its owner alone, who types its short name first', async () => {
      const doomed = await console.surface.addTenant('doomed.test')
      const keeper = await console.enter(doomed.organizationId, 8, 'keeper')
      const ender = await console.enter(doomed.organizationId, 15, 'ender')
      expect((await keeper.open('/settings/delete')).status).toBe(403)
      expect((await keeper.submit('/settings/delete', { confirm: doomed.organizationId })).status).toBe(403)
      const page = await ender.text('/settings/delete')
      expect(page).toContain('doomed.test')
      expect(page).toContain('3 memberships')
      expect((await ender.submit('/settings/delete', { confirm: 'doomed.test' })).status).toBe(400)
      const { db } = console.surface.ctx
      expect(await findOrganization(db, doomed.organizationId)).toBeDefined()
      const response = await ender.submit('/settings/delete', { confirm: doomed.organizationId })
      expect([response.status, response.headers.get('location')]).toEqual([303, '/'])
      expect(await findOrganization(db, doomed.organizationId)).toBeUndefined()
    })
  })
})
