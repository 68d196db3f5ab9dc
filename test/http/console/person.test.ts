// A person's page: whom it shows, to whom, what its forms do, and strangers' words inert.
import { beforeAll, describe, expect, it } from 'vitest'
import { newId, newIdAt } from '../../../src/base/id.ts'
import { operatorCaller } from '../../../src/manage/caller.ts'
import { createInvite } from '../../../src/manage/invites.ts'
import { findMember, updateMember } from '../../../src/store/organization/members.ts'
import { findPersonByEmail, updatePerson } from '../../../src/store/organization/people.ts'
import { linkIdentity } from '../../../src/store/sign-in/identities.ts'
import { insertSignIn, type SignIn } from '../../../src/store/sign-in/sign-ins.ts'
import { eachDatabase } from '../../database.ts'
import { ada, patchOf, person, setActive, type Tenant } from '../scim/surface.ts'
import { type Console, openConsole, type Visitor } from './visitor.ts'
import { mostBytes } from './weight.ts'

describe("a person's page", () => {
  eachDatabase((_, open) => {
    let console: Console
    let admin: Visitor
    let tenant: Tenant
    beforeAll(async () => {
      console = await openConsole(await open())
      tenant = console.surface.tenant
      admin = await console.enter(tenant.organizationId, 8)
    })
    const db = () => console.surface.ctx.db
    const okta = { headers: { 'User-Agent': 'Okta SCIM Client 1.0.0' } }
    /** The ids of the user and of the person. */
    const push = async (body: object) => {
      const answer = await console.surface.ask('POST', '/Users', { body, ...okta })
      expect(answer.status).toBe(201)
      const user = await db()
        .selectFrom('users')
        .selectAll()
        .where('id', '=', answer.body.id)
        .executeTakeFirstOrThrow()
      return { userId: user.id, personId: user.person_id ?? '' }
    }
    const patch = async (userId: string, body: object) => {
      expect((await console.surface.ask('PATCH', `/Users/${userId}`, { body, ...okta })).status).toBe(200)
      await console.surface.recorder.flush()
    }
    const personOf = async ({ email }: Visitor) => (await findPersonByEmail(db(), email))?.id ?? ''
    const verdictOn = (page: string) => /aria-label="Verdict">(.*?)<\/section>/s.exec(page)?.[1] ?? ''
    const words = (markup: string) =>
      markup
        .replaceAll(/<[^>]+>/g, '')
        .replaceAll(/\s+/g, ' ')
        .trim()
    const addAttempt = ({ code = null, ...changes }: Partial<SignIn>) =>
      insertSignIn(db(), {
        organization_id: tenant.organizationId,
        domain_id: tenant.domain.id,
        id: newId(),
        trace_id: newId(),
        created_at: console.surface.ctx.now().toISOString(),
        kind: 'sp',
        outcome: code === null ? 'accepted' : 'refused',
        code,
        email: 'refused@acme.test',
        name_id: null,
        person_id: null,
        steps: JSON.stringify([{ name: 'time', outcome: 'failed', expected: 'now', got: '<b>then</b>' }]),
        attributes: '{}',
        certificate_fingerprint: null,
        idp_clock_offset_ms: null,
        duration_ms: 1,
        ip: null,
        response_xml: null,
        request_id: null,
        requested_at: null,
        request_xml: null,
        result: null,
        ...changes,
      })
    const auditOf = async (action: string) =>
      db().selectFrom('audit').selectAll().where('action', '=', action).orderBy('id', 'desc').execute()

    describe('the verdict', () => {
      it('says by whom and when somebody was deactivated, and that they can when they are active again', async () => {
        const { userId, personId } = await push(ada)
        expect(words(verdictOn(await admin.text(`/people/${personId}`)))).toContain('Can sign in')
        await patch(userId, setActive(false))
        const off = await admin.text(`/people/${personId}`)
        expect(words(verdictOn(off))).toMatch(/^Cannot sign in: deactivated by Okta \d+ s ago/)
        expect(words(verdictOn(off))).toContain('in Okta again')
        const log = await console.surface.log()
        expect(verdictOn(off)).toContain(`/domains/${tenant.domain.id}/scim-log/${log.at(-1)?.id}`)
        await patch(userId, setActive(true))
        expect(words(verdictOn(await admin.text(`/people/${personId}`)))).toContain('Can sign in')
      })

      it('says who removed somebody, and keeps their page', async () => {
        const { personId } = await push(person('leaver'))
        await db().deleteFrom('users').where('person_id', '=', personId).execute()
        const member = await findMember(db(), tenant.organizationId, personId)
        expect(member?.status).toBe('active')
        expect(
          (await admin.submit(`/members/${personId}/remove`, { confirm: 'leaver@acme.test' })).status,
        ).toBe(303)
        const page = await admin.text(`/people/${personId}`)
        expect(words(verdictOn(page))).toContain(`Cannot sign in: removed by ${admin.email}`)
        expect(page).toContain('Removed from the organization')
      })

      it('says so when the directory deleted them, and leads there by the id of the user', async () => {
        const { userId, personId } = await push(person('deleted'))
        await console.surface.ask('DELETE', `/Users/${userId}`, okta)
        await console.surface.recorder.flush()
        const page = await admin.text(`/people/${personId}`)
        expect(words(verdictOn(page))).toContain('Cannot sign in: removed by Okta')
        expect(page).toContain('deleted@acme.test')
        expect((await admin.open(`/people/${userId}`)).headers.get('location')).toBe(`/people/${personId}`)
      })

      it('warns of the last refusal, with the way to it, until a sign-in worked', async () => {
        const { personId } = await push(person('refused'))
        const attempt = async (code: string | null, who: string | null) => {
          const now = console.surface.ctx.now()
          const id = newIdAt(now)
          await addAttempt({ id, created_at: now.toISOString(), code, person_id: who })
          return id
        }
        const id = await attempt('saml_expired', null)
        const page = await admin.text(`/people/${personId}`)
        expect(verdictOn(page)).toContain(`href="/sign-ins/${tenant.domain.id}/${id}"`)
        expect(words(verdictOn(page))).toContain('the last sign-in was refused')
        expect(page).toContain('&lt;b&gt;then')
        await attempt(null, personId)
        expect(verdictOn(await admin.text(`/people/${personId}`))).not.toContain('saml_expired')
      })

      it('says that a user without an address is nobody who could come in', async () => {
        const answer = await console.surface.ask('POST', '/Users', {
          body: { schemas: ada.schemas, userName: 'no-address', displayName: 'No Address' },
        })
        const page = await admin.text(`/people/${answer.body.id}`)
        expect(words(verdictOn(page))).toContain('Cannot sign in: no address')
        expect(page).toContain('No Address')
      })
    })

    describe('by an address', () => {
      it('shows the invite to somebody who is no person yet, and leads to members', async () => {
        const operator = operatorCaller(tenant.organizationId)
        await createInvite(console.surface.ctx, operator, {
          target_email: 'invited@mail.test',
          first_name: '',
          level: 8,
          message: '',
          private_project_access: [],
          send_email: false,
          combine_pending_invites: false,
        })
        const page = await admin.text('/people?email=Invited%40Mail.test')
        expect(words(verdictOn(page))).toContain('Not yet: invited')
        expect(page).toContain('Invited as admin')
        expect(await findPersonByEmail(db(), 'invited@mail.test')).toBeUndefined()
        const { personId } = await push(person('lookup'))
        const found = await admin.open('/people?email=lookup%40acme.test')
        expect([found.status, found.headers.get('location')]).toEqual([303, `/people/${personId}`])
      })

      it('says of whoever is unknown what would become of them', async () => {
        const ours = words(verdictOn(await admin.text('/people?email=nobody%40acme.test')))
        expect(ours).toContain('not a member, and just-in-time provisioning is off')
        const elsewhere = words(verdictOn(await admin.text('/people?email=nobody%40mail.test')))
        expect(elsewhere).toContain('on no domain of yours')
      })

      it('asks for one, and says what is none', async () => {
        expect(await admin.text('/people')).toContain('name="email"')
        const response = await admin.open(`/people?email=${encodeURIComponent('<img src=x>')}`)
        const page = await response.text()
        expect(response.status).toBe(400)
        expect(page).toContain('role="alert"')
        expect(page).not.toContain('<img')
      })
    })

    describe('who may see it', () => {
      it('administrators, and nobody below them', async () => {
        const member = await console.enter(tenant.organizationId, 1)
        const id = await personOf(admin)
        for (const path of [`/people/${id}`, '/people?email=a%40b.test', '/people'])
          expect((await member.open(path)).status).toBe(403)
        for (const path of ['level', 'sessions/end', 'names/untie'])
          expect((await member.submit(`/people/${id}/${path}`)).status).toBe(403)
        expect((await console.stranger.open(`/people/${id}`)).headers.get('location')).toMatch(/^\/login/)
      })

      it('of their own organization: others are missing as nobody is', async () => {
        const other = await console.surface.addTenant('other.test')
        const stranger = await console.enter(other.organizationId, 15)
        const { userId, personId } = await push(person('private'))
        const missing = await stranger.open(`/people/${newId()}`)
        expect(missing.status).toBe(404)
        for (const id of [userId, personId, 'x', '%00']) {
          expect((await stranger.open(`/people/${id}`)).status).toBe(404)
          for (const form of ['level', 'sessions/end', 'names/untie'])
            expect((await stranger.submit(`/people/${id}/${form}`, { level: '1' })).status).toBe(404)
        }
        const page = await stranger.text('/people?email=private%40acme.test')
        expect(page).not.toContain(personId)
        expect(page).not.toContain('Created the user')
        expect(words(verdictOn(page))).toContain('on no domain of yours')
      })

      it("shows of somebody whom two organizations share each one's own facts", async () => {
        const other = await console.surface.addTenant('partner.test')
        const partner = await console.enter(other.organizationId, 15)
        const { userId, personId } = await push(person('both', { displayName: 'Both Here' }))
        const there = await console.surface
          .as(other)
          .ask('POST', '/Users', { body: person('both', { displayName: 'Both There' }) })
        await console.enter(other.organizationId, 8, 'both')
        await linkIdentity(db(), {
          domainId: tenant.domain.id,
          nameId: 'name-here',
          personId,
          now: console.surface.ctx.now().toISOString(),
        })
        await patch(userId, patchOf({ op: 'replace', path: 'title', value: 'Title here' }))
        const here = await admin.text(`/people/${personId}`)
        const page = await partner.text(`/people/${personId}`)
        expect(here).toContain('Title here')
        for (const own of ['Title here', userId, 'name-here', tenant.domain.id])
          expect(page).not.toContain(own)
        expect(page).toContain(there.body.id)
        for (const theirs of [there.body.id, other.domain.id]) expect(here).not.toContain(theirs)
        expect((await admin.open(`/people/${there.body.id}`)).status).toBe(404)
      })

      it('shows of somebody who left what was known here, not what became of them elsewhere', async () => {
        const visitor = await console.enter(tenant.organizationId, 1, 'wanderer')
        const personId = await personOf(visitor)
        await admin.submit(`/members/${personId}/remove`, { confirm: visitor.email })
        await updatePerson(db(), personId, {
          email: 'new-life@mail.test',
          first_name: 'New',
          last_name: 'Life',
        })
        const page = await admin.text(`/people/${personId}`)
        expect(page).toContain('wanderer@people.test')
        expect(page).not.toMatch(/new-life|New Life/)
        expect((await admin.open('/people?email=new-life%40mail.test')).status).toBe(200)
      })
    })

    describe('its forms', () => {
      it('give another level, and say on the page what is refused', async () => {
        const { personId } = await push(person('levelled'))
        const response = await admin.submit(`/people/${personId}/level`, { level: '8' })
        expect(response.headers.get('location')).toBe(`/people/${personId}?done=level`)
        const page = await admin.text(`/people/${personId}?done=level`)
        expect(page).toContain('The level is changed.')
        expect(page).toContain('The level changed from member to admin')
        const refused = await admin.submit(`/people/${personId}/level`, { level: '15' })
        expect(refused.status).toBe(403)
        const told = await refused.text()
        expect(told).toContain('role="alert"')
        expect(told).toContain('the new one would be 15')
        expect((await admin.submit(`/people/${personId}/level`, { level: 'x' })).status).toBe(400)
      })

      it('end all sessions, which are then really over', async () => {
        const visitor = await console.enter(tenant.organizationId, 1, 'many-browsers')
        const again = await console.enter(tenant.organizationId, 1, 'many-browsers')
        const personId = await personOf(visitor)
        expect((await visitor.open('/')).status).toBe(200)
        const page = await admin.text(`/people/${personId}`)
        expect(page).toContain('By a link in a mail')
        expect(page).toContain('last seen')
        expect(page).toContain('Each of these browsers is signed out at once')
        const response = await admin.submit(`/people/${personId}/sessions/end`)
        expect(response.headers.get('location')).toBe(`/people/${personId}?done=sessions`)
        for (const gone of [visitor, again])
          expect((await gone.open('/')).headers.get('location')).toBe('/login')
        const [row] = await auditOf('session.ended')
        expect(row).toMatchObject({
          actor_label: admin.email,
          target_label: visitor.email,
          target_id: personId,
        })
        expect(JSON.parse(row?.changes ?? '')).toEqual({ sessions: { before: 2, after: 0 } })
        expect(await admin.text(`/people/${personId}`)).toContain('All sessions were ended: 2')
        expect((await admin.submit(`/people/${personId}/sessions/end`)).headers.get('location')).toContain(
          'no-sessions',
        )
      })

      it('do nothing to whoever is above', async () => {
        const owner = await console.enter(tenant.organizationId, 15)
        const personId = await personOf(owner)
        const page = await admin.text(`/people/${personId}`)
        expect(page).toContain('Only an owner can change this member.')
        expect((await admin.submit(`/people/${personId}/sessions/end`)).status).toBe(403)
        expect((await owner.open('/')).status).toBe(200)
      })

      it('untie a name from somebody, and no name of others', async () => {
        const { personId } = await push(person('named'))
        const now = console.surface.ctx.now().toISOString()
        const name = { domainId: tenant.domain.id, nameId: '<N>&"1"', personId, now }
        await linkIdentity(db(), name)
        await linkIdentity(db(), { ...name, nameId: 'other', personId: await personOf(admin) })
        expect(await admin.text(`/people/${personId}`)).toContain(
          `value="${tenant.domain.id} &lt;N&gt;&amp;&quot;1&quot;"`,
        )
        const untie = (text: string) => admin.submit(`/people/${personId}/names/untie`, { name: text })
        for (const wrong of [`${tenant.domain.id} other`, `${newId()} ${name.nameId}`, tenant.domain.id, ''])
          expect((await untie(wrong)).status).toBe(404)
        expect((await untie(`${tenant.domain.id} ${name.nameId}`)).status).toBe(303)
        const left = await db().selectFrom('identities').select('name_id').execute()
        expect(left.map(row => row.name_id)).not.toContain(name.nameId)
        expect(left.map(row => row.name_id)).toContain('other')
        expect(await auditOf('identity.unlinked')).toMatchObject([
          { target_id: personId, actor_label: admin.email },
        ])
      })

      it('take nothing from other sites', async () => {
        const id = await personOf(await console.enter(tenant.organizationId, 1))
        for (const form of ['level', 'sessions/end', 'names/untie']) {
          const headers = { Origin: 'https://evil.test' }
          expect((await admin.submit(`/people/${id}/${form}`, { level: '8' }, headers)).status).toBe(403)
          expect((await admin.submit(`/people/${id}/${form}`, { csrf: 'x' })).status).toBe(403)
        }
      })
    })

    it('goes on page by page, filters, and takes anything for a place', async () => {
      const { userId, personId } = await push(person('long'))
      for (let at = 0; at < 20; at++)
        await patch(userId, patchOf({ op: 'replace', path: 'title', value: `T${at}` }))
      const page = await admin.text(`/people/${personId}?show=scim`)
      const older = /href="(\?[^"]*before=[^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? ''
      expect(older).toContain('show=scim')
      const second = await admin.text(`/people/${personId}${older}`)
      expect(second).toContain('Created the user')
      expect(second).toContain('Newest')
      for (const query of [
        'show=x',
        'before=x',
        'before=%00',
        `before=${newId()}&show=sign-ins`,
        'show=changes&show=scim',
      ])
        expect((await admin.open(`/people/${personId}?${query}`)).status).toBe(200)
    })

    it('weighs little, however much was changed at once and however many names somebody has', async () => {
      const { userId, personId } = await push(person('heavy'))
      const names = ['title', 'nickName', 'userType', 'displayName', 'preferredLanguage']
      for (let at = 0; at < 21; at++) {
        const value = Object.fromEntries(names.map(name => [name, `${name} ${at} `.repeat(20)]))
        await patch(userId, patchOf({ op: 'replace', value }))
        const nameId = `name ${at} ${'x'.repeat(200)}`
        const now = console.surface.ctx.now().toISOString()
        await linkIdentity(db(), { domainId: tenant.domain.id, nameId, personId, now })
      }
      const page = await admin.text(`/people/${personId}`)
      expect(page).toContain('and 2 more')
      expect(page).toContain('and 16 more')
      expect(Buffer.byteLength(page)).toBeLessThan(mostBytes)
    })

    it('weighs little and turns no text around, however somebody is called and whatever came of them', async () => {
      const { personId } = await push(person('long-name'))
      await updatePerson(db(), personId, { first_name: 'x'.repeat(100_000), last_name: '\u202e' })
      const got = `\u202e${'y'.repeat(100_000)}`
      const steps = [{ name: 'issuer', outcome: 'failed', expected: 'https://idp.test', got }]
      await addAttempt({ person_id: personId, code: 'saml_issuer_mismatch', steps: JSON.stringify(steps) })
      const page = await admin.text(`/people/${personId}`)
      expect(page).toContain('yyy')
      expect(page).not.toContain('\u202e')
      expect(Buffer.byteLength(page)).toBeLessThan(mostBytes)
    })

    it('shows names, titles and texts of a directory as text', async () => {
      const hostile = '<script>alert(1)</script>\u202e\u0007"\'&'
      const { userId, personId } = await push({
        ...person('hostile'),
        displayName: hostile,
        title: hostile.repeat(30),
        externalId: hostile,
        addresses: Array.from({ length: 40 }, () => ({ formatted: hostile.repeat(20) })),
        name: { givenName: hostile, familyName: hostile },
      })
      const group = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: hostile }
      await console.surface.ask('POST', '/Groups', { body: { ...group, members: [{ value: userId }] } })
      await updateMember(db(), tenant.organizationId, {
        personId,
        level: 8,
        updated_at: console.surface.ctx.now().toISOString(),
      })
      await console.surface.recorder.flush()
      const page = await admin.text(`/people/${personId}`)
      expect(page).toContain('&lt;script&gt;')
      for (const alive of ['<script>alert', '\u202e', '\u0007']) expect(page).not.toContain(alive)
      expect(Buffer.byteLength(page)).toBeLessThan(45_000)
    })
  })
})
