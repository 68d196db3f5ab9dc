// Extensions of the user and the group that a domain registered, over HTTP, and what discovery says of them.
import { beforeAll, describe, expect, it } from 'vitest'
import { JobRunner } from '../../../src/jobs/runner.ts'
import { eachDatabase } from '../../database.ts'
import { alter, badge, badgeUrn, device, deviceUrn, register, unregister } from './registering.ts'
import { openSurface, patchOf, person, type Surface, userSchema } from './surface.ts'

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const core = 'urn:ietf:params:scim:schemas:core:2.0'

describe('extensions of a domain', () => {
  eachDatabase((_, open) => {
    let surface: Surface
    let ask: Surface['ask']
    beforeAll(async () => {
      surface = await openSurface(await open())
      ask = surface.ask
      await register(surface, badge)
    })
    const make = async (name: string, values: object, to = surface) =>
      (await to.ask('POST', '/Users', { body: person(name, { [badgeUrn]: values }) })).body
    const found = async (filter: string) => {
      const answer = await ask('GET', `/Users?filter=${encodeURIComponent(filter)}`)
      expect([filter, answer.status]).toEqual([filter, 200])
      return answer.body.Resources.map((each: { userName: string }) => each.userName.split('@')[0])
    }

    it('R13 R30 R33 keeps its values in their container, under a URN in any case', async () => {
      const values = { badge: 'B1', floor: 3, desk: { room: 'R' }, keys: [{ value: 'k', type: 'front' }] }
      const { status, body } = await ask('POST', '/Users', {
        body: person('ada', { [badgeUrn.toUpperCase()]: { ...values, BADGE: undefined, nothing: 1 } }),
      })
      expect([status, body.schemas, body[badgeUrn]]).toEqual([201, [userSchema, badgeUrn], values])
      expect((await ask('GET', `/Users/${body.id}`)).body).toEqual(body)
    })

    it('R77 R72 R13 names the URN in schemas as long as there are values', async () => {
      const { id, schemas } = (await ask('POST', '/Users', { body: person('schemas') })).body
      expect(schemas).toEqual([userSchema])
      const patch = async (...operations: object[]) =>
        (await ask('PATCH', `/Users/${id}`, { body: patchOf(...operations) })).body
      const added = await patch(
        { op: 'add', path: `${badgeUrn}:badge`, value: 'B2' },
        { op: 'add', value: { [`${badgeUrn}:floor`]: 2, [enterprise]: { department: 'D' } } },
        { op: 'add', path: `${badgeUrn}:keys`, value: [{ value: 'a' }, { value: 'b', primary: true }] },
        { op: 'replace', path: `${badgeUrn}:keys[value eq "a"].type`, value: 'back' },
      )
      expect(added.schemas).toEqual([userSchema, enterprise, badgeUrn])
      expect(added[badgeUrn]).toEqual({
        badge: 'B2',
        floor: 2,
        keys: [
          { value: 'a', type: 'back' },
          { value: 'b', primary: true },
        ],
      })
      const gone = await patch({ op: 'remove', path: badgeUrn })
      expect(gone.schemas).toEqual([userSchema, enterprise])
      expect(gone).not.toHaveProperty([badgeUrn])
    })

    it('R33 R44 R47 R55 is filtered and sorted by', async () => {
      for (const floor of [11, 13, 12])
        await make(`f${floor}`, {
          badge: `F${floor}`,
          floor,
          since: `20${floor}-01-01T00:00:00Z`,
          keys: [{ value: 'K' }],
        })
      expect(await found(`${badgeUrn}:badge eq "f11"`)).toEqual(['f11'])
      expect(await found(`${badgeUrn}:badge eq "F12" and ${badgeUrn}:floor eq 12`)).toEqual(['f12'])
      expect(await found(`${badgeUrn}:floor gt 11 and ${badgeUrn}:badge sw "f"`)).toEqual(['f13', 'f12'])
      expect(await found(`${badgeUrn}:since lt "2012-06-01T02:00:00+02:00"`)).toEqual(['f11', 'f12'])
      expect(await found(`${badgeUrn}:keys[value eq "K"] and ${badgeUrn}:floor le 11`)).toEqual(['f11'])
      expect(await found('badge eq "F13"')).toEqual(['f13'])
      const filter = encodeURIComponent(`${badgeUrn}:badge sw "F"`)
      const sorted = await ask('GET', `/Users?filter=${filter}&sortBy=${badgeUrn}:floor&attributes=userName`)
      expect(sorted.body.Resources.map((each: { userName: string }) => each.userName.slice(0, 3))).toEqual([
        'f11',
        'f12',
        'f13',
      ])
    })

    it('R24 R56 shows on request what is to be asked for, and never what is never shown', async () => {
      const values = { badge: 'S1', pin: '1234', note: 'n', desk: { room: 'R', secret: 's' } }
      const made = await make('shown', values)
      expect(made[badgeUrn]).toEqual({ badge: 'S1', desk: { room: 'R' } })
      const read = async (query: string) => (await ask('GET', `/Users/${made.id}${query}`)).body[badgeUrn]
      expect(await read('')).toEqual({ badge: 'S1', desk: { room: 'R' } })
      expect(await read(`?attributes=${badgeUrn}:note,${badgeUrn}:pin`)).toEqual({ note: 'n' })
      expect(await read(`?attributes=${badgeUrn}:desk.secret`)).toEqual({ desk: { secret: 's' } })
      expect(await read(`?excludedAttributes=${badgeUrn}:desk.room`)).toEqual({ badge: 'S1' })
      const [listed] = (await ask('GET', '/Users?filter=badge%20eq%20%22S1%22')).body.Resources
      expect(listed).toEqual(made)
      const { doc } = await surface.ctx.db
        .selectFrom('users')
        .select('doc')
        .where('id', '=', made.id)
        .executeTakeFirstOrThrow()
      expect(doc).not.toContain('1234')
    })

    it('R26 keeps what is returned never out of the log, however it comes', async () => {
      const { id } = await make('secretive', { badge: 'L1', pin: 'geheim-1' })
      const url = `/Users/${id}`
      await ask('PATCH', url, {
        body: patchOf(
          { op: 'add', path: `${badgeUrn}:pin`, value: 'geheim-2' },
          { op: 'add', value: { [badgeUrn]: { pin: 'geheim-3' } } },
          { op: 'add', value: { [`${badgeUrn}:pin`]: 'geheim-4' } },
          { op: 'add', value: JSON.stringify({ [badgeUrn]: { pin: 'geheim-5' } }) },
        ),
      })
      const kept = JSON.stringify(await surface.log())
      expect(kept).toContain('L1')
      expect(kept).not.toContain('geheim')
    })

    it('R23 R36 keeps a unique value unique through POST, PUT and PATCH, regardless of case', async () => {
      const one = await make('unique1', { badge: 'U1' })
      const two = await make('unique2', { badge: 'U2' })
      const expectTaken = (answer: { status: number; body: { scimType: string; detail: string } }) => {
        expect([answer.status, answer.body.scimType]).toEqual([409, 'uniqueness'])
        expect(answer.body.detail).toContain(`${badgeUrn}:badge`)
      }
      const taken = person('unique2', { [badgeUrn]: { badge: 'u1' } })
      expectTaken(await ask('POST', '/Users', { body: { ...taken, userName: 'unique3' } }))
      expectTaken(await ask('PUT', `/Users/${two.id}`, { body: taken }))
      const take = { body: patchOf({ op: 'replace', path: `${badgeUrn}:badge`, value: 'U1' }) }
      expectTaken(await ask('PATCH', `/Users/${two.id}`, take))
      await ask('PATCH', `/Users/${one.id}`, {
        body: patchOf({ op: 'replace', path: `${badgeUrn}:badge`, value: 'U9' }),
      })
      expect((await ask('PATCH', `/Users/${two.id}`, take)).status).toBe(200)
      await ask('DELETE', `/Users/${two.id}`)
      expect((await make('unique4', { badge: 'U1' })).userName).toBe('unique4@acme.test')
    })

    it('R32 asks for a required extension in every resource that is written, and only there', async () => {
      const tenant = surface.as(await surface.addTenant('required.test'))
      const old = (await tenant.ask('POST', '/Users', { body: person('old') })).body
      await register(tenant, { ...badge, required: true })
      const { status, body } = await tenant.ask('POST', '/Users', { body: person('without') })
      expect([status, body.scimType]).toEqual([400, 'invalidValue'])
      expect(body.detail).toContain(badgeUrn)
      expect((await make('with', { badge: 'W' }, tenant)).schemas).toContain(badgeUrn)
      expect((await tenant.ask('GET', `/Users/${old.id}`)).status).toBe(200)
      const change = { op: 'add', path: 'nickName', value: 'n' }
      const patched = await tenant.ask('PATCH', `/Users/${old.id}`, { body: patchOf(change) })
      expect(patched.status).toBe(400)
      const both = patchOf(change, { op: 'add', path: `${badgeUrn}:floor`, value: 1 })
      expect((await tenant.ask('PATCH', `/Users/${old.id}`, { body: both })).status).toBe(200)
      const [type] = (await tenant.ask('GET', '/ResourceTypes')).body.Resources
      expect(type.schemaExtensions).toContainEqual({ schema: badgeUrn, required: true })
    })

    it('R33 extends the group too', async () => {
      const urn = 'urn:example:schemas:1.0:Team'
      await register(surface, {
        id: urn,
        name: 'Team',
        extends: 'Group',
        attributes: [{ name: 'costCenter', type: 'integer' }],
      })
      const body = { schemas: [`${core}:Group`, urn], displayName: 'Team', [urn]: { costCenter: 7 } }
      const made = (await ask('POST', '/Groups', { body })).body
      expect(made).toMatchObject(body)
      const { id } = (await ask('POST', '/Users', { body: person('member') })).body
      const add = { body: patchOf({ op: 'add', path: 'members', value: [{ value: id }] }) }
      expect((await ask('PATCH', `/Groups/${made.id}`, add)).status).toBe(204)
      const filter = encodeURIComponent(`${urn}:costCenter eq 7`)
      const { Resources } = (await ask('GET', `/Groups?filter=${filter}`)).body
      expect(Resources).toMatchObject([{ ...body, members: [{ value: id }] }])
    })

    it('R83 is part of /Me', async () => {
      const { ctx, tenant } = surface
      const { id } = await make('me', { badge: 'ME' })
      const { person_id } = await ctx.db
        .selectFrom('users')
        .select('person_id')
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      await ctx.db
        .updateTable('scim_tokens')
        .set({ created_by: person_id })
        .where('domain_id', '=', tenant.domain.id)
        .execute()
      expect((await ask('GET', '/Me')).body[badgeUrn]).toEqual({ badge: 'ME' })
    })

    it('R9 is nothing to another tenant, whose users lose what they send of it', async () => {
      const other = surface.as(await surface.addTenant('other.test'))
      const made = await make('theirs', { badge: 'B1' }, other)
      expect(made.schemas).toEqual([userSchema])
      expect(made).not.toHaveProperty([badgeUrn])
      const filter = encodeURIComponent(`${badgeUrn}:badge eq "B1"`)
      expect((await other.ask('GET', `/Users?filter=${filter}`)).body.scimType).toBe('invalidFilter')
      await register(other, badge)
      expect((await make('ours', { badge: 'B1' }, other)).schemas).toContain(badgeUrn)
    })

    it('R84 R86 is in /Schemas and /ResourceTypes for who has a token, each reference resolvable', async () => {
      const tenant = surface.as(await surface.addTenant('discovery.test'))
      await register(tenant, badge)
      await register(tenant, device)
      const schemas = (await tenant.ask('GET', '/Schemas')).body.Resources
      const types = (await tenant.ask('GET', '/ResourceTypes')).body.Resources
      expect(types.map((each: { name: string }) => each.name)).toEqual(['User', 'Group', 'Device'])
      for (const { schema, schemaExtensions, meta, endpoint } of types) {
        for (const urn of [schema, ...schemaExtensions.map((each: { schema: string }) => each.schema)]) {
          const { body } = await tenant.ask('GET', `/Schemas/${urn}`)
          expect(schemas).toContainEqual(body)
          expect((await tenant.askAt('GET', new URL(body.meta.location).pathname)).body).toEqual(body)
        }
        expect((await tenant.askAt('GET', new URL(meta.location).pathname)).status).toBe(200)
        expect((await tenant.ask('GET', endpoint)).status).toBe(200)
      }
      const strangers = [{ token: null }, { token: 'nonsense' }, { token: surface.tenant.token }]
      for (const stranger of strangers) {
        expect((await tenant.ask('GET', '/Schemas', stranger)).text).not.toContain(deviceUrn)
        expect((await tenant.ask('GET', '/ResourceTypes', stranger)).text).not.toMatch(/Device|acme/)
        for (const path of [`/Schemas/${badgeUrn}`, '/ResourceTypes/Device'])
          expect((await tenant.ask('GET', path, stranger)).status).toBe(404)
      }
      expect((await surface.ask('GET', '/Schemas')).text).not.toContain(deviceUrn)
    })

    it('R33 is known as it was changed to the very next request', async () => {
      const tenant = surface.as(await surface.addTenant('change.test'))
      await register(tenant, badge)
      const { id } = await make('changed', { badge: 'C' }, tenant)
      await alter(tenant, { ...badge, attributes: [...badge.attributes, { name: 'shoe', type: 'integer' }] })
      const set = { body: patchOf({ op: 'add', path: `${badgeUrn}:shoe`, value: 42 }) }
      expect((await tenant.ask('PATCH', `/Users/${id}`, set)).body[badgeUrn]).toEqual({
        badge: 'C',
        shoe: 42,
      })
      expect((await tenant.ask('GET', `/Schemas/${badgeUrn}`)).text).toContain('"shoe"')
    })

    describe('that is given up', () => {
      let tenant: Surface
      let id: string
      beforeAll(async () => {
        tenant = surface.as(await surface.addTenant('leaving.test'))
        await register(tenant, badge)
        id = (await make('left', { badge: 'L', floor: 1 }, tenant)).id
        await unregister(tenant, badgeUrn)
      })
      const read = async () => (await tenant.ask('GET', `/Users/${id}`)).body

      it('R13 is in no answer any more, though values of it are still stored', async () => {
        const user = await read()
        expect(user.schemas).toEqual([userSchema])
        expect(user).not.toHaveProperty([badgeUrn])
        expect((await tenant.ask('GET', '/Users')).text).not.toContain(badgeUrn)
        expect((await tenant.ask('GET', `/Schemas/${badgeUrn}`)).status).toBe(404)
        const filter = encodeURIComponent(`${badgeUrn}:badge pr`)
        expect((await tenant.ask('GET', `/Users?filter=${filter}`)).body.scimType).toBe('invalidFilter')
      })

      it('cannot come back before its values are gone', async () => {
        await expect(register(tenant, badge)).rejects.toMatchObject({ code: 'being_removed' })
      })

      it('R82 leaves a new version of each resource behind, and then its URN and its values are free', async () => {
        const before = await read()
        await new JobRunner(surface.ctx).runDue()
        const { doc } = await surface.ctx.db
          .selectFrom('users')
          .select('doc')
          .where('id', '=', id)
          .executeTakeFirstOrThrow()
        expect(doc).not.toContain(badgeUrn)
        const after = await read()
        expect({ ...after, meta: null }).toEqual({ ...before, meta: null })
        expect([before.meta.version, after.meta.version]).toEqual(['W/"1"', 'W/"2"'])
        await register(tenant, badge)
        expect((await make('next', { badge: 'L' }, tenant))[badgeUrn]).toEqual({ badge: 'L' })
        expect(await read()).toEqual(after)
      })
    })

    it('refuses a write that an older version of the schemas has read, and nothing of it is done', async () => {
      const tenant = surface.as(await surface.addTenant('race.test'))
      await register(tenant, badge)
      const { id } = await make('race', { badge: 'R' }, tenant)
      const changes = Array.from({ length: 8 }, (_, at) => [
        tenant.ask('PATCH', `/Users/${id}`, {
          body: patchOf({ op: 'replace', path: `${badgeUrn}:floor`, value: at }),
        }),
        ...(at === 4 ? [unregister(tenant, badgeUrn).then(() => ({ status: 204 }))] : []),
      ]).flat()
      const statuses = (await Promise.all(changes)).map(({ status }) => status)
      for (const status of statuses) expect([200, 204, 400, 503]).toContain(status)
      await new JobRunner(surface.ctx).runDue()
      const { doc } = await surface.ctx.db
        .selectFrom('users')
        .select('doc')
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      expect(doc).not.toContain(badgeUrn)
    })
  })
})
