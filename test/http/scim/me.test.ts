// /Me (RFC 7644 §3.11): the user of the person who made the token.
import { beforeAll, describe, expect, it } from 'vitest'
import { eachDatabase } from '../../database.ts'
import { openSurface, patchOf, person, type Surface } from './surface.ts'

describe('/Me', () => {
  eachDatabase((_, open) => {
    let surface: Surface
    let ask: Surface['ask']

    beforeAll(async () => {
      surface = await openSurface(await open())
      ask = surface.ask
    })

    /** Makes the user, and the tenant's token one that this person made. */
    const becomeMaker = async (name: string) => {
      const { body } = await ask('POST', '/Users', { body: person(name) })
      const { db } = surface.ctx
      const row = await db
        .selectFrom('users')
        .select('person_id')
        .where('id', '=', body.id)
        .executeTakeFirstOrThrow()
      await db
        .updateTable('scim_tokens')
        .set({ created_by: row.person_id })
        .where('domain_id', '=', surface.tenant.domain.id)
        .execute()
      return body
    }

    it('R83 is 404 while no user stands for the maker of the token', async () => {
      for (const method of ['GET', 'DELETE']) expect((await ask(method, '/Me')).status).toBe(404)
      expect((await ask('PUT', '/Me', { body: person('nobody') })).status).toBe(404)
      const { body } = await ask('GET', '/Me')
      expect(body).toMatchObject({ status: '404', detail: expect.stringContaining('made this token') })
    })

    it('R83 reads, replaces, changes and deletes the own user, and says where it is', async () => {
      const own = await becomeMaker('maker')
      const read = await ask('GET', '/Me')
      expect([read.status, read.body]).toEqual([200, own])
      expect(read.headers.get('location')).toBe(own.meta.location)
      expect(read.headers.get('etag')).toBe('W/"1"')
      const put = await ask('PUT', '/Me', { body: { ...own, displayName: 'Maker' } })
      expect([put.status, put.body.displayName, put.body.id]).toEqual([200, 'Maker', own.id])
      const patched = await ask('PATCH', '/Me', {
        body: patchOf({ op: 'replace', path: 'title', value: 'Boss' }),
        headers: { 'If-Match': 'W/"2"' },
      })
      expect([patched.status, patched.body.title]).toEqual([200, 'Boss'])
      expect(patched.headers.get('location')).toBe(own.meta.location)
      const narrow = await ask('GET', '/Me?attributes=title')
      expect(narrow.body).toEqual({ schemas: own.schemas, id: own.id, title: 'Boss' })
      expect((await ask('DELETE', '/Me')).status).toBe(204)
      expect((await ask('GET', '/Me')).status).toBe(404)
      expect((await ask('GET', `/Users/${own.id}`)).status).toBe(404)
    })

    it('R9 R83 is nobody for the token of another tenant', async () => {
      await becomeMaker('tenant')
      const other = await surface.addTenant('me-other.test')
      expect((await surface.as(other).ask('GET', '/Me')).status).toBe(404)
    })

    it('R10 R83 is not created: 501', async () => {
      const answer = await ask('POST', '/Me', { body: person('me') })
      expect([answer.status, answer.body.status]).toEqual([501, '501'])
    })
  })
})
