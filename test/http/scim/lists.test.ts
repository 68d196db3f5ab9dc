// The routes of lists over HTTP: `.search` at every place (RFC 7644 §3.4.3) and lists of all types (§3.4.2.1).
import { beforeAll, describe, expect, it } from 'vitest'
import type { Db } from '../../../src/store/db.ts'
import { eachDatabase } from '../../database.ts'
import { type Answer, ada, addToken, openSurface, person, type Surface, userSchema } from './surface.ts'

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
        search({ filter: 'nickName eq Adalbert and emails co "adalbert@"' }),
      )
      const row = (await surface.log()).at(-1)
      expect(row?.request_body).toContain('A***t')
      expect(row?.request_body?.toLowerCase()).not.toContain('adalbert')
      expect(row?.outcome).toBe('Looked for nickName eq A***t and emails co "a***t@": nobody.')
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

const groupSchema = 'urn:ietf:params:scim:schemas:core:2.0:Group'

describe('lists of all types (§3.4.2.1)', () => {
  eachDatabase((_, open) => {
    let db: Db
    let surface: Surface
    const list = async (query: string) => (await surface.ask('GET', `/?${query}`)).body
    const namesOn = ({ Resources }: Answer['body']): string =>
      Resources.map(({ userName = '', displayName }: { userName?: string; displayName: string }) =>
        userName === '' ? displayName : userName[0],
      ).join('')
    const named = async (query: string) => namesOn(await list(query))

    /** Users have small letters and groups capital ones, in the order in which they are made. */
    beforeAll(async () => {
      db = await open()
      surface = await openSurface(db)
      const ids = new Map<string, string>()
      for (const [name, member] of [['c'], ['B'], ['a'], ['A', 'a'], ['b'], ['C', 'c']] as const) {
        const isUser = name === name.toLowerCase()
        const members = member === undefined ? [] : [{ value: ids.get(member) }]
        const body = isUser
          ? person(name, { displayName: name, title: 'x' })
          : { schemas: [groupSchema], displayName: name, members }
        const answer = await surface.ask('POST', isUser ? '/Users' : '/Groups', { body })
        expect(answer.status).toBe(201)
        ids.set(name, answer.body.id)
      }
    })

    it('R42 R41 has one order, page by page in sequence or not, and by cursor', async () => {
      for (const query of [
        '',
        '&sortBy=displayName',
        '&sortBy=userName&sortOrder=descending',
        '&filter=title pr',
      ]) {
        const all = await named(`count=100${query}`)
        for (const count of [1, 2, 4]) {
          let pages = ''
          for (let start = 1; start <= all.length; start += count) {
            const page = await list(`startIndex=${start}&count=${count}${query}`)
            expect(page).toMatchObject({ totalResults: all.length, startIndex: start })
            pages += namesOn(page)
          }
          expect(pages).toBe(all)
          let walked = ''
          for (let cursor: string | undefined = ''; cursor !== undefined; ) {
            const page = await list(`cursor=${cursor}&count=${count}${query}`)
            expect(page.totalResults).toBe(all.length)
            walked += namesOn(page)
            cursor = page.nextCursor
          }
          expect(walked).toBe(all)
        }
        // Nobody remembers for another token where the page before ended.
        const token = await addToken(db, surface.tenant.domain.id)
        let backwards = ''
        for (let start = all.length; start >= 1; start--) {
          const { body } = await surface.ask('GET', `/?startIndex=${start}&count=1${query}`, { token })
          backwards = namesOn(body) + backwards
        }
        expect(backwards).toBe(all)
      }
      expect(await named('')).toBe('cBaAbC')
    })

    it('R42 R55 sorts all of them together; who has no value comes last ascending', async () => {
      expect(await named('sortBy=displayName')).toBe('aABbcC')
      expect(await named('sortBy=userName')).toBe('abcBAC')
      expect(await named('sortBy=userName&sortOrder=descending')).toBe('BACcba')
      expect(await named('sortBy=title&sortOrder=descending')).toBe('BACcab')
      expect(await named('sortBy=meta.resourceType&sortOrder=descending')).toBe('cabBAC')
      expect(await named('sortBy=members')).toBe('CAcBab')
    })

    it('R42 filters each by what it has; what it does not have counts as absent', async () => {
      expect(await named('filter=userName eq "a@acme.test"')).toBe('a')
      expect(await named('filter=displayName eq "A"')).toBe('aA')
      expect(await named('filter=displayName sw "b" or userName sw "c"')).toBe('cBb')
      expect(await named('filter=userName ne "a@acme.test"')).toBe('cBAbC')
      expect(await named('filter=not (title pr)')).toBe('BAC')
      expect(await named('filter=members pr')).toBe('AC')
      expect(await named('filter=emails[type eq "work"].value eq "b@acme.test"')).toBe('b')
      expect(await named('filter=meta.resourceType eq "Group"')).toBe('BAC')
      expect(await named(`filter=${userSchema}:displayName eq "a"`)).toBe('a')
      expect(await list('filter=shoeSize eq 42')).toMatchObject({ totalResults: 0, Resources: [] })
      expect(await list('filter=shoeSize ne 42')).toMatchObject({ totalResults: 6 })
      expect(await named('filter=shoeSize pr or userName sw "a"')).toBe('a')
      expect(await list('filter=not (shoes[color eq "red"])')).toMatchObject({ totalResults: 6 })
      expect(await list('filter=members pr&count=0')).toMatchObject({ totalResults: 2, Resources: [] })
    })

    it('R42 refuses a broken filter and a sort by what nobody has', async () => {
      expect(await list('filter=shoeSize xx 42')).toMatchObject({ scimType: 'invalidFilter' })
      expect(await list('filter=userName eq')).toMatchObject({ scimType: 'invalidFilter' })
      expect(await list('filter=active eq "maybe"')).toMatchObject({ scimType: 'invalidFilter' })
      expect(await list('sortBy=shoeSize')).toMatchObject({ scimType: 'invalidValue' })
    })

    it('R42 refuses to enter too far into a list that it would have to merge', async () => {
      expect(await list('startIndex=10001&count=1')).toMatchObject({
        status: '400',
        scimType: 'tooMany',
        detail: expect.stringContaining('no further than at startIndex 10000'),
      })
    })

    it('R56 shows of each what was asked for', async () => {
      const { Resources } = await list('attributes=userName,members.value&filter=displayName eq "A"')
      expect(Resources).toEqual([
        { schemas: [userSchema], id: expect.any(String), userName: 'a@acme.test' },
        { schemas: [groupSchema], id: expect.any(String), members: [{ value: Resources[0].id }] },
      ])
      const without = await list('excludedAttributes=members,emails')
      for (const each of without.Resources) {
        expect(each).not.toHaveProperty('members')
        expect(each).not.toHaveProperty('emails')
      }
    })

    it('R57 is searched by POST as well', async () => {
      const request = {
        filter: 'displayName pr',
        sortBy: 'displayName',
        count: 4,
        attributes: ['displayName'],
      }
      const posted = await surface.ask('POST', '/.search', search(request))
      expect(posted.body).toEqual(
        await list('filter=displayName pr&sortBy=displayName&count=4&attributes=displayName'),
      )
    })

    it('R42 has one base URL without a slash as well', async () => {
      const { status, body } = await surface.ask('GET', '?filter=userName eq "a@acme.test"')
      expect(status).toBe(200)
      expect(body.Resources).toMatchObject([{ userName: 'a@acme.test' }])
    })

    it('R55 sorts groups by members and users by groups, of which the first decides', async () => {
      const groups = await surface.ask('GET', '/Groups?sortBy=members.value&sortOrder=descending')
      expect(namesOn(groups.body)).toBe('BAC')
      const users = await surface.ask('GET', '/Users?sortBy=groups.display')
      expect(namesOn(users.body)).toBe('acb')
    })

    it('R9 shows nothing of another tenant', async () => {
      const other = surface.as(await surface.addTenant('other.test'))
      expect((await other.ask('GET', '/')).body).toMatchObject({ totalResults: 0 })
      expect((await other.ask('GET', '/', { token: surface.tenant.token })).status).toBe(401)
      expect((await other.ask('POST', '/.search', { ...search(), token: null })).status).toBe(401)
    })
  })
})
