// What a push does to people: who is found, made, adopted, suspended and let go, and what is left alone.
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../src/base/id.ts'
import type { Db } from '../../../src/store/db.ts'
import { insertApiKey } from '../../../src/store/organization/api-keys.ts'
import { insertInvite } from '../../../src/store/organization/invites.ts'
import {
  deleteMember,
  ensureMember,
  findMember,
  updateMember,
} from '../../../src/store/organization/members.ts'
import { ensurePerson, findPerson, findPersonByEmail } from '../../../src/store/organization/people.ts'
import { insertSession } from '../../../src/store/sign-in/sessions.ts'
import { eachDatabase } from '../../database.ts'
import {
  openSurface,
  patchOf,
  person,
  type Surface,
  setActive,
  type Tenant,
  userSchema,
} from '../../http/scim/surface.ts'

const now = '2026-01-01T00:00:00.000Z'

describe('people behind a push', () => {
  eachDatabase((_, open) => {
    let db: Db
    let surface: Surface
    let tenant: Tenant
    let organizationId: string
    let count = 0
    const ask: Surface['ask'] = (...request) => surface.ask(...request)

    /** A name that no other test has. */
    const fresh = (name: string) => `${name}${++count}`
    const create = async (body: object) => {
      const answer = await ask('POST', '/Users', { body })
      expect(answer.status).toBe(201)
      return answer.body
    }
    const memberOf = async (email: string, organization = organizationId) => {
      const found = await findPersonByEmail(db, email)
      return found && findMember(db, organization, found.id)
    }
    const addPerson = (email: string) =>
      ensurePerson(db, { email, firstName: 'By', lastName: 'Hand', isEmailVerified: true, now })
    const addMember = async (email: string, { organization = organizationId, level = 1 } = {}) => {
      const { id } = await addPerson(email)
      await ensureMember(db, { organizationId: organization, personId: id, level, origin: 'invite', now })
      return id
    }
    const addSession = (personId: string, organization = organizationId) =>
      insertSession(db, {
        id: newId(),
        digest: newId(),
        person_id: personId,
        organization_id: organization,
        domain_id: null,
        method: 'email',
        signed_in_at: now,
        expires_at: '2099-01-01T00:00:00.000Z',
      })
    const addKey = (personId: string, organizations: string[] | null) =>
      insertApiKey(db, {
        person_id: personId,
        id: newId(),
        digest: newId(),
        hint: 'abcd',
        label: 'key',
        scopes: ['*'],
        organizations,
        created_at: now,
        expires_at: null,
        last_used_at: null,
      })
    const addInvite = (email: string, createdBy: string | null = null) =>
      insertInvite(db, {
        organization_id: organizationId,
        id: newId(),
        target_email: email,
        first_name: '',
        level: 8,
        message: '',
        digest: newId(),
        private_project_access: '[]',
        created_by: createdBy,
        created_at: now,
        updated_at: now,
        expires_at: '2099-01-01T00:00:00.000Z',
      })
    const rowsOf = async (table: 'sessions' | 'api_keys', personId: string) =>
      db.selectFrom(table).selectAll().where('person_id', '=', personId).execute()
    const invitesTo = (email: string) =>
      db.selectFrom('invites').select('id').where('target_email', '=', email).execute()

    beforeAll(async () => {
      db = await open()
      surface = await openSurface(db)
      tenant = surface.tenant
      organizationId = tenant.organizationId
    })

    describe('create', () => {
      it('makes the person of the primary address and a member at the default level', async () => {
        const name = fresh('new')
        await create(person(name, { name: { givenName: 'Nu', familyName: 'Person' } }))
        const found = await findPersonByEmail(db, `${name}@acme.test`)
        expect(found).toMatchObject({ first_name: 'Nu', last_name: 'Person', is_email_verified: 1 })
        expect(await memberOf(`${name}@acme.test`)).toMatchObject({
          level: 1,
          status: 'active',
          origin: 'scim',
        })
      })

      it('takes the default level of the organization', async () => {
        const other = await surface.addTenant(`${fresh('admins')}.test`)
        await db
          .updateTable('organizations')
          .set({ default_membership_level: 8 })
          .where('id', '=', other.organizationId)
          .execute()
        const name = fresh('admin')
        await surface.as(other).ask('POST', '/Users', { body: person(name) })
        expect(await memberOf(`${name}@acme.test`, other.organizationId)).toMatchObject({ level: 8 })
      })

      it('goes by the first address without a primary one, and by a userName that is an address without any', async () => {
        const [first, second, third] = [fresh('a'), fresh('b'), fresh('c')]
        await create({
          schemas: [userSchema],
          userName: first,
          emails: [
            { value: 'not an address' },
            { value: `${First(first)}@acme.test` },
            { value: `${second}@acme.test`, type: 'work' },
          ],
        })
        expect(await memberOf(`${first}@acme.test`)).toBeDefined()
        expect(await memberOf(`${second}@acme.test`)).toBeUndefined()
        await create({ schemas: [userSchema], userName: `${First(third)}@acme.test` })
        expect(await memberOf(`${third}@acme.test`)).toBeDefined()
      })

      it('keeps a resource without any address, with nobody behind it, until it gets one', async () => {
        const name = fresh('robot')
        const { id } = await create({ schemas: [userSchema], userName: name, emails: [{ value: 'nowhere' }] })
        const row = await db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
        expect(row).toMatchObject({ person_id: null, email: null })
        expect((await ask('PATCH', `/Users/${id}`, { body: setActive(false) })).status).toBe(200)
        const address = patchOf(
          { op: 'add', path: 'emails', value: [{ value: `${name}@acme.test`, primary: true }] },
          { op: 'replace', path: 'active', value: true },
        )
        expect((await ask('PATCH', `/Users/${id}`, { body: address })).status).toBe(200)
        expect(await memberOf(`${name}@acme.test`)).toMatchObject({ status: 'active' })
        expect((await ask('DELETE', `/Users/${id}`)).status).toBe(204)
      })

      it('consumes a pending invite for the address', async () => {
        const name = fresh('invited')
        await addInvite(`${name}@acme.test`)
        await create(person(name))
        expect(await invitesTo(`${name}@acme.test`)).toEqual([])
        expect(await memberOf(`${name}@acme.test`)).toMatchObject({ level: 1, status: 'active' })
      })

      it('adopts whoever is a member already, level and all, with 201', async () => {
        const name = fresh('adopted')
        const personId = await addMember(`${name}@acme.test`, { level: 8 })
        const { id } = await create(person(name))
        const row = await db
          .selectFrom('users')
          .select('person_id')
          .where('id', '=', id)
          .executeTakeFirstOrThrow()
        expect(row.person_id).toBe(personId)
        expect(await memberOf(`${name}@acme.test`)).toMatchObject({
          level: 8,
          status: 'active',
          origin: 'invite',
        })
      })

      it('suspends the membership of a user that is created inactive', async () => {
        const [name, known] = [fresh('inactive'), fresh('known')]
        await create(person(name, { active: false }))
        expect(await memberOf(`${name}@acme.test`)).toMatchObject({ status: 'suspended' })
        await addMember(`${known}@acme.test`)
        await create(person(known, { active: false }))
        expect(await memberOf(`${known}@acme.test`)).toMatchObject({ status: 'suspended' })
      })

      it('gives one person to many pushes of one address at once', async () => {
        const name = fresh('same')
        const second = await surface.addDomain(organizationId, `${fresh('second')}.test`)
        const pushes = [surface, surface.as(second)].map(each =>
          each.ask('POST', '/Users', { body: person(name) }),
        )
        expect((await Promise.all(pushes)).map(answer => answer.status)).toEqual([201, 201])
        const people = await db
          .selectFrom('people')
          .select('id')
          .where('email', '=', `${name}@acme.test`)
          .execute()
        expect(people).toHaveLength(1)
      })

      it('knows a person again whose domain or accents are written in another way', async () => {
        const second = surface.as(await surface.addDomain(organizationId, `${fresh('accent')}.test`))
        const emails = (value: string) => ({ emails: [{ value }] })
        const name = fresh('accent')
        await create(person(name, emails(`jose\u0301.${name}@m\u00fcnchen.example`)))
        const body = person(name, emails(`JOS\u00c9.${name}@xn--mnchen-3ya.example`))
        expect((await second.ask('POST', '/Users', { body })).status).toBe(201)
        const found = await db
          .selectFrom('people')
          .select('email')
          .where('email', 'like', `%${name}%`)
          .execute()
        expect(found).toEqual([{ email: `jos\u00e9.${name}@xn--mnchen-3ya.example` }])
      })

      it('leaves nothing behind when it is refused', async () => {
        const name = fresh('taken')
        await create(person(name))
        const body = { ...person(fresh('other')), userName: `${name}@acme.test` }
        expect((await ask('POST', '/Users', { body })).status).toBe(409)
        expect(await findPersonByEmail(db, `${body.emails[0]?.value}`)).toBeUndefined()
      })
    })

    describe('foreign addresses', () => {
      it('are allowed by default, and refused with 400 invalidValue that names the domain where the domain says so', async () => {
        await create({ ...person(fresh('x')), emails: [{ value: `${fresh('x')}@elsewhere.example` }] })
        const strict = surface.as(
          await surface.addTenant(`${fresh('strict')}.test`, { scimForeignAddresses: 'refuse' }),
        )
        const own = strict.tenant.domain.name
        const foreign = { ...person('f'), emails: [{ value: 'f@elsewhere.example' }] }
        const refused = await strict.ask('POST', '/Users', { body: foreign })
        expect(refused).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } })
        expect(refused.body.detail).toContain('elsewhere.example')
        expect(await findPersonByEmail(db, 'f@elsewhere.example')).toBeUndefined()
        const made = await strict.ask('POST', '/Users', {
          body: { ...foreign, emails: [{ value: `f@${own}` }] },
        })
        expect(made.status).toBe(201)
        const moved = await strict.ask('PUT', `/Users/${made.body.id}`, { body: foreign })
        expect(moved).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } })
        expect((await strict.ask('GET', `/Users/${made.body.id}`)).body).toEqual(made.body)
      })

      it('may be on another verified domain of the organization, not on an unverified one', async () => {
        const strict = surface.as(
          await surface.addTenant(`${fresh('strict')}.test`, { scimForeignAddresses: 'refuse' }),
        )
        const [verified, claimed] = [`${fresh('verified')}.test`, `${fresh('claimed')}.test`]
        await surface.addDomain(strict.tenant.organizationId, verified)
        await surface.addDomain(strict.tenant.organizationId, claimed, { verifiedAt: null, verifiedBy: null })
        const at = (domain: string) => ({ schemas: [userSchema], userName: `g@${domain}` })
        expect((await strict.ask('POST', '/Users', { body: at(verified) })).status).toBe(201)
        expect((await strict.ask('POST', '/Users', { body: at(claimed) })).status).toBe(400)
      })
    })

    describe('names and address of the person', () => {
      const rename = patchOf({ op: 'replace', path: 'name.givenName', value: 'Changed' })

      it('follow the resource of somebody who belongs nowhere else and whose address is ours', async () => {
        const [name, next] = [fresh('ren'), fresh('amed')]
        const { id } = await create(person(name, { name: { givenName: 'Old', familyName: 'Name' } }))
        await ask('PATCH', `/Users/${id}`, { body: rename })
        expect(await findPersonByEmail(db, `${name}@acme.test`)).toMatchObject({
          first_name: 'Changed',
          last_name: 'Name',
        })
        const before = await findPersonByEmail(db, `${name}@acme.test`)
        await ask('PUT', `/Users/${id}`, { body: person(next, { name: { givenName: 'New' } }) })
        expect(await findPerson(db, before?.id ?? '')).toMatchObject({
          email: `${next}@acme.test`,
          first_name: 'New',
        })
        expect(await findPersonByEmail(db, `${name}@acme.test`)).toBeUndefined()
      })

      it('never change for somebody who belongs to another organization too; the resource says what came', async () => {
        const name = fresh('shared')
        const other = await surface.addTenant(`${fresh('elsewhere')}.test`)
        await addMember(`${name}@acme.test`, { organization: other.organizationId })
        const { id } = await create(person(name, { name: { givenName: 'Pushed' } }))
        await ask('PATCH', `/Users/${id}`, { body: rename })
        const answer = await ask('PUT', `/Users/${id}`, {
          body: person(fresh('moved'), { name: { givenName: 'Pushed' } }),
        })
        expect(answer.body.name.givenName).toBe('Pushed')
        expect(await findPersonByEmail(db, `${name}@acme.test`)).toMatchObject({
          first_name: 'By',
          last_name: 'Hand',
        })
      })

      it('never change when the old or the new address is on no verified domain of ours', async () => {
        const outside = fresh('outside')
        const { id } = await create({
          ...person(outside),
          emails: [{ value: `${outside}@free.example` }],
          name: { givenName: 'Old' },
        })
        await ask('PATCH', `/Users/${id}`, { body: rename })
        expect(await findPersonByEmail(db, `${outside}@free.example`)).toMatchObject({
          first_name: 'Old',
          is_email_verified: 0,
        })
        const inside = fresh('inside')
        const made = await create(person(inside, { name: { givenName: 'Old' } }))
        await ask('PUT', `/Users/${made.id}`, {
          body: { ...person(inside), emails: [{ value: `${inside}@free.example` }] },
        })
        expect(await findPersonByEmail(db, `${inside}@acme.test`)).toBeDefined()
        expect(await findPersonByEmail(db, `${inside}@free.example`)).toBeUndefined()
      })

      it('leave an address to the person who has it', async () => {
        const [one, two] = [fresh('one'), fresh('two')]
        await create(person(one))
        const { id } = await create(person(two))
        const swapped = { ...person(two), emails: [{ value: `${one}@acme.test` }] }
        expect((await ask('PUT', `/Users/${id}`, { body: swapped })).status).toBe(200)
        expect(await memberOf(`${one}@acme.test`)).toBeDefined()
        expect(await memberOf(`${two}@acme.test`)).toBeDefined()
      })
    })

    describe('active: false', () => {
      it('suspends the membership and ends sessions, keys and invites in the same transaction; level and names stay', async () => {
        const name = fresh('leaver')
        const personId = await addMember(`${name}@acme.test`, { level: 8 })
        const { id } = await create(person(name))
        await addSession(personId)
        await addKey(personId, null)
        await addKey(personId, [organizationId])
        await addInvite(`${name}@acme.test`)
        await addInvite('friend@free.example', personId)
        expect((await ask('PATCH', `/Users/${id}`, { body: setActive(false) })).status).toBe(200)
        expect(await memberOf(`${name}@acme.test`)).toMatchObject({ status: 'suspended', level: 8 })
        expect(await rowsOf('sessions', personId)).toEqual([])
        expect(await rowsOf('api_keys', personId)).toEqual([])
        expect(await invitesTo(`${name}@acme.test`)).toEqual([])
        expect(await invitesTo('friend@free.example')).toEqual([])
      })

      it('comes back with active: true at the level it had, by PATCH or PUT', async () => {
        const name = fresh('returner')
        await addMember(`${name}@acme.test`, { level: 8 })
        const { id } = await create(person(name))
        for (const back of [
          () => ask('PATCH', `/Users/${id}`, { body: setActive(true) }),
          () => ask('PUT', `/Users/${id}`, { body: person(name) }),
        ]) {
          await ask('PATCH', `/Users/${id}`, { body: setActive(false) })
          expect((await back()).body.active).toBe(true)
          expect(await memberOf(`${name}@acme.test`)).toMatchObject({ status: 'active', level: 8 })
        }
      })

      it('leaves what the person has in other organizations; a key for several loses only this one', async () => {
        const name = fresh('both')
        const other = await surface.addTenant(`${fresh('theirs')}.test`)
        const elsewhere = other.organizationId
        const personId = await addMember(`${name}@acme.test`, { organization: elsewhere })
        const { id } = await create(person(name))
        await addSession(personId)
        await addSession(personId, elsewhere)
        for (const organizations of [[organizationId], [elsewhere], [organizationId, elsewhere], null])
          await addKey(personId, organizations)
        await ask('PATCH', `/Users/${id}`, { body: setActive(false) })
        expect(await memberOf(`${name}@acme.test`, elsewhere)).toMatchObject({ status: 'active' })
        expect(
          (await rowsOf('sessions', personId)).map(row => 'organization_id' in row && row.organization_id),
        ).toEqual([elsewhere])
        const keys = (await rowsOf('api_keys', personId)).map(
          row => 'organizations' in row && row.organizations,
        )
        expect(keys).toEqual([elsewhere, elsewhere, elsewhere].map(each => JSON.stringify([each])))
      })

      it('answers a new POST with 409 uniqueness, so that the directory finds the old user', async () => {
        const name = fresh('again')
        const { id } = await create(person(name))
        await ask('PATCH', `/Users/${id}`, { body: setActive(false) })
        const answer = await ask('POST', '/Users', { body: person(name) })
        expect(answer).toMatchObject({ status: 409, body: { scimType: 'uniqueness' } })
        const found = await ask('GET', `/Users?filter=userName eq "${name}@acme.test"`)
        expect(found.body.Resources).toMatchObject([{ id, active: false }])
      })
    })

    describe('delete', () => {
      it('takes resource and membership away, and keeps the person where else they belong', async () => {
        const name = fresh('gone')
        const other = await surface.addTenant(`${fresh('stays')}.test`)
        const personId = await addMember(`${name}@acme.test`, { organization: other.organizationId })
        const { id } = await create(person(name))
        await addSession(personId)
        expect((await ask('DELETE', `/Users/${id}`)).status).toBe(204)
        expect(await memberOf(`${name}@acme.test`)).toBeUndefined()
        expect(await memberOf(`${name}@acme.test`, other.organizationId)).toMatchObject({ status: 'active' })
        expect(await rowsOf('sessions', personId)).toEqual([])
        const rest = await db.selectFrom('user_emails').selectAll().where('user_id', '=', id).execute()
        expect(rest).toEqual([])
      })

      it('makes way for a new resource of the same person', async () => {
        const name = fresh('reborn')
        const { id } = await create(person(name))
        const before = await findPersonByEmail(db, `${name}@acme.test`)
        await ask('DELETE', `/Users/${id}`)
        const made = await create(person(name))
        expect(made.id).not.toBe(id)
        expect((await findPersonByEmail(db, `${name}@acme.test`))?.id).toBe(before?.id)
        expect(await memberOf(`${name}@acme.test`)).toMatchObject({ status: 'active' })
      })

      it('is at peace with a membership that was ended by hand', async () => {
        const name = fresh('already')
        const { id } = await create(person(name))
        const { person_id } = (await memberOf(`${name}@acme.test`)) ?? { person_id: '' }
        await deleteMember(db, organizationId, person_id)
        expect((await ask('DELETE', `/Users/${id}`)).status).toBe(204)
      })
    })

    describe('two domains of one organization', () => {
      it('hold one membership together: it ends with the last active user', async () => {
        const name = fresh('twin')
        const second = surface.as(await surface.addDomain(organizationId, `${fresh('twin')}.test`))
        const here = await create(person(name))
        const there = (await second.ask('POST', '/Users', { body: person(name) })).body
        await ask('PATCH', `/Users/${here.id}`, { body: setActive(false) })
        expect(await memberOf(`${name}@acme.test`)).toMatchObject({ status: 'active' })
        await ask('DELETE', `/Users/${here.id}`)
        expect(await memberOf(`${name}@acme.test`)).toMatchObject({ status: 'active' })
        await second.ask('PATCH', `/Users/${there.id}`, { body: setActive(false) })
        expect(await memberOf(`${name}@acme.test`)).toMatchObject({ status: 'suspended' })
        await second.ask('DELETE', `/Users/${there.id}`)
        expect(await memberOf(`${name}@acme.test`)).toBeUndefined()
      })

      it('suspend it when both deactivate at once', async () => {
        const name = fresh('race')
        const second = surface.as(await surface.addDomain(organizationId, `${fresh('race')}.test`))
        const here = await create(person(name))
        const there = (await second.ask('POST', '/Users', { body: person(name) })).body
        const answers = await Promise.all([
          ask('PATCH', `/Users/${here.id}`, { body: setActive(false) }),
          second.ask('PATCH', `/Users/${there.id}`, { body: setActive(false) }),
        ])
        expect(answers.map(answer => answer.status)).toEqual([200, 200])
        expect(await memberOf(`${name}@acme.test`)).toMatchObject({ status: 'suspended' })
      })
    })

    describe('pushes that meet', () => {
      /** So often that on PostgreSQL they do meet. */
      const rounds = Array.from({ length: 15 }, (_, index) => index)

      it('leave the membership as the users say when one domain lets go while the other lets in', async () => {
        const second = surface.as(await surface.addDomain(organizationId, `${fresh('meet')}.test`))
        for (const _ of rounds) {
          const name = fresh('meet')
          const here = await create(person(name))
          const there = await second.ask('POST', '/Users', { body: person(name, { active: false }) })
          const answers = await Promise.all([
            ask('PATCH', `/Users/${here.id}`, { body: setActive(false) }),
            second.ask('PATCH', `/Users/${there.body.id}`, { body: setActive(true) }),
          ])
          expect(answers.map(({ status }) => status)).toEqual([200, 200])
          expect(await memberOf(`${name}@acme.test`)).toMatchObject({ status: 'active' })
        }
      })

      it('make an active member of somebody who is new to both, inactive in one and active in the other', async () => {
        const second = surface.as(await surface.addDomain(organizationId, `${fresh('meet')}.test`))
        for (const _ of rounds) {
          const name = fresh('meet')
          const answers = await Promise.all([
            ask('POST', '/Users', { body: person(name, { active: false }) }),
            second.ask('POST', '/Users', { body: person(name) }),
          ])
          expect(answers.map(({ status }) => status)).toEqual([201, 201])
          expect(await memberOf(`${name}@acme.test`)).toMatchObject({ status: 'active' })
        }
      })

      it('give an address that one moves to and the other begins with to one person', async () => {
        const other = surface.as(await surface.addTenant(`${fresh('meet')}.test`))
        for (const _ of rounds) {
          const [name, next] = [fresh('meet'), fresh('next')]
          const { id } = await create(person(name))
          const moved = patchOf({ op: 'replace', path: 'emails', value: [{ value: `${next}@acme.test` }] })
          const answers = await Promise.all([
            ask('PATCH', `/Users/${id}`, { body: moved }),
            other.ask('POST', '/Users', { body: person(next) }),
          ])
          expect(answers.map(({ status }) => status)).toEqual([200, 201])
        }
      })

      it('are told once, however often the database had them run', async () => {
        const outcomes = (await surface.log()).map(row => row.outcome)
        expect(
          outcomes.filter(outcome => /(joined|stays|was updated|active again).*\1/.test(outcome)),
        ).toEqual([])
      })
    })

    describe('the last owner', () => {
      it('cannot be deprovisioned: 409 with a sentence, and nothing is half done', async () => {
        const own = surface.as(await surface.addTenant(`${fresh('owned')}.test`))
        const organization = own.tenant.organizationId
        const { email, id: personId } = await db
          .selectFrom('members')
          .innerJoin('people', 'people.id', 'members.person_id')
          .select(['people.email', 'people.id'])
          .where('organization_id', '=', organization)
          .executeTakeFirstOrThrow()
        const body = { schemas: [userSchema], userName: email, active: true }
        const inactive = await own.ask('POST', '/Users', { body: { ...body, active: false } })
        expect(inactive).toMatchObject({ status: 409, body: { status: '409' } })
        expect(inactive.body).not.toHaveProperty('scimType')
        const made = (await own.ask('POST', '/Users', { body })).body
        await addSession(personId, organization)
        for (const answer of [
          await own.ask('PATCH', `/Users/${made.id}`, { body: setActive(false) }),
          await own.ask('PUT', `/Users/${made.id}`, { body: { ...body, active: false } }),
          await own.ask('DELETE', `/Users/${made.id}`),
        ]) {
          expect(answer.status).toBe(409)
          expect(answer.body.detail).toContain('last owner')
        }
        expect((await own.ask('GET', `/Users/${made.id}`)).body).toEqual(made)
        expect(await memberOf(email, organization)).toMatchObject({ status: 'active', level: 15 })
        expect(await rowsOf('sessions', personId)).toHaveLength(1)
      })

      it('stays when two owners are deactivated at once', async () => {
        const own = surface.as(await surface.addTenant(`${fresh('owners')}.test`))
        const organization = own.tenant.organizationId
        const names = [fresh('o'), fresh('o')]
        const made = []
        for (const name of names) {
          const { id } = (await own.ask('POST', '/Users', { body: person(name) })).body
          const member = await memberOf(`${name}@acme.test`, organization)
          await updateMember(db, organization, { personId: member?.person_id ?? '', level: 15 })
          made.push(id)
        }
        await db
          .deleteFrom('members')
          .where('organization_id', '=', organization)
          .where('origin', '=', 'founder')
          .execute()
        const answers = await Promise.all(
          made.map(id => own.ask('PATCH', `/Users/${id}`, { body: setActive(false) })),
        )
        expect(answers.map(answer => answer.status).sort()).toEqual([200, 409])
        const owners = await db
          .selectFrom('members')
          .select('status')
          .where('organization_id', '=', organization)
          .execute()
        expect(owners.map(({ status }) => status).sort()).toEqual(['active', 'suspended'])
      })
    })

    it('every change leaves an audit row in the name of the token', async () => {
      const name = fresh('audited')
      const { id } = await create(person(name))
      await ask('PATCH', `/Users/${id}`, { body: setActive(false) })
      await ask('PATCH', `/Users/${id}`, { body: setActive(false) })
      await ask('DELETE', `/Users/${id}`)
      const rows = await db
        .selectFrom('audit')
        .selectAll()
        .where('target_id', '=', id)
        .orderBy('id')
        .execute()
      expect(rows.map(row => row.action)).toEqual(['user.created', 'user.updated', 'user.deleted'])
      expect(rows[1]).toMatchObject({
        actor_type: 'scim',
        organization_id: organizationId,
        target_label: `${name}@acme.test`,
      })
      expect(JSON.parse(rows[1]?.changes ?? '')).toEqual({
        active: { before: true, after: false },
        membership: { before: 'active', after: 'suspended' },
      })
      expect(rows[1]?.request_id).not.toBe('')
    })
  })
})

const First = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
