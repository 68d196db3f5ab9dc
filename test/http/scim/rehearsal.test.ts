// Requests that are only tried: answered as they would be, told with all that would follow, and nothing of it remains.
import { beforeAll, describe, expect, it } from 'vitest'
import { type Trial, tryRequest } from '../../../src/http/scim/rehearsal.ts'
import { operatorCaller } from '../../../src/manage/caller.ts'
import { changeGroupLevel } from '../../../src/manage/domains/scim-groups.ts'
import { eachDatabase } from '../../database.ts'
import { dumpDatabase } from '../../database-dump.ts'
import { badge, device, register } from './registering.ts'
import { ada, openSurface, patchOf, person, type Surface, setActive } from './surface.ts'

const aDevice = { displayName: 'Laptop', serial: 'A1', price: 1, active: true }
const json = new Map([['content-type', 'application/scim+json']])

describe('a request that is only tried', () => {
  eachDatabase((_, open) => {
    let surface: Surface
    let adaId: string
    let groupId: string
    let deviceId: string
    beforeAll(async () => {
      surface = await openSurface(await open())
      await register(surface, badge)
      await register(surface, device)
      const { body } = await surface.ask('POST', '/Users', { body: ada })
      adaId = body.id
      const grace = await surface.ask('POST', '/Users', { body: person('grace') })
      const members = [{ value: adaId }, { value: grace.body.id }]
      const group = await surface.ask('POST', '/Groups', { body: { displayName: 'Engineering', members } })
      groupId = group.body.id
      const { organizationId, domain } = surface.tenant
      await changeGroupLevel(surface.ctx, operatorCaller(organizationId), {
        domainId: domain.id,
        groupId,
        level: 8,
      })
      const made = await surface.ask('POST', '/Devices', { body: aDevice })
      deviceId = made.body.id
      await surface.recorder.flush()
    })

    const trial = (method: string, path: string, body?: object, more: Partial<Trial> = {}): Trial => ({
      domainId: surface.tenant.domain.id,
      method,
      path,
      headers: json,
      body: body === undefined ? '' : JSON.stringify(body),
      tokenHint: null,
      ...more,
    })

    /** Tries it, and holds the whole database against what it was. */
    const tryOut = async (...asked: Parameters<typeof trial>) => {
      const before = await dumpDatabase(surface.ctx.db)
      const tried = await tryRequest(surface.ctx, trial(...asked))
      await surface.recorder.flush()
      expect(await dumpDatabase(surface.ctx.db)).toEqual(before)
      return tried
    }

    it('creates nobody, and shows whom it would have made', async () => {
      const tried = await tryOut('POST', '/Users', person('new', { displayName: 'New Person' }))
      expect(tried).toMatchObject({
        status: 201,
        outcome: 'Created the user new@acme.test: a new person joined the organization.',
      })
      expect(JSON.parse(tried.text ?? '')).toMatchObject({ userName: 'new@acme.test', active: true })
      expect(tried.happened.map(({ action }) => action)).toEqual(['user.created'])
    })

    it('reads, finds and lists as ever', async () => {
      expect(await tryOut('GET', `/Users/${adaId}`)).toMatchObject({ status: 200, happened: [] })
      const path = `/Users?filter=${encodeURIComponent('userName eq "ada@acme.test"')}`
      const found = await tryOut('GET', path)
      expect(found.outcome).toBe('Looked for userName eq "ada@acme.test": found one user.')
      expect(JSON.parse(found.text ?? '').totalResults).toBe(1)
      const schemas = ['urn:ietf:params:scim:api:messages:2.0:SearchRequest']
      expect((await tryOut('POST', '/Groups/.search', { schemas, count: 1 })).status).toBe(200)
      expect((await tryOut('GET', '/ServiceProviderConfig')).status).toBe(200)
    })

    it('goes on by a cursor that the token was given, and by one that it would be given', async () => {
      const first = await surface.ask('GET', '/Users?count=1&cursor=')
      await surface.recorder.flush()
      const next = (cursor: string) => `/Users?count=1&cursor=${cursor}`
      const second = await tryOut('GET', next(first.body.nextCursor))
      expect(second.status).toBe(200)
      const tried = await tryOut('GET', '/Users?count=1&cursor=')
      expect((await surface.ask('GET', next(JSON.parse(tried.text ?? '').nextCursor))).text).toBe(second.text)
      await surface.recorder.flush()
    })

    it('remembers no place in a list that it paged through', async () => {
      await tryOut('GET', '/Users?startIndex=1&count=1')
      const second = await tryOut('GET', '/Users?startIndex=2&count=1')
      expect(JSON.parse(second.text ?? '').Resources).toHaveLength(1)
    })

    it('deactivates nobody, and tells what would become of the membership', async () => {
      const tried = await tryOut('PATCH', `/Users/${adaId}`, setActive(false))
      expect(tried.status).toBe(200)
      expect(tried.outcome).toContain('the membership is suspended; sessions, keys and invites ended')
      const [row] = tried.happened
      expect(JSON.parse(row?.changes ?? '')).toEqual({
        active: { before: true, after: false },
        membership: { before: 'active', after: 'suspended' },
      })
    })

    it('replaces nothing, and notes what would be put right', async () => {
      const body = { ...ada, title: 'Countess', active: 'True' }
      const tried = await tryOut('PUT', `/Users/${adaId}`, body)
      expect(tried).toMatchObject({ status: 200, quirks: ['missing_user_agent', 'string_boolean'] })
      expect(JSON.parse(tried.happened[0]?.changes ?? '')).toEqual({
        title: { before: null, after: 'Countess' },
      })
    })

    it('deletes nobody', async () => {
      const tried = await tryOut('DELETE', `/Users/${adaId}`)
      expect(tried).toMatchObject({ status: 204, text: null })
      expect(tried.outcome).toContain('the membership ended')
      // The group gave a level.
      expect(tried.happened.map(({ action }) => action)).toContain('user.deleted')
    })

    it('moves nobody into or out of a group, and tells the levels that would change', async () => {
      const left = await tryOut('PATCH', `/Groups/${groupId}`, patchOf({ op: 'remove', path: 'members' }))
      expect(left.status).toBe(204)
      expect(left.outcome).toContain('removed 2 members, changed the level of 2 people')
      expect(left.happened.filter(({ action }) => action === 'member.level_changed')).toHaveLength(2)
      const gone = await tryOut('DELETE', `/Groups/${groupId}`)
      expect(gone.status).toBe(204)
      expect(
        (await tryOut('POST', '/Groups', { displayName: 'New', members: [{ value: adaId }] })).status,
      ).toBe(201)
      expect((await tryOut('PUT', `/Groups/${groupId}`, { displayName: 'Engineers' })).status).toBe(200)
    })

    it('knows the types of resources that the domain has besides', async () => {
      expect((await tryOut('POST', '/Devices', { ...aDevice, serial: 'new' })).status).toBe(201)
      expect((await tryOut('PUT', `/Devices/${deviceId}`, { ...aDevice, price: 2 })).status).toBe(200)
      const price = patchOf({ op: 'replace', path: 'price', value: 3 })
      expect((await tryOut('PATCH', `/Devices/${deviceId}`, price)).status).toBe(200)
      expect((await tryOut('DELETE', `/Devices/${deviceId}`)).status).toBe(204)
      expect((await tryOut('POST', '/Devices', aDevice)).status).toBe(409)
    })

    describe('that would be refused', () => {
      it('is told so: who is there already, and another version than is meant', async () => {
        const taken = await tryOut('POST', '/Users', ada)
        expect(taken).toMatchObject({ status: 409, happened: [] })
        expect(taken.outcome).toContain('Refused to create the user ada@acme.test: userName must be unique')
        const headers = new Map([...json, ['if-match', 'W/"7"']])
        const stale = await tryOut('PATCH', `/Users/${adaId}`, setActive(false), { headers })
        expect(stale.status).toBe(412)
        expect(stale.outcome).toContain('If-Match expects version W/"7", but the resource has W/"1"')
      })

      it('leaves nothing of what was done until then', async () => {
        const add = { op: 'add', path: 'members', value: [{ value: adaId }, { value: 'nobody' }] }
        const clear = { op: 'remove', path: 'members' }
        const tried = await tryOut('PATCH', `/Groups/${groupId}`, patchOf(clear, add))
        expect(tried).toMatchObject({ status: 400, happened: [] })
      })

      it('hears of what is no JSON, no endpoint and no method', async () => {
        const headers = new Map([['content-type', 'text/plain']])
        expect((await tryOut('POST', '/Users', ada, { headers })).status).toBe(415)
        expect((await tryOut('POST', '/Users', undefined, { body: '{"userName":' })).status).toBe(400)
        expect((await tryOut('POST', '/Nothing', ada)).status).toBe(404)
        expect((await tryOut('POST', `/Users/${adaId}`, ada)).status).toBe(405)
        expect((await tryOut('PUT', '/Users/no-id', ada)).status).toBe(404)
        const huge = JSON.stringify({ ...ada, title: 'x'.repeat(1_100_000) })
        expect((await tryOut('POST', '/Users', undefined, { body: huge })).status).toBe(413)
      })

      it('a bulk, which is no single transaction', async () => {
        const tried = tryRequest(surface.ctx, trial('POST', '/Bulk', { Operations: [] }))
        await expect(tried).rejects.toThrow('try its operations one by one')
      })

      it('whatever comes, when no token is live', async () => {
        const { organizationId } = surface.tenant
        const bare = await surface.addDomain(organizationId, 'bare.test')
        await surface.ctx.db.deleteFrom('scim_tokens').where('domain_id', '=', bare.domain.id).execute()
        const tried = tryRequest(surface.ctx, trial('GET', '/Users', undefined, { domainId: bare.domain.id }))
        await expect(tried).rejects.toThrow('No token of this domain is live')
      })
    })

    it('stands in nobody’s way: real writes of the same moment stay, and they alone', async () => {
      const quiet = surface.as(await surface.addTenant('busy.test'))
      const { id: domainId, organizationId } = quiet.tenant.domain
      const create = (at: number) => quiet.ask('POST', '/Users', { body: person(`real${at}`) })
      const rehearse = (at: number) =>
        tryRequest(quiet.ctx, trial('POST', '/Users', person(`tried${at}`), { domainId }))
      const numbers = Array.from({ length: 20 }, (_, at) => at)
      const [real, tried] = await Promise.all([
        Promise.all(numbers.map(create)),
        Promise.all(numbers.map(rehearse)),
      ])
      expect(new Set([...real, ...tried].map(({ status }) => status))).toEqual(new Set([201]))
      await quiet.recorder.flush()
      const dump = await dumpDatabase(quiet.ctx.db)
      const rows = Object.values(dump).flat()
      expect(rows.filter(row => row.includes('tried'))).toEqual([])
      const own = (table: string) =>
        dump[table]?.filter(row => row.includes(domainId) || row.includes(organizationId)) ?? []
      expect(own('users')).toHaveLength(20)
      expect(own('audit')).toHaveLength(20)
      expect(own('scim_log')).toHaveLength(20)
      const { body } = await quiet.ask('GET', '/Users?count=0')
      expect(body.totalResults).toBe(20)
    })
  })
})
