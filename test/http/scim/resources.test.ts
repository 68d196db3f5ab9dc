// The six verbs over HTTP, as RFC 7644 §3 has them.
import { beforeAll, describe, expect, it } from 'vitest'
import { eachDatabase } from '../../database.ts'
import { ada, openSurface, patchOf, person, type Surface, setActive, userSchema } from './surface.ts'

describe('resources', () => {
  eachDatabase((_, open) => {
    let surface: Surface
    let ask: Surface['ask']
    const create = async (body: object) => (await ask('POST', '/Users', { body })).body

    beforeAll(async () => {
      surface = await openSurface(await open())
      ask = surface.ask
    })

    describe('create (§3.3)', () => {
      it('R34 answers 201 with the representation, Location equal to meta.location, and an ETag', async () => {
        const { status, headers, body } = await ask('POST', '/Users', { body: ada })
        expect(status).toBe(201)
        expect(body).toMatchObject({ ...ada, id: expect.stringMatching(/^[0-9a-f-]{36}$/) })
        expect(headers.get('location')).toBe(body.meta.location)
        expect(body.meta.location).toBe(
          `http://127.0.0.1:3000/scim/v2/${surface.tenant.domain.id}/Users/${body.id}`,
        )
        expect(headers.get('etag')).toBe(body.meta.version)
        expect(body.meta).toMatchObject({
          resourceType: 'User',
          version: 'W/"1"',
          created: body.meta.lastModified,
        })
      })

      it('R14 R16 R26 R27 R35 ignores id, meta and groups of the client and drops the password', async () => {
        const { status, body, text } = await ask('POST', '/Users', {
          body: {
            ...person('readonly'),
            id: 'mine',
            meta: { resourceType: 'Thing', location: 'x' },
            groups: [],
            password: 'Pla1ceholder!',
          },
        })
        expect(status).toBe(201)
        expect(body.id).not.toBe('mine')
        expect(body.meta.resourceType).toBe('User')
        expect(body).not.toHaveProperty('groups')
        expect(text).not.toContain('Pla1ceholder')
      })

      it('R15 keeps externalId as the client wrote it, in its domain and its case, and never makes one up', async () => {
        const other = surface.as(await surface.addDomain(surface.tenant.organizationId, 'external.test'))
        const body = person('external', { externalId: 'Ext-1' })
        const made = (await ask('POST', '/Users', { body })).body
        expect(made.externalId).toBe('Ext-1')
        expect((await other.ask('POST', '/Users', { body })).body.externalId).toBe('Ext-1')
        expect((await ask('POST', '/Users', { body: person('plain') })).body).not.toHaveProperty('externalId')
        const found = async (value: string) => {
          const { Resources } = (await ask('GET', `/Users?filter=externalId eq "${value}"`)).body
          return Resources.map(({ id }: { id: string }) => id)
        }
        expect([await found('Ext-1'), await found('ext-1')]).toEqual([[made.id], []])
        const gone = { body: patchOf({ op: 'remove', path: 'externalId' }) }
        expect((await ask('PATCH', `/Users/${made.id}`, gone)).body).not.toHaveProperty('externalId')
      })

      it('R35 refuses malformed JSON with invalidSyntax and a missing userName with invalidValue', async () => {
        const garbage = await ask('POST', '/Users', { text: '{"userName": ' })
        expect(garbage).toMatchObject({ status: 400, body: { scimType: 'invalidSyntax' } })
        const nameless = await ask('POST', '/Users', { body: { schemas: [userSchema] } })
        expect(nameless).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } })
        expect(nameless.body.detail).toContain('userName')
      })

      it('R25 R36 refuses a userName that is taken, in whatever case, with 409 uniqueness', async () => {
        await create(person('taken'))
        const { status, body } = await ask('POST', '/Users', {
          body: { ...person('other'), userName: 'TAKEN@acme.test' },
        })
        expect(status).toBe(409)
        expect(body).toMatchObject({ status: '409', scimType: 'uniqueness' })
        expect(body.detail).toContain('userName')
      })

      it('R37 accepts attributes in the container of the core schema', async () => {
        const { status, body } = await ask('POST', '/Users', {
          body: { schemas: [userSchema], [userSchema]: { userName: 'contained', active: true } },
        })
        expect(status).toBe(201)
        expect(body.userName).toBe('contained')
      })

      it('R56 applies attributes to the answer, and R64 makes a user active that does not say', async () => {
        const body = { schemas: [userSchema], userName: 'projected' }
        const answer = await ask('POST', '/Users?attributes=active', { body })
        expect(Object.keys(answer.body).sort()).toEqual(['active', 'id', 'schemas'])
        expect(answer.body.active).toBe(true)
      })
    })

    describe('read (§3.4.1)', () => {
      it('R38 answers 404 for ids that do not exist, however odd they are', async () => {
        const odd = [
          '00919288221112222',
          '%23',
          '%00',
          '%',
          '%E0%A4',
          '019a0000-0000-7000-8000-000000000000',
          '__proto__',
          "'; drop table users; --",
        ]
        for (const id of odd) {
          for (const method of ['GET', 'DELETE']) {
            const { status, body } = await ask(method, `/Users/${id}`)
            expect([id, status, body.status]).toEqual([id, 404, '404'])
          }
        }
      })

      it('R56 shows what attributes and excludedAttributes say, refuses both, and keeps what is always returned', async () => {
        const { id } = await create(person('shown', { nickName: 'Sho' }))
        const only = await ask(
          'GET',
          `/Users/${id}?attributes=emails.value,urn:ietf:params:scim:schemas:core:2.0:User:nickName`,
        )
        expect(only.body).toEqual({
          schemas: [userSchema],
          id,
          nickName: 'Sho',
          emails: [{ value: 'shown@acme.test' }],
        })
        const without = await ask('GET', `/Users/${id}?excludedAttributes=emails,id,meta`)
        expect(without.body).toEqual({
          schemas: [userSchema],
          id,
          userName: 'shown@acme.test',
          nickName: 'Sho',
          active: true,
        })
        expect((await ask('GET', `/Users/${id}?attributes=id&excludedAttributes=meta`)).status).toBe(400)
      })

      it('R82 answers 304 to a version that still stands, strong, weak or any, and the resource otherwise', async () => {
        const { id } = await create(person('cached'))
        for (const tag of ['W/"1"', '"1"', '*', '"7", W/"1"']) {
          const answer = await ask('GET', `/Users/${id}`, { headers: { 'If-None-Match': tag } })
          expect([tag, answer.status, answer.text]).toEqual([tag, 304, ''])
          expect(answer.headers.get('etag')).toBe('W/"1"')
        }
        const other = await ask('GET', `/Users/${id}`, { headers: { 'If-None-Match': 'W/"2"' } })
        expect(other.status).toBe(200)
      })

      it('answers HEAD as GET without a body', async () => {
        const { id } = await create(person('head'))
        const answer = await ask('HEAD', `/Users/${id}`)
        expect([answer.status, answer.text, answer.headers.get('etag')]).toEqual([200, '', 'W/"1"'])
      })
    })

    describe('replace (§3.5.1)', () => {
      it('R64 replaces what can be written, clears what is left out, keeps active, id and creation', async () => {
        const made = await create(person('replaced', { nickName: 'gone', active: false }))
        const { active: _, ...body } = person('replaced', { title: 'Dr', id: 'x', meta: {}, groups: [] })
        const { status, body: after, headers } = await ask('PUT', `/Users/${made.id}`, { body })
        expect(status).toBe(200)
        expect(after).toMatchObject({ id: made.id, title: 'Dr', active: false })
        expect(after).not.toHaveProperty('nickName')
        expect(after.meta).toMatchObject({ created: made.meta.created, version: 'W/"2"' })
        expect(headers.get('etag')).toBe('W/"2"')
        expect(headers.get('content-location')).toBe(after.meta.location)
        expect((await ask('GET', `/Users/${made.id}`)).body).toEqual(after)
      })

      it('R64 never creates, and R75 says what is wrong with the body before it looks', async () => {
        const path = '/Users/019a0000-0000-7000-8000-000000000000'
        expect((await ask('PUT', path, { body: person('nobody') })).status).toBe(404)
        expect((await ask('PUT', path, { body: { schemas: [userSchema] } })).status).toBe(400)
        expect((await ask('PUT', '/Users/not-an-id', { body: { schemas: [userSchema] } })).status).toBe(400)
      })

      it('R67 keeps version and lastModified when nothing changes', async () => {
        const made = await create(person('same'))
        surface.ctx.clock.advance(1000)
        const { status, body } = await ask('PUT', `/Users/${made.id}`, { body: made })
        expect(status).toBe(200)
        expect(body).toEqual(made)
      })

      it('R36 refuses the userName of another user and changes nothing', async () => {
        await create(person('first'))
        const second = await create(person('second'))
        const answer = await ask('PUT', `/Users/${second.id}`, {
          body: { ...person('second'), userName: 'First@acme.test' },
        })
        expect(answer).toMatchObject({ status: 409, body: { scimType: 'uniqueness' } })
        expect((await ask('GET', `/Users/${second.id}`)).body).toEqual(second)
      })
    })

    describe('change (§3.5.2)', () => {
      it('R68 answers 200 with the resource, 204 to return=minimal, and 200 whenever attributes are asked for', async () => {
        const { id } = await create(person('patched'))
        const full = await ask('PATCH', `/Users/${id}`, { body: setActive(false) })
        expect(full).toMatchObject({ status: 200, body: { id, active: false, meta: { version: 'W/"2"' } } })
        const minimal = { Prefer: 'respond-async, return=minimal' }
        const short = await ask('PATCH', `/Users/${id}`, { body: setActive(true), headers: minimal })
        expect([short.status, short.text, short.headers.get('etag')]).toEqual([204, '', 'W/"3"'])
        expect(short.headers.get('preference-applied')).toBe('return=minimal')
        const asked = await ask('PATCH', `/Users/${id}?attributes=active`, {
          body: setActive(false),
          headers: minimal,
        })
        expect(asked).toMatchObject({ status: 200, body: { schemas: [userSchema], id, active: false } })
      })

      it('R67 is all or nothing, and leaves version and lastModified when nothing changes', async () => {
        const made = await create(person('atomic', { title: 'Dr' }))
        const half = patchOf(
          { op: 'replace', path: 'title', value: 'Prof' },
          { op: 'replace', path: 'userName', value: '' },
        )
        expect((await ask('PATCH', `/Users/${made.id}`, { body: half })).status).toBe(400)
        surface.ctx.clock.advance(1000)
        const same = await ask('PATCH', `/Users/${made.id}`, {
          body: patchOf({ op: 'replace', path: 'title', value: 'Dr' }),
        })
        expect(same.body).toEqual(made)
      })

      it('R72 leaves every attribute that is removed unassigned, active too', async () => {
        const { id } = (await ask('POST', '/Users', { body: person('bare', { title: 'a' }) })).body
        const gone = patchOf({ op: 'remove', path: 'title' }, { op: 'remove', path: 'active' })
        const { status, body } = await ask('PATCH', `/Users/${id}`, { body: gone })
        expect(status).toBe(200)
        for (const name of ['title', 'active']) expect(body).not.toHaveProperty(name)
        const again = await ask('PUT', `/Users/${id}`, { body: person('bare', { active: undefined }) })
        expect(again.body.active).toBe(true)
      })

      it('R75 refuses a bad path or value before it looks for the user', async () => {
        const path = '/Users/019a0000-0000-7000-8000-000000000000'
        const bad = await ask('PATCH', path, { body: patchOf({ op: 'replace', path: 'emails[', value: 1 }) })
        expect(bad).toMatchObject({ status: 400, body: { scimType: 'invalidPath' } })
        const wrong = await ask('PATCH', path, {
          body: patchOf({ op: 'replace', path: 'active', value: 'maybe' }),
        })
        expect(wrong).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } })
        expect((await ask('PATCH', path, { body: setActive(false) })).status).toBe(404)
      })

      it('R79 keeps every one of many changes at once', async () => {
        const { id } = await create(person('busy'))
        const changes = Array.from({ length: 12 }, (_, index) =>
          patchOf({ op: 'add', path: 'phoneNumbers', value: [{ type: `t${index}`, value: `tel:${index}` }] }),
        )
        const answers = await Promise.all(changes.map(body => ask('PATCH', `/Users/${id}`, { body })))
        expect(answers.map(answer => answer.status)).toEqual(changes.map(() => 200))
        const { body } = await ask('GET', `/Users/${id}`)
        expect(body.phoneNumbers).toHaveLength(12)
        expect(body.meta.version).toBe('W/"13"')
      })
    })

    describe('versions (§3.14)', () => {
      it('R82 asks a domain that insists for If-Match: 428 without it, in a bulk too', async () => {
        const insisting = surface.as(await surface.addTenant('insisting.test', { scimRequireIfMatch: true }))
        const { body: made } = await insisting.ask('POST', '/Users', { body: person('versioned') })
        const path = `/Users/${made.id}`
        const changes = [
          ['PUT', made],
          ['PATCH', setActive(false)],
          ['DELETE', undefined],
        ] as const
        for (const [method, body] of changes) {
          const answer = await insisting.ask(method, path, { body })
          expect([answer.status, answer.body.status]).toEqual([428, '428'])
        }
        const Operations = [{ method: 'DELETE', path }]
        const bulk = await insisting.ask('POST', '/Bulk', { body: { Operations } })
        expect(bulk.body.Operations[0].status).toBe('428')
        const headers = { 'If-Match': made.meta.version }
        expect((await insisting.ask('PATCH', path, { body: setActive(false), headers })).status).toBe(200)
        expect((await insisting.ask('DELETE', path, { headers })).status).toBe(412)
        expect((await insisting.ask('DELETE', path, { headers: { 'If-Match': '*' } })).status).toBe(204)
        expect((await insisting.ask('DELETE', path)).status).toBe(404)
      })

      it('R82 R79 refuses with 412 a write that means another version, and lets the right one or * pass', async () => {
        const { id } = await create(person('versioned'))
        const stale = { 'If-Match': 'W/"9"' }
        const body = person('versioned', { title: 'Dr' })
        expect((await ask('PUT', `/Users/${id}`, { body, headers: stale })).status).toBe(412)
        expect((await ask('PATCH', `/Users/${id}`, { body: setActive(false), headers: stale })).status).toBe(
          412,
        )
        expect((await ask('DELETE', `/Users/${id}`, { headers: stale })).status).toBe(412)
        expect((await ask('GET', `/Users/${id}`)).body.meta.version).toBe('W/"1"')
        expect((await ask('PUT', `/Users/${id}`, { body, headers: { 'If-Match': '"1"' } })).status).toBe(200)
        const any = { 'If-Match': '*' }
        expect((await ask('PATCH', `/Users/${id}`, { body: setActive(false), headers: any })).status).toBe(
          200,
        )
        const many = { 'If-Match': 'W/"1", W/"3"' }
        expect((await ask('DELETE', `/Users/${id}`, { headers: many })).status).toBe(204)
        expect((await ask('DELETE', `/Users/${id}`, { headers: any })).status).toBe(404)
      })

      it('R79 lets one of two writers with the same version win', async () => {
        const { id } = await create(person('raced'))
        const headers = { 'If-Match': 'W/"1"' }
        const write = (title: string) =>
          ask('PUT', `/Users/${id}`, { body: person('raced', { title }), headers })
        const statuses = (await Promise.all([write('a'), write('b')])).map(answer => answer.status)
        expect(statuses.sort()).toEqual([200, 412])
      })
    })

    describe('delete (§3.6)', () => {
      it('R80 answers 204, then 404 to everything; the user is in no list, and its userName is free', async () => {
        const { id } = await create(person('deleted'))
        const gone = await ask('DELETE', `/Users/${id}`)
        expect([gone.status, gone.text]).toEqual([204, ''])
        expect((await ask('GET', `/Users/${id}`)).status).toBe(404)
        expect((await ask('PUT', `/Users/${id}`, { body: person('deleted') })).status).toBe(404)
        expect((await ask('PATCH', `/Users/${id}`, { body: setActive(true) })).status).toBe(404)
        expect((await ask('DELETE', `/Users/${id}`)).status).toBe(404)
        const found = await ask('GET', '/Users?filter=userName eq "deleted@acme.test"')
        expect(found.body).toMatchObject({ totalResults: 0, Resources: [] })
        const again = await ask('POST', '/Users', { body: person('deleted') })
        expect(again.status).toBe(201)
        expect(again.body.id).not.toBe(id)
      })

      it('R80 meets a PATCH in either order, and leaves nothing of the user', async () => {
        for (let round = 0; round < 10; round++) {
          const { id } = (await ask('POST', '/Users', { body: person(`met${round}`) })).body
          const title = patchOf({ op: 'replace', path: 'title', value: 'late' })
          const [changed, deleted] = await Promise.all([
            ask('PATCH', `/Users/${id}`, { body: title }),
            ask('DELETE', `/Users/${id}`),
          ])
          expect([200, 404]).toContain(changed.status)
          expect(deleted.status).toBe(204)
          expect((await ask('GET', `/Users/${id}`)).status).toBe(404)
        }
      })

      it('R80 keeps a deactivated user readable and found', async () => {
        const { id } = await create(person('resting', { active: false }))
        expect((await ask('GET', `/Users/${id}`)).body.active).toBe(false)
        const found = await ask('GET', '/Users?filter=userName eq "resting@acme.test" and active eq false')
        expect(found.body.Resources).toMatchObject([{ id }])
      })
    })
  })
})
