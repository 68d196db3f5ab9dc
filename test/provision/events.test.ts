// What a push leaves in the outbox (RFC 9967), and that it does so with the change or not at all.
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { eachDatabase } from '../database.ts'
import { openSurface, patchOf, person, type Surface, setActive } from '../http/scim/surface.ts'

const prov = 'urn:ietf:params:scim:event:prov'
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

let names = 0
const fresh = () => `event${names++}`

describe('events', () => {
  eachDatabase((_, open) => {
    let surface: Surface
    let ask: Surface['ask']

    beforeAll(async () => {
      surface = await openSurface(await open())
      ask = surface.ask
    })

    const eventsOf = async (id: string) => {
      const rows = await surface.ctx.db
        .selectFrom('events')
        .selectAll()
        .where('payload', 'like', `%${id}%`)
        .orderBy('id')
        .execute()
      return rows.map(row => ({ ...row, payload: JSON.parse(row.payload) }))
    }
    const make = async (changes: object = {}) =>
      (await ask('POST', '/Users', { body: person(fresh(), changes) })).body
    const patch = (id: string, ...operations: object[]) =>
      ask('PATCH', `/Users/${id}`, { body: patchOf(...operations) })

    it('R88 a new resource is told with its subject, its transaction and its own id', async () => {
      const body = person(fresh(), { externalId: '00u7' })
      const { body: made } = await ask('POST', '/Users', { body, headers: { 'X-Request-Id': 'request-7' } })
      const [event, ...more] = await eventsOf(made.id)
      expect(more).toEqual([])
      expect(event).toMatchObject({
        organization_id: surface.tenant.organizationId,
        domain_id: surface.tenant.domain.id,
        name: 'person.provisioned',
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        txn: 'request-7',
        created_at: made.meta.created,
      })
      expect(event?.payload).toEqual({
        sub_id: { format: 'scim', uri: `/Users/${made.id}`, id: made.id, externalId: '00u7' },
        events: {
          [`${prov}:create:notice`]: {
            attributes: expect.arrayContaining(['userName', 'emails', 'externalId', 'active']),
            version: 'W/"1"',
          },
        },
      })
    })

    it('R88 a change is told by its verb, with what changed', async () => {
      const made = await make()
      await patch(made.id, { op: 'add', value: { title: 'Dr', [enterprise]: { department: 'R&D' } } })
      const { body } = await ask('GET', `/Users/${made.id}`)
      await ask('PUT', `/Users/${made.id}`, { body: { ...body, title: undefined, nickName: 'Doc' } })
      const [, patched, put] = await eventsOf(made.id)
      expect([patched?.name, put?.name]).toEqual(['person.updated', 'person.updated'])
      expect(patched?.payload.events).toEqual({
        [`${prov}:patch:notice`]: { attributes: ['title', `${enterprise}:department`], version: 'W/"2"' },
      })
      const [uri, told] = Object.entries(put?.payload.events)[0] ?? []
      expect([uri, told]).toEqual([
        `${prov}:put:notice`,
        { attributes: expect.arrayContaining(['nickName', 'title']), version: 'W/"3"' },
      ])
    })

    it('R88 switching off and on is told with the change that did it', async () => {
      const made = await make()
      await ask('PATCH', `/Users/${made.id}`, { body: setActive(false) })
      await ask('PATCH', `/Users/${made.id}`, { body: setActive(true) })
      const [, off, on] = await eventsOf(made.id)
      expect([off?.name, on?.name]).toEqual(['person.deactivated', 'person.reactivated'])
      expect(Object.keys(off?.payload.events)).toEqual([`${prov}:patch:notice`, `${prov}:deactivate`])
      expect(Object.keys(on?.payload.events)).toEqual([`${prov}:patch:notice`, `${prov}:activate`])
      expect(on?.payload.events[`${prov}:activate`]).toEqual({})
    })

    it('R88 one that is gone is told without a payload', async () => {
      const made = await make({ externalId: 'gone-1' })
      await ask('DELETE', `/Users/${made.id}`)
      const gone = (await eventsOf(made.id)).at(-1)
      expect([gone?.name, gone?.payload.events]).toEqual(['person.removed', { [`${prov}:delete`]: {} }])
      expect(gone?.payload.sub_id).toMatchObject({ uri: `/Users/${made.id}`, externalId: 'gone-1' })
    })

    it('R88 a group is told with its members by name of the attribute alone, and only when they change', async () => {
      const [ada, bob] = [await make(), await make()]
      const members = [{ value: ada.id }]
      const { body: group } = await ask('POST', '/Groups', { body: { displayName: fresh(), members } })
      const change = (op: string, value: object[]) =>
        ask('PATCH', `/Groups/${group.id}`, { body: patchOf({ op, path: 'members', value }) })
      await change('add', [{ value: bob.id }])
      await change('add', [{ value: bob.id }])
      await ask('DELETE', `/Groups/${group.id}`)
      const told = (await eventsOf(group.id)).map(({ name, payload }) => [name, payload.events])
      expect(told).toEqual([
        [
          'group.created',
          { [`${prov}:create:notice`]: { attributes: ['displayName', 'members'], version: 'W/"1"' } },
        ],
        ['group.updated', { [`${prov}:patch:notice`]: { attributes: ['members'], version: 'W/"2"' } }],
        ['group.removed', { [`${prov}:delete`]: {} }],
      ])
    })

    it('R88 nothing is told of what changed nothing or was refused', async () => {
      const made = await make()
      await patch(made.id, { op: 'replace', path: 'userName', value: made.userName })
      await ask('PUT', `/Users/${made.id}`, { body: made })
      await patch(made.id, { op: 'replace', path: 'userName', value: (await make()).userName })
      await ask('DELETE', `/Users/${made.id}`, { headers: { 'If-Match': 'W/"9"' } })
      expect((await eventsOf(made.id)).map(event => event.name)).toEqual(['person.provisioned'])
    })

    it('R26 R88 an event holds names of attributes and none of their values', async () => {
      const made = await make({ password: 'Correct-Horse', displayName: 'Very Secret' })
      const told = JSON.stringify(await eventsOf(made.id))
      expect(told).not.toMatch(/Correct-Horse|Very Secret|acme\.test/)
    })

    it('R88 a change whose event cannot be written does not happen', async () => {
      const broken = await openSurface(await open())
      const { body: made } = await broken.ask('POST', '/Users', { body: person(fresh()) })
      await sql`alter table events rename to events_gone`.execute(broken.ctx.db)
      const refused = [
        await broken.ask('POST', '/Users', { body: person(fresh()) }),
        await broken.ask('PATCH', `/Users/${made.id}`, { body: setActive(false) }),
        await broken.ask('DELETE', `/Users/${made.id}`),
      ]
      expect(refused.map(({ status }) => status)).toEqual([500, 500, 500])
      const { body } = await broken.ask('GET', '/Users')
      expect(body).toMatchObject({ totalResults: 1, Resources: [made] })
    })

    it('R88 an operation of a bulk has a transaction of its own', async () => {
      const answer = await ask('POST', '/Bulk', {
        body: {
          schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
          Operations: [
            { method: 'DELETE', path: '/Users/1' },
            { method: 'POST', path: '/Users', bulkId: 'a', data: person(fresh()) },
          ],
        },
        headers: { 'X-Request-Id': 'bulk-request' },
      })
      const id = answer.body.Operations[1].location.split('/').at(-1)
      expect((await eventsOf(id)).map(event => event.txn)).toEqual(['bulk-request:1'])
    })
  })
})
