// Bulks that nobody waits for (RFC 9967 §2.5.1): accepted, worked off by the worker, and asked after.
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../src/base/id.ts'
import { JobRunner } from '../../../src/jobs/runner.ts'
import { workOffAccepted } from '../../../src/provision/bulk/job.ts'
import { deleteScimTokens } from '../../../src/store/domain/scim-tokens.ts'
import { eachDatabase } from '../../database.ts'
import { openSurface, patchOf, person, type Surface } from './surface.ts'

const hour = 60 * 60 * 1000
const requestSchema = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest'
const completed = 'urn:ietf:params:scim:event:misc:asyncresp'
const later = { Prefer: 'respond-async' }

let names = 0
const fresh = () => `later${names++}`

describe('respond-async', () => {
  eachDatabase((_, open) => {
    let surface: Surface
    let ask: Surface['ask']

    beforeAll(async () => {
      surface = await openSurface(await open())
      ask = surface.ask
    })

    const post = (name: string) => ({ method: 'POST', path: '/Users', bulkId: name, data: person(name) })
    const bulkOf = (...Operations: object[]) => ({ schemas: [requestSchema], Operations })
    const accept = async (...operations: object[]) => {
      const answer = await ask('POST', '/Bulk', { body: bulkOf(...operations), headers: later })
      expect([answer.status, answer.text]).toEqual([202, ''])
      return answer.headers.get('set-txn') ?? ''
    }
    const work = () => new JobRunner(surface.ctx).runDue()
    const countOf = async (name: string) =>
      (await ask('GET', `/Users?filter=userName eq "${name}@acme.test"`)).body.totalResults

    it('R89 accepts a bulk, works it off, and answers it where Location says', async () => {
      const name = fresh()
      const accepted = await ask('POST', '/Bulk', {
        body: bulkOf(post(name), { method: 'DELETE', path: '/Users/1' }),
        headers: later,
      })
      expect([accepted.status, accepted.text]).toEqual([202, ''])
      expect(accepted.headers.get('preference-applied')).toBe('respond-async')
      const txn = accepted.headers.get('set-txn')
      const { origin, pathname } = new URL(accepted.headers.get('location') ?? '')
      expect([origin, pathname]).toEqual([
        new URL(surface.ctx.config.baseUrl).origin,
        `/scim/v2/${surface.tenant.domain.id}/Bulk/${txn}`,
      ])
      const early = await surface.askAt('GET', pathname)
      expect([early.status, early.text, early.headers.get('set-txn')]).toEqual([202, '', txn])
      expect(await countOf(name)).toBe(0)
      await work()
      const { status, body } = await surface.askAt('GET', pathname)
      expect(status).toBe(200)
      expect(body).toMatchObject({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkResponse'],
        Operations: [
          { method: 'POST', bulkId: name, status: '201', version: 'W/"1"' },
          { method: 'DELETE', status: '404', response: { status: '404' } },
        ],
      })
      expect(await countOf(name)).toBe(1)
      expect(await surface.ctx.db.selectFrom('jobs').where('key', '=', txn).selectAll().execute()).toEqual([])
    })

    it('R89 waits as long as the client wants to, and answers at once when it is done by then', async () => {
      const askWaiting = (wait: number) =>
        ask('POST', '/Bulk', {
          body: bulkOf(post(fresh())),
          headers: { Prefer: `respond-async, wait=${wait}` },
        })
      const runner = new JobRunner(surface.ctx)
      runner.start()
      const done = await askWaiting(10)
      await runner.stop()
      expect([done.status, done.headers.get('preference-applied')]).toEqual([200, 'wait=10'])
      expect(done.body.Operations).toMatchObject([{ status: '201' }])
      const late = await askWaiting(1)
      expect([late.status, late.headers.get('preference-applied')]).toEqual([202, 'respond-async'])
    })

    it('R88 R89 tells of each operation in an event of its own', async () => {
      const name = fresh()
      const txn = await accept(post(name), { method: 'PUT', path: '/Users/1', data: person(fresh()) })
      await work()
      const rows = await surface.ctx.db
        .selectFrom('events')
        .selectAll()
        .where('txn', 'like', `${txn}%`)
        .orderBy('id')
        .execute()
      expect(rows.map(row => [row.txn, Object.keys(JSON.parse(row.payload).events)])).toEqual([
        [`${txn}:0`, ['urn:ietf:params:scim:event:prov:create:notice']],
        [`${txn}:0`, [completed]],
        [`${txn}:1`, [completed]],
      ])
      const [, done, refused] = rows.map(row => JSON.parse(row.payload))
      expect(done.events[completed]).toMatchObject({ method: 'POST', bulkId: name, status: '201' })
      expect(done.sub_id).toEqual({ format: 'scim', uri: expect.stringMatching(/^\/Users\/[0-9a-f-]{36}$/) })
      expect(refused.events[completed].response).toMatchObject({ status: '404' })
    })

    it('R89 goes on where another process stopped, and does nothing twice', async () => {
      const [first, second] = [fresh(), fresh()]
      const id = await accept(post(first), post(second), {
        method: 'PATCH',
        path: `/Users/bulkId:${first}`,
        data: patchOf({ op: 'replace', path: 'title', value: 'Late' }),
      })
      for await (const _ of workOffAccepted(surface.ctx, id)) break
      expect([await countOf(first), await countOf(second)]).toEqual([1, 0])
      expect((await ask('GET', `/Bulk/${id}`)).status).toBe(202)
      await work()
      const { body } = await ask('GET', `/Bulk/${id}`)
      expect(body.Operations.map((each: { status: string }) => each.status)).toEqual(['201', '201', '200'])
      expect([await countOf(first), await countOf(second)]).toEqual([1, 1])
    })

    it('R89 refuses at once what cannot be followed', async () => {
      const bad = await ask('POST', '/Bulk', { body: { Operations: 7 }, headers: later })
      expect(bad.status).toBe(400)
      const many = Array.from({ length: 1001 }, () => ({ method: 'DELETE', path: '/Users/1' }))
      expect((await ask('POST', '/Bulk', { body: bulkOf(...many), headers: later })).status).toBe(413)
    })

    it('R9 R89 shows a bulk to its own tenant only, and to nobody after a day', async () => {
      const id = await accept(post(fresh()))
      await work()
      const other = await surface.addTenant(`${fresh()}.test`)
      expect((await surface.as(other).ask('GET', `/Bulk/${id}`)).status).toBe(404)
      expect((await ask('GET', `/Bulk/${newId()}`)).status).toBe(404)
      expect((await ask('GET', '/Bulk/nonsense')).status).toBe(404)
      surface.ctx.clock.advance(23 * hour)
      expect((await ask('GET', `/Bulk/${id}`)).status).toBe(200)
      surface.ctx.clock.advance(2 * hour)
      expect((await ask('GET', `/Bulk/${id}`)).status).toBe(404)
      await work()
      surface.ctx.clock.advance(24 * hour)
      await work()
      expect(await surface.ctx.db.selectFrom('bulks').selectAll().execute()).toEqual([])
      expect(await surface.ctx.db.selectFrom('bulk_results').selectAll().execute()).toEqual([])
    })

    it('R26 keeps the request sealed, and forgets it when it is done', async () => {
      const data = { ...person(fresh()), password: 'Correct-Horse' }
      const id = await accept({ method: 'POST', path: '/Users', bulkId: 'p', data })
      const row = () =>
        surface.ctx.db.selectFrom('bulks').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
      expect((await row()).request).not.toMatch(/Correct-Horse|userName/)
      await work()
      expect(await row()).toMatchObject({ request: null, finished_at: expect.any(String) })
    })

    it('tells in the log what was accepted and what came of it', async () => {
      const name = fresh()
      await accept(post(name))
      await work()
      const [accepted, done] = (await surface.log())
        .slice(-2)
        .toSorted((a, b) => a.response_status - b.response_status)
        .toReversed()
      expect(accepted).toMatchObject({
        response_status: 202,
        outcome: 'Accepted 1 operations to work off later.',
      })
      expect(done).toMatchObject({ response_status: 200, request_id: accepted?.request_id })
      expect(done?.outcome).toMatch(
        /^Worked off 1 of 1 operations\. 1: Created the user l\*\*\*\d@acme\.test/,
      )
    })

    it('R4 R89 a token that is revoked meanwhile ends its bulks', async () => {
      const other = await surface.addTenant(`${fresh()}.test`)
      const theirs = surface.as(other)
      const name = fresh()
      const answer = await theirs.ask('POST', '/Bulk', { body: bulkOf(post(name)), headers: later })
      expect(answer.status).toBe(202)
      await deleteScimTokens(surface.ctx.db, other.domain.id)
      await work()
      const rows = await surface.ctx.db
        .selectFrom('bulk_results')
        .selectAll()
        .where('domain_id', '=', other.domain.id)
        .execute()
      expect(rows.map(row => JSON.parse(row.result).status)).toEqual(['401'])
      const users = await surface.ctx.db
        .selectFrom('users')
        .selectAll()
        .where('domain_id', '=', other.domain.id)
        .execute()
      expect(users).toEqual([])
    })
  })
})
