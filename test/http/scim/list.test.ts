// Lists of users over HTTP: pages, totals and filters (RFC 7644 §3.4.2).
import { beforeAll, describe, expect, it } from 'vitest'
import { eachDatabase } from '../../database.ts'
import { openSurface, person, type Surface, userSchema } from './surface.ts'

const listSchema = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'
const total = 23

describe('list (§3.4.2)', () => {
  eachDatabase((_, open) => {
    let surface: Surface
    let ask: Surface['ask']
    let ids: string[]
    const list = async (query: string) => (await ask('GET', `/Users?${query}`)).body
    const idsOf = (body: { Resources: { id: string }[] }) => body.Resources.map(({ id }) => id)

    beforeAll(async () => {
      surface = await openSurface(await open())
      ask = surface.ask
      for (let index = 0; index < total; index++) {
        const changes = {
          title: index % 2 === 0 ? 'even' : 'odd',
          externalId: `x${index}`,
          displayName: `Ünit ${index}`,
        }
        await ask('POST', '/Users', { body: person(`u${String(index).padStart(2, '0')}`, changes) })
      }
      ids = idsOf(await list('count=200'))
    })

    it('R39 is a ListResponse with numbers and an array, also when nothing matches', async () => {
      const body = await list('count=2')
      expect(body).toMatchObject({
        schemas: [listSchema],
        totalResults: total,
        startIndex: 1,
        itemsPerPage: 2,
      })
      expect(body.Resources).toHaveLength(2)
      expect(body.Resources[0].meta.location).toContain(`/scim/v2/${surface.tenant.domain.id}/Users/`)
      const none = await ask('GET', '/Users?filter=userName eq "nobody"')
      expect(none.status).toBe(200)
      expect(none.body).toEqual({
        schemas: [listSchema],
        totalResults: 0,
        startIndex: 1,
        itemsPerPage: 0,
        Resources: [],
      })
    })

    it('R40 corrects a startIndex below 1 and a count below 0, and refuses what is no number', async () => {
      expect(await list('startIndex=-5&count=1')).toMatchObject({ startIndex: 1, itemsPerPage: 1 })
      expect(await list('count=-1')).toMatchObject({ totalResults: total, itemsPerPage: 0, Resources: [] })
      expect(await list('count=0&filter=title eq "odd"')).toMatchObject({ totalResults: 11, Resources: [] })
      for (const query of ['count=many', 'startIndex=1.5', 'startIndex=']) {
        expect(await ask('GET', `/Users?${query}`)).toMatchObject({
          status: 400,
          body: { scimType: 'invalidValue' },
        })
      }
    })

    it('R40 answers an empty page past the end and echoes startIndex', async () => {
      for (const startIndex of [total + 1, 1000, Number.MAX_SAFE_INTEGER]) {
        const body = await list(`startIndex=${startIndex}`)
        expect(body).toMatchObject({ totalResults: total, startIndex, itemsPerPage: 0, Resources: [] })
      }
      expect(await list('startIndex=100&filter=title eq "odd"')).toMatchObject({
        totalResults: 11,
        Resources: [],
      })
    })

    it('R41 has one order for every page size, in sequence or not, with a filter or without', async () => {
      expect(new Set(ids).size).toBe(total)
      for (const filter of ['', '&filter=title eq "even"', '&filter=userName sw "u1" or title pr']) {
        const all = idsOf(await list(`count=200${filter}`))
        for (const size of [1, 4, 10]) {
          const starts = Array.from({ length: Math.ceil(all.length / size) }, (_, page) => 1 + page * size)
          const inSequence: string[] = []
          for (const start of starts) {
            const body = await list(`startIndex=${start}&count=${size}${filter}`)
            expect(body.totalResults).toBe(all.length)
            inSequence.push(...idsOf(body))
          }
          expect(inSequence).toEqual(all)
          const backwards: string[] = []
          for (const start of starts.toReversed()) {
            const page = await list(`startIndex=${start}&count=${size}${filter}&z=${size}`)
            backwards.unshift(...idsOf(page))
          }
          expect(backwards).toEqual(all)
        }
      }
    })

    it('R41 neither skips nor repeats anybody when others are deleted while a client pages on', async () => {
      const tenant = await surface.addTenant('paged.test')
      const other = surface.as(tenant)
      for (let index = 0; index < 9; index++) await other.ask('POST', '/Users', { body: person(`p${index}`) })
      const first = await other.ask('GET', '/Users?count=3')
      await other.ask('DELETE', `/Users/${first.body.Resources[0].id}`)
      const names: string[] = first.body.Resources.map(({ userName }: { userName: string }) => userName)
      for (const start of [4, 7]) {
        const { body } = await other.ask('GET', `/Users?startIndex=${start}&count=3`)
        names.push(...body.Resources.map(({ userName }: { userName: string }) => userName))
      }
      expect(names).toEqual(Array.from({ length: 9 }, (_, index) => `p${index}@acme.test`))
      expect((await other.ask('GET', '/Users?count=0')).body.totalResults).toBe(8)
    })

    it('R43 gives 100 by default and at most 200', async () => {
      const tenant = await surface.addTenant('many.test')
      const other = surface.as(tenant)
      const made = Array.from({ length: 203 }, (_, index) =>
        other.ask('POST', '/Users', { body: { userName: `m${index}`, schemas: [userSchema] } }),
      )
      await Promise.all(made)
      expect((await other.ask('GET', '/Users')).body).toMatchObject({ totalResults: 203, itemsPerPage: 100 })
      expect((await other.ask('GET', '/Users?count=5000')).body).toMatchObject({
        totalResults: 203,
        itemsPerPage: 200,
      })
    })

    it('R54 finds by each attribute with an index, in the case that its schema says', async () => {
      const [, second] = ids
      const found = [
        'userName eq "U01@ACME.test"',
        'externalId eq "x1"',
        `id eq "${second}"`,
        'displayName eq "ÜNIT 1"',
        'emails.value eq "U01@acme.test"',
        'emails[value eq "u01@acme.test"]',
        'emails eq "u01@acme.test"',
        'urn:ietf:params:scim:schemas:core:2.0:User:userName eq "u01@acme.test"',
      ]
      for (const filter of found) {
        expect([filter, idsOf(await list(`filter=${encodeURIComponent(filter)}`))]).toEqual([
          filter,
          [second],
        ])
      }
      expect((await list('filter=externalId eq "X1"')).totalResults).toBe(0)
      const beyond = await list('filter=externalId eq "x1"&startIndex=2')
      expect(beyond).toMatchObject({ totalResults: 1, startIndex: 2, Resources: [] })
    })

    it('R7 reads parameter names in any case and ignores unknown ones', async () => {
      expect(await list('STARTINDEX=2&Count=1&foo=bar&x')).toMatchObject({ startIndex: 2, itemsPerPage: 1 })
    })

    it('R49 refuses a filter that is broken or names an unknown attribute', async () => {
      for (const filter of [
        '',
        'userName',
        'userName xx "a"',
        'shoeSize eq 42',
        '__proto__ eq "a"',
        'userName eq "a" and',
      ]) {
        const answer = await ask('GET', `/Users?filter=${encodeURIComponent(filter)}`)
        expect([filter, answer.status, answer.body.scimType]).toEqual([filter, 400, 'invalidFilter'])
      }
    })

    it('R56 projects every resource of a list', async () => {
      const body = await list('count=1&attributes=userName')
      expect(body.Resources).toEqual([{ schemas: [userSchema], id: ids[0], userName: 'u00@acme.test' }])
      expect((await ask('GET', '/Users?attributes=id&excludedAttributes=name')).status).toBe(400)
    })

    it('R82 carries the version of every resource', async () => {
      const body = await list('count=1')
      expect(body.Resources[0].meta.version).toBe('W/"1"')
    })
  })
})
