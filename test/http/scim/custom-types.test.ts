// Types of resources that a domain registered, over HTTP: what users and groups have, they have.
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../src/base/id.ts'
import { eachDatabase } from '../../database.ts'
import { device, deviceUrn, register, unregister } from './registering.ts'
import { openSurface, patchOf, person, type Surface } from './surface.ts'

const gadget = (serial: string, rest: object = {}) => ({
  schemas: [deviceUrn],
  displayName: `Device ${serial}`,
  serial,
  ...rest,
})

describe('types of resources of a domain', () => {
  eachDatabase((_, open) => {
    let surface: Surface
    let ask: Surface['ask']
    beforeAll(async () => {
      surface = await openSurface(await open())
      ask = surface.ask
      await register(surface, device)
    })
    const make = async (serial: string, rest: object = {}) =>
      (await ask('POST', '/Devices', { body: gadget(serial, rest) })).body
    const found = async (filter: string, at = '/Devices') => {
      const answer = await ask('GET', `${at}?filter=${encodeURIComponent(filter)}`)
      expect([filter, answer.status]).toEqual([filter, 200])
      return answer.body.Resources.map((each: { serial: string }) => each.serial)
    }

    it('R33 R34 creates one, with Location, ETag and meta', async () => {
      const body = gadget('made', { price: 12.5, tags: ['a', 'b'], ports: [{ value: 80, type: 'tcp' }] })
      const { status, headers, body: made } = await ask('POST', '/Devices', { body })
      expect(status).toBe(201)
      expect(made).toMatchObject({ ...body, meta: { resourceType: 'Device', version: 'W/"1"' } })
      expect(made.meta.location).toBe(headers.get('location'))
      expect(made.meta.location).toMatch(new RegExp(`/Devices/${made.id}$`))
      expect(headers.get('etag')).toBe('W/"1"')
      expect((await ask('GET', `/Devices/${made.id}`)).body).toEqual(made)
    })

    it('R35 R36 R19 refuses what is missing, doubled or of another type', async () => {
      await make('first')
      const refusals = [
        [{ ...gadget('x'), serial: undefined }, 400, 'invalidValue', 'serial'],
        [gadget('x', { price: 'much' }), 400, 'invalidValue', 'price'],
        [gadget('x', { ports: [{ type: 'tcp' }] }), 400, 'invalidValue', 'ports'],
        [gadget('first'), 409, 'uniqueness', 'serial'],
      ] as const
      for (const [body, status, scimType, word] of refusals) {
        const answer = await ask('POST', '/Devices', { body })
        expect([answer.status, answer.body.scimType]).toEqual([status, scimType])
        expect(answer.body.detail).toContain(word)
      }
    })

    it('R23 frees a unique value with its resource, and minds the case as the schema says', async () => {
      const one = await make('Case')
      expect((await ask('POST', '/Devices', { body: gadget('case') })).status).toBe(201)
      expect((await ask('DELETE', `/Devices/${one.id}`)).status).toBe(204)
      expect((await ask('POST', '/Devices', { body: gadget('Case') })).status).toBe(201)
    })

    it('R64 replaces one, keeps what is immutable, and never creates', async () => {
      const { id } = await make('put', { price: 1, tags: ['t'] })
      const put = await ask('PUT', `/Devices/${id}`, { body: gadget('put', { displayName: 'New' }) })
      expect([put.status, put.body.displayName, put.body.meta.version]).toEqual([200, 'New', 'W/"2"'])
      expect(put.body).not.toHaveProperty('price')
      expect(put.body).not.toHaveProperty('tags')
      const other = await ask('PUT', `/Devices/${id}`, { body: gadget('other') })
      expect([other.status, other.body.scimType]).toEqual([400, 'mutability'])
      expect((await ask('PUT', `/Devices/${newId()}`, { body: gadget('nobody') })).status).toBe(404)
    })

    it('R69 R70 R72 patches one by every form of path', async () => {
      const { id } = await make('patch', { tags: ['a'], ports: [{ value: 1 }, { value: 2, type: 'udp' }] })
      const { status, body } = await ask('PATCH', `/Devices/${id}`, {
        body: patchOf(
          { op: 'add', path: 'tags', value: ['b'] },
          { op: 'replace', path: 'ports[value eq 1].type', value: 'tcp' },
          { op: 'remove', path: 'ports[type eq "udp"]' },
          { op: 'replace', value: { price: 7, [`${deviceUrn}:active`]: 'True' } },
          { op: 'replace', path: `${deviceUrn}:displayName`, value: 'Patched' },
        ),
      })
      expect(status).toBe(200)
      expect(body).toMatchObject({
        displayName: 'Patched',
        tags: ['a', 'b'],
        ports: [{ value: 1, type: 'tcp' }],
        price: 7,
        active: true,
      })
      const unknown = await ask('PATCH', `/Devices/${id}`, {
        body: patchOf({ op: 'add', path: 'userName', value: 'x' }),
      })
      expect([unknown.status, unknown.body.scimType]).toEqual([400, 'invalidPath'])
    })

    it('R67 R82 keeps the version when nothing changes; tags are honoured', async () => {
      const { id } = await make('tag')
      const same = await ask('PATCH', `/Devices/${id}`, {
        body: patchOf({ op: 'replace', path: 'serial', value: 'tag' }),
      })
      expect([same.status, same.body.meta.version]).toEqual([200, 'W/"1"'])
      expect((await ask('GET', `/Devices/${id}`, { headers: { 'If-None-Match': 'W/"1"' } })).status).toBe(304)
      const late = { headers: { 'If-Match': 'W/"9"' } }
      expect((await ask('DELETE', `/Devices/${id}`, late)).status).toBe(412)
    })

    it('R80 is gone after a DELETE', async () => {
      const { id } = await make('gone')
      expect((await ask('DELETE', `/Devices/${id}`)).status).toBe(204)
      for (const method of ['GET', 'DELETE']) expect((await ask(method, `/Devices/${id}`)).status).toBe(404)
      expect(await found('serial eq "gone"')).toEqual([])
    })

    it('R33 R44 R47 R48 is filtered by each of its attributes', async () => {
      const owner = (await ask('POST', '/Users', { body: person('owner') })).body.meta.location
      const rest = { price: 99.5, owner, tags: ['red', 'Blue'], ports: [{ value: 443, type: 'TCP' }] }
      const { id } = await make('Filter1', { ...rest, externalId: 'ext-1', active: false })
      for (const filter of [
        'serial eq "Filter1"',
        `${deviceUrn}:serial eq "Filter1"`,
        'displayName eq "device filter1"',
        'displayName sw "DEVICE FILTER"',
        'externalId eq "ext-1"',
        `id eq "${id}"`,
        'price gt 99 and price lt 99.75',
        `owner eq "${owner}"`,
        'tags eq "blue" and active eq false',
        'ports[value eq 443 and type eq "tcp"]',
        'serial eq "Filter1" and price gt 1',
        'not (serial ne "Filter1")',
        `meta.resourceType eq "Device" and schemas eq "${deviceUrn}" and serial sw "Filter"`,
      ])
        expect([filter, await found(filter)]).toEqual([filter, ['Filter1']])
      expect(await found('serial eq "filter1"')).toEqual([])
      const unknown = await ask('GET', '/Devices?filter=userName%20eq%20%22x%22')
      expect([unknown.status, unknown.body.scimType]).toEqual([400, 'invalidFilter'])
    })

    it('R55 R40 R58 is sorted and paged, by index and by cursor', async () => {
      for (const price of [3, 1, 2]) await make(`sort${price}`, { price, displayName: `Sort ${4 - price}` })
      const list = async (query: string) => {
        const filter = encodeURIComponent('serial sw "sort"')
        const { body } = await ask('GET', `/Devices?filter=${filter}&${query}`)
        return { ...body, serials: body.Resources.map((each: { serial: string }) => each.serial) }
      }
      expect((await list('sortBy=price')).serials).toEqual(['sort1', 'sort2', 'sort3'])
      expect((await list('sortBy=displayName')).serials).toEqual(['sort3', 'sort2', 'sort1'])
      expect(await list('sortBy=price&sortOrder=descending&startIndex=2&count=1')).toMatchObject({
        serials: ['sort2'],
        totalResults: 3,
        itemsPerPage: 1,
      })
      const first = await list('sortBy=price&cursor=&count=2')
      const second = await list(`sortBy=price&count=2&cursor=${encodeURIComponent(first.nextCursor)}`)
      expect([...first.serials, ...second.serials]).toEqual(['sort1', 'sort2', 'sort3'])
    })

    it('R39 counts them exactly', async () => {
      const before = (await ask('GET', '/Devices?count=0')).body.totalResults
      const { id } = await make('counted')
      expect((await ask('GET', '/Devices?count=0')).body.totalResults).toBe(before + 1)
      await ask('DELETE', `/Devices/${id}`)
      expect((await ask('GET', '/Devices?count=0')).body.totalResults).toBe(before)
    })

    it('R42 R57 is among the resources of all types, and found by .search', async () => {
      const { id } = await make('root')
      await ask('POST', '/Users', { body: person('root') })
      expect(await found('serial eq "root"', '/')).toEqual(['root'])
      const { body } = await ask('POST', '/Devices/.search', {
        body: {
          schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
          filter: 'serial eq "root"',
          attributes: ['serial'],
        },
      })
      expect(body.Resources).toEqual([{ schemas: [deviceUrn], id, serial: 'root' }])
    })

    it('R81 is made, changed and referred to in a bulk', async () => {
      const { status, body } = await ask('POST', '/Bulk', {
        body: {
          schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
          Operations: [
            {
              method: 'PATCH',
              path: '/Devices/bulkId:d',
              data: patchOf({ op: 'add', path: 'price', value: 5 }),
            },
            { method: 'POST', path: '/Devices', bulkId: 'd', data: gadget('bulk', { tags: ['bulkId:u'] }) },
            { method: 'POST', path: '/Users', bulkId: 'u', data: person('bulk') },
          ],
        },
      })
      expect(status).toBe(200)
      expect(body.Operations.map((each: { status: string }) => each.status)).toEqual(['200', '201', '201'])
      const { body: list } = await ask('GET', '/Devices?filter=serial%20eq%20%22bulk%22')
      const user = body.Operations[2].location.split('/').at(-1)
      expect(list.Resources[0]).toMatchObject({ price: 5, tags: [user] })
    })

    it('R88 is told of in the audit log, the events and the SCIM log by its name', async () => {
      const { id } = await make('told')
      const { db } = surface.ctx
      const audit = await db.selectFrom('audit').select('action').where('target_id', '=', id).execute()
      expect(audit).toEqual([{ action: 'device.created' }])
      const events = await db.selectFrom('events').select(['name', 'payload']).execute()
      expect(events.filter(each => each.payload.includes(id)).map(each => each.name)).toEqual([
        'device.created',
      ])
      expect((await surface.log()).at(-1)?.outcome).toContain('Created the device')
    })

    it('R10 answers 405 with Allow at its endpoint, and takes it in any case and with a slash', async () => {
      const wrong = await ask('PUT', '/Devices', { body: {} })
      expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST'])
      expect((await ask('GET', '/devices/')).status).toBe(200)
    })

    it('R9 is nothing to another tenant, and nobody without a token learns of it', async () => {
      const { id } = await make('secret')
      const other = surface.as(await surface.addTenant('other.test'))
      for (const path of ['/Devices', `/Devices/${id}`])
        expect((await other.ask('GET', path)).status).toBe(404)
      const at = `/scim/v2/${surface.tenant.domain.id}/Devices`
      expect((await other.askAt('GET', at)).status).toBe(401)
      const nowhere = await other.askAt('GET', `${at}Nowhere`)
      expect([nowhere.status, nowhere.body.detail]).toEqual([401, (await other.askAt('GET', at)).body.detail])
      await register(other, device)
      expect((await other.ask('GET', `/Devices/${id}`)).status).toBe(404)
      expect((await other.ask('DELETE', `/Devices/${id}`)).status).toBe(404)
      expect((await other.ask('POST', '/Devices', { body: gadget('secret') })).status).toBe(201)
      expect((await other.ask('GET', '/Devices')).body.totalResults).toBe(1)
    })

    it('R14 has ids of its own: those of a user name nothing here', async () => {
      const { id } = (await ask('POST', '/Users', { body: person('elsewhere') })).body
      expect((await ask('GET', `/Devices/${id}`)).status).toBe(404)
    })

    it('R87 serves the entitlements and roles of Okta', async () => {
      const okta = surface.as(await surface.addTenant('okta.test'))
      for (const name of ['Entitlement', 'Role'])
        await register(okta, {
          id: `urn:okta:scim:schemas:core:1.0:${name}`,
          name,
          resource_type: { name, endpoint: `/${name}s`, description: name },
          attributes: [{ name: 'displayName', required: true }, { name: 'type' }, { name: 'description' }],
        })
      const types = (await okta.ask('GET', '/ResourceTypes')).body.Resources
      expect(types.slice(2)).toMatchObject([
        {
          name: 'Entitlement',
          endpoint: '/Entitlements',
          schema: 'urn:okta:scim:schemas:core:1.0:Entitlement',
        },
        { name: 'Role', endpoint: '/Roles', schema: 'urn:okta:scim:schemas:core:1.0:Role' },
      ])
      for (const { schema, endpoint, name } of types.slice(2)) {
        expect((await okta.ask('GET', `/Schemas/${schema}`)).body.id).toBe(schema)
        const body = { schemas: [schema], displayName: `License ${name}`, type: 'license' }
        expect((await okta.ask('POST', endpoint, { body })).status).toBe(201)
        const { body: list } = await okta.ask('GET', `${endpoint}?startIndex=1&count=100`)
        expect(list).toMatchObject({ totalResults: 1, Resources: [{ displayName: `License ${name}` }] })
      }
    })

    it('is gone with its schema, which goes when no resource is left', async () => {
      const empty = surface.as(await surface.addTenant('empty.test'))
      await register(empty, device)
      const { id } = (await empty.ask('POST', '/Devices', { body: gadget('last') })).body
      await expect(unregister(empty, deviceUrn)).rejects.toMatchObject({ kind: 'conflict', code: 'in_use' })
      await empty.ask('DELETE', `/Devices/${id}`)
      await unregister(empty, deviceUrn)
      expect((await empty.ask('GET', '/Devices')).status).toBe(404)
      expect((await empty.ask('GET', '/ResourceTypes/Device')).status).toBe(404)
    })
  })
})
