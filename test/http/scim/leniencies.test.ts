// What is accommodated and what is not, from the request to what is stored and found: the requirements that the core shows
// by itself, once more over HTTP on both databases.
import { beforeAll, describe, expect, it } from 'vitest'
import { eachDatabase } from '../../database.ts'
import { makeDirectory } from './directory.ts'
import { openSurface, patchOf, person, type Surface, userSchema } from './surface.ts'

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

describe('leniencies over HTTP', () => {
  eachDatabase((_, open) => {
    let lenient: Surface
    let strict: Surface
    let make: ReturnType<typeof makeDirectory>
    let names = 0
    const fresh = () => `len${names++}`

    beforeAll(async () => {
      lenient = await openSurface(await open(), { scimRateLimit: 0 })
      strict = lenient.as(await lenient.addTenant('strict.test', { scimProfile: 'strict' }))
      make = makeDirectory(lenient)
    })

    const create = (surface: Surface, changes: object) =>
      surface.ask('POST', '/Users', { body: person(fresh(), changes) })
    const patch = (surface: Surface, id: string, ...operations: object[]) =>
      surface.ask('PATCH', `/Users/${id}`, { body: patchOf(...operations) })
    const idsFor = async (surface: Surface, filter: string) => {
      const { status, body } = await surface.ask('GET', `/Users?filter=${encodeURIComponent(filter)}`)
      if (status !== 200) return `${status} ${body.scimType}`
      return body.Resources.map(({ id }: { id: string }) => id)
    }
    const refusal = ({ status, body }: { status: number; body: { scimType?: string } }) => [
      status,
      body.scimType,
    ]

    it('R6 gives a scimType with 400 and with 409 uniqueness, and with nothing else', async () => {
      const name = fresh()
      const { id } = await make.user(name)
      const { ask } = lenient
      const answers = [
        await ask('POST', '/Users', { body: person(name) }),
        await ask('POST', '/Users', { text: '{' }),
        await ask('GET', '/Users?filter=x'),
        await patch(lenient, id, { op: 'remove' }),
        await patch(lenient, id, { op: 'replace', path: 'id', value: 'x' }),
        await patch(lenient, id, { op: 'replace', path: 'nothing', value: 'x' }),
        await ask('GET', '/Users?cursor=x'),
        await ask('GET', '/Users?cursor=&count=0'),
        await lenient.askAt('GET', `/scim/v1/${lenient.tenant.domain.id}/Users`),
        await ask('GET', '/Users/1'),
        await ask('PATCH', '/Users'),
        await ask('POST', '/Users', { text: '{}', headers: { 'Content-Type': 'text/plain' } }),
        await ask('DELETE', `/Users/${id}`, { headers: { 'If-Match': 'W/"9"' } }),
        await ask('GET', '/Users', { token: null }),
        await ask('POST', '/Me', { body: person(name) }),
        await ask('GET', '/Schemas?filter=x'),
      ]
      expect(answers.map(refusal)).toEqual([
        [409, 'uniqueness'],
        [400, 'invalidSyntax'],
        [400, 'invalidFilter'],
        [400, 'noTarget'],
        [400, 'mutability'],
        [400, 'invalidPath'],
        [400, 'invalidCursor'],
        [400, 'invalidCount'],
        [400, 'invalidVers'],
        ...[404, 405, 415, 412, 401, 501, 403].map(status => [status, undefined]),
      ])
      for (const { status, body } of answers) expect(body.status).toBe(String(status))
    })

    const twoPrimaries = {
      emails: ['a', 'b'].map(name => ({ value: `${name}@acme.test`, type: name, primary: true })),
    }

    it('R21 R73 keeps one primary: the last of two, and the one that a PATCH names; strict refuses two', async () => {
      expect(refusal(await create(strict, twoPrimaries))).toEqual([400, 'invalidValue'])
      const { body } = await create(lenient, twoPrimaries)
      const primaries = async () => {
        const { emails } = (await lenient.ask('GET', `/Users/${body.id}`)).body
        return emails.map((each: { value: string; primary?: boolean }) => [each.value, each.primary === true])
      }
      expect(await primaries()).toEqual([
        ['a@acme.test', false],
        ['b@acme.test', true],
      ])
      await patch(lenient, body.id, { op: 'replace', path: 'emails[type eq "a"].primary', value: true })
      expect(await primaries()).toEqual([
        ['a@acme.test', true],
        ['b@acme.test', false],
      ])
      await patch(lenient, body.id, {
        op: 'add',
        path: 'emails',
        value: [{ value: 'c@x.test', primary: true }],
      })
      expect((await primaries()).filter(([, isPrimary]: [string, boolean]) => isPrimary)).toEqual([
        ['c@x.test', true],
      ])
    })

    it('R22 shows one value of one type once', async () => {
      const twice = { value: 'a@acme.test', type: 'work' }
      const { body } = await create(lenient, { emails: [twice, { ...twice, value: 'A@acme.test' }] })
      expect(body.emails).toHaveLength(1)
      await patch(lenient, body.id, { op: 'add', path: 'emails', value: [twice] })
      expect((await lenient.ask('GET', `/Users/${body.id}`)).body.emails).toHaveLength(1)
    })

    it('R31 repairs schemas that leave out an extension or name one too many; strict refuses the first', async () => {
      const undeclared = { [enterprise]: { department: 'Engines' } }
      expect(refusal(await create(strict, undeclared))[0]).toBe(400)
      const made = await create(lenient, undeclared)
      expect(made.body.schemas).toEqual([userSchema, enterprise])
      const empty = await create(lenient, { schemas: [userSchema, enterprise] })
      expect([empty.status, empty.body.schemas]).toEqual([201, [userSchema]])
    })

    it('R45 R46 wants the parts of a value path of one element, dotted ones of any, and goes on behind it', async () => {
      const mark = fresh()
      const home = { value: `${mark}@home.test`, type: 'home' }
      const work = { value: `${mark}@work.test`, type: 'work' }
      const { body } = await create(lenient, { emails: [work, home] })
      const found = [body.id]
      expect(await idsFor(lenient, `emails[type eq "work" and value co "${mark}@work"]`)).toEqual(found)
      expect(await idsFor(lenient, `emails[type eq "home" and value co "${mark}@work"]`)).toEqual([])
      expect(await idsFor(lenient, `emails.type eq "home" and emails.value co "${mark}@work"`)).toEqual(found)
      expect(await idsFor(lenient, `emails co "${mark}@h"`)).toEqual(found)
      expect(await idsFor(lenient, `emails[type eq "work"].value eq "${work.value}"`)).toEqual(found)
      expect(await idsFor(lenient, `emails[type eq "home"].value eq "${work.value}"`)).toEqual([])
    })

    it('R50 takes a comparand without quotes, in the strict profile not', async () => {
      const externalId = fresh()
      const { body } = await create(lenient, { externalId })
      expect(await idsFor(lenient, `externalId eq ${externalId}`)).toEqual([body.id])
      expect(
        await idsFor(lenient, `externalId eq ${externalId} and meta.created gt 2020-01-01T00:00:00-07:00`),
      ).toEqual([body.id])
      expect(await idsFor(strict, `externalId eq ${externalId}`)).toBe('400 invalidFilter')
    })

    it('R51 finds by presence what has a value, false too, and takes eq null for its absence', async () => {
      const externalId = fresh()
      const off = (await create(lenient, { externalId, active: false, title: '', addresses: [] })).body.id
      const only = (filter: string) => idsFor(lenient, `externalId eq "${externalId}" and ${filter}`)
      expect(await only('active pr')).toEqual([off])
      for (const name of ['title', 'addresses', 'name', 'name.givenName', `${enterprise}:department`]) {
        expect(await only(`${name} pr`), name).toEqual([])
        expect(await only(`not (${name} pr)`), name).toEqual([off])
        if (!['addresses', 'name'].includes(name)) expect(await only(`${name} eq null`), name).toEqual([off])
      }
    })

    it('R66 takes op in any case and, where it is missing, for replace; strict wants it, and nobody takes another', async () => {
      const { id } = await make.user(fresh())
      const title = async () => (await lenient.ask('GET', `/Users/${id}`)).body.title
      for (const [op, value] of [
        ['Add', 'a'],
        ['REPLACE', 'b'],
        [undefined, 'c'],
      ]) {
        expect((await patch(lenient, id, { op, path: 'title', value })).status).toBe(200)
        expect(await title()).toBe(value)
      }
      expect((await patch(lenient, id, { op: 'Remove', path: 'title' })).status).toBe(200)
      expect(await title()).toBeUndefined()
      expect(refusal(await patch(lenient, id, { op: 'move', path: 'title', value: 'd' }))).toEqual([
        400,
        'invalidSyntax',
      ])
      const { body } = await create(strict, {})
      expect(refusal(await patch(strict, body.id, { path: 'title', value: 'd' }))[0]).toBe(400)
    })
  })
})
