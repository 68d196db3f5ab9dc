// The routes of lists over HTTP: `.search` at every place (RFC 7644 §3.4.3) and lists of all types (§3.4.2.1).
import { beforeAll, describe, expect, it } from 'vitest'
import { eachDatabase } from '../../database.ts'
import { ada, openSurface, person, type Surface, userSchema } from './surface.ts'

const searchSchema = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest'
const listSchema = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'
const search = (request: object = {}) => ({ body: { schemas: [searchSchema], ...request } })

describe('.search (§3.4.3)', () => {
  eachDatabase((_, open) => {
    let surface: Surface
    let ask: Surface['ask']

    beforeAll(async () => {
      surface = await openSurface(await open())
      ask = surface.ask
      for (const name of ['c', 'a', 'b']) await ask('POST', '/Users', { body: person(name, { title: name }) })
    })

    it('R57 gives what GET gives, at each place', async () => {
      const asked: [object, string][] = [
        [{}, ''],
        [{ count: 2, startIndex: 2 }, 'count=2&startIndex=2'],
        [{ count: 0 }, 'count=0'],
        [{ filter: 'title ge "b"', sortBy: 'title' }, 'filter=title ge "b"&sortBy=title'],
        [
          { sortBy: 'userName', sortOrder: 'descending', count: 1 },
          'sortBy=userName&sortOrder=descending&count=1',
        ],
        [{ attributes: ['userName', 'emails.value'] }, 'attributes=userName,emails.value'],
        [{ excludedAttributes: ['emails'], count: 1 }, 'excludedAttributes=emails&count=1'],
      ]
      for (const place of ['/Users', '']) {
        for (const [request, query] of asked) {
          const posted = await ask('POST', `${place}/.search`, search(request))
          const got = await ask('GET', `${place}/?${query}`)
          expect([posted.status, posted.text]).toEqual([200, got.text])
        }
      }
    })

    it('R57 R61 walks by cursor too', async () => {
      const names: string[] = []
      for (let cursor: string | undefined = ''; cursor !== undefined; ) {
        const { body } = await ask('POST', '/Users/.search', search({ cursor, count: 2, sortBy: 'userName' }))
        names.push(...body.Resources.map(({ userName }: { userName: string }) => userName[0]))
        cursor = body.nextCursor
      }
      expect(names).toEqual(['a', 'b', 'c'])
    })

    it('R57 ignores what stands in the query string', async () => {
      const { body } = await ask('POST', '/Users/.search?count=1&filter=x', search())
      expect(body).toMatchObject({ schemas: [listSchema], totalResults: 3, itemsPerPage: 3 })
    })

    it('R57 refuses what is no SearchRequest', async () => {
      const answer = (request: object) => ask('POST', '/Users/.search', search(request))
      expect((await answer({ count: 'ten' })).body).toMatchObject({ status: '400', scimType: 'invalidValue' })
      expect((await answer({ filter: 'userName xx "a"' })).body).toMatchObject({ scimType: 'invalidFilter' })
      expect((await answer({ attributes: ['a'], excludedAttributes: ['b'] })).status).toBe(400)
      expect((await ask('POST', '/Users/.search', { body: [] })).body).toMatchObject({
        scimType: 'invalidSyntax',
      })
      expect((await ask('POST', '/Users/.search', { text: '' })).body).toMatchObject({
        scimType: 'invalidSyntax',
      })
    })

    it('R57 wants its schema in the strict profile, and notes elsewhere that it was missing', async () => {
      const strict = surface.as(await surface.addTenant('strict.test', { scimProfile: 'strict' }))
      expect((await strict.ask('POST', '/Users/.search', { body: {} })).body).toMatchObject({
        scimType: 'invalidSyntax',
        detail: `"schemas" must name ${searchSchema}, but "null" came.`,
      })
      expect((await ask('POST', '/Users/.search', { body: {} })).status).toBe(200)
      const row = (await surface.log()).at(-1)
      expect(JSON.parse(row?.accommodations ?? '')).toEqual(['missing_search_schema'])
    })

    it('R11 keeps what was searched for out of the log', async () => {
      await ask(
        'POST',
        '/Users/.search',
        search({ filter: 'nickName eq "Adalbert" and emails co "adalbert@"' }),
      )
      const row = (await surface.log()).at(-1)
      expect(row?.request_body).toContain('A***t')
      expect(row?.request_body?.toLowerCase()).not.toContain('adalbert')
      expect(row?.outcome).toBe('Listed 0 of 0 users.')
    })

    it('R10 answers other methods with 405 and what is possible', async () => {
      for (const path of ['/Users/.search', '/.search']) {
        const { status, headers } = await ask('GET', path)
        expect([status, headers.get('allow')]).toEqual([405, 'POST'])
      }
      const { status, headers } = await ask('POST', '/', { body: ada })
      expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD'])
    })
  })
})

describe('lists of all types (§3.4.2.1)', () => {
  eachDatabase((_, open) => {
    let surface: Surface
    const list = async (query: string) => (await surface.ask('GET', `/?${query}`)).body

    beforeAll(async () => {
      surface = await openSurface(await open())
      for (const name of ['c', 'a', 'b']) await surface.ask('POST', '/Users', { body: person(name) })
    })

    it('R42 takes an attribute that no type here has as absent', async () => {
      expect(await list('filter=shoeSize eq 42')).toMatchObject({ totalResults: 0, Resources: [] })
      expect(await list('filter=shoeSize ne 42')).toMatchObject({ totalResults: 3 })
      expect(await list('filter=shoeSize pr or userName sw "a"')).toMatchObject({ totalResults: 1 })
      expect(await list('filter=not (shoes[color eq "red"])')).toMatchObject({ totalResults: 3 })
    })

    it('R42 refuses a broken filter and a sort by what nobody has', async () => {
      expect(await list('filter=shoeSize xx 42')).toMatchObject({ scimType: 'invalidFilter' })
      expect(await list('filter=userName eq')).toMatchObject({ scimType: 'invalidFilter' })
      expect(await list('sortBy=shoeSize')).toMatchObject({ scimType: 'invalidValue' })
    })

    it('R42 has one base URL without a slash as well', async () => {
      const { status, body } = await surface.ask('GET', '?filter=userName eq "a@acme.test"')
      expect(status).toBe(200)
      expect(body.Resources).toMatchObject([{ schemas: [userSchema], userName: 'a@acme.test' }])
    })

    it('R9 shows nothing of another tenant', async () => {
      const other = surface.as(await surface.addTenant('other.test'))
      expect((await other.ask('GET', '/')).body).toMatchObject({ totalResults: 0 })
      expect((await other.ask('GET', '/', { token: surface.tenant.token })).status).toBe(401)
      expect((await other.ask('POST', '/.search', { ...search(), token: null })).status).toBe(401)
    })
  })
})
