// Lists page by page with cursors, over HTTP (RFC 9865).
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../src/base/id.ts'
import { type Db, transact } from '../../../src/store/db.ts'
import { deleteUser, insertUser } from '../../../src/store/resources/users.ts'
import { eachDatabase } from '../../database.ts'
import { type Answer, addToken, openSurface, person, type Surface } from './surface.ts'

const hour = 3_600_000
const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']

describe('cursors (RFC 9865)', () => {
  eachDatabase((name, open) => {
    let db: Db
    let surface: Surface
    const list = (query: string, by = surface) => by.ask('GET', `/Users?${query}`)
    const walk = async (query: string, by = surface) => {
      const pages: Answer['body'][] = []
      for (let cursor: string | undefined = ''; cursor !== undefined; cursor = pages.at(-1).nextCursor) {
        const { status, body } = await list(`${query}&cursor=${cursor}`, by)
        expect([status, body.detail]).toEqual([200, undefined])
        pages.push(body)
      }
      return pages
    }
    const namesOn = ({ Resources }: Answer['body']): string[] =>
      Resources.map(({ userName }: { userName: string }) => userName.split('@')[0])
    const firstCursor = async (query: string, by = surface): Promise<string> =>
      (await list(`${query}&cursor`, by)).body.nextCursor
    const expectRefusal = async (answer: Promise<Answer>, scimType: string, detail = '') =>
      expect(await answer).toMatchObject({
        status: 400,
        body: { scimType, detail: expect.stringContaining(detail) },
      })

    beforeAll(async () => {
      db = await open()
      surface = await openSurface(db)
      for (const each of names) {
        await surface.ask('POST', '/Users', { body: person(each, { title: each < 'd' ? 'x' : undefined }) })
      }
    })

    it('R58 begins with an empty cursor and goes on to the last page, which alone has no nextCursor', async () => {
      const pages = await walk('count=3')
      expect(pages.map(namesOn)).toEqual([['a', 'b', 'c'], ['d', 'e', 'f'], ['g']])
      expect(pages.map(page => typeof page.nextCursor)).toEqual(['string', 'string', 'undefined'])
      for (const page of pages) {
        expect(page).toMatchObject({ totalResults: 7, itemsPerPage: page.Resources.length })
        expect(page).not.toHaveProperty('startIndex')
        expect(page).not.toHaveProperty('previousCursor')
      }
      expect((await walk('count=7')).map(namesOn)).toEqual([names])
      expect((await walk('filter=userName eq "none"'))[0]).toMatchObject({ totalResults: 0, Resources: [] })
    })

    it('R58 keeps to filter and sort, and to the count of the first page when none is said', async () => {
      const query = 'filter=title pr or userName ge "f"&sortBy=userName&sortOrder=descending'
      const pages = await walk(`${query}&count=2`)
      expect(pages.map(namesOn)).toEqual([['g', 'f'], ['c', 'b'], ['a']])
      expect(pages.map(page => page.totalResults)).toEqual([5, 5, 5])
      const next = await list(`${query}&cursor=${pages[0].nextCursor}`)
      expect(namesOn(next.body)).toEqual(['c', 'b'])
      for (const sort of ['sortBy=title', 'sortBy=title&sortOrder=descending', 'sortBy=nickName']) {
        const [whole] = await walk(`${sort}&count=100`)
        for (const count of [1, 2, 3]) {
          expect((await walk(`${sort}&count=${count}`)).flatMap(namesOn)).toEqual(namesOn(whole))
        }
      }
    })

    it('R56 R58 shows other attributes on other pages if asked', async () => {
      const cursor = await firstCursor('count=3')
      const { body } = await list(`count=3&cursor=${cursor}&attributes=active`)
      expect(body.Resources[0]).toEqual({ schemas: expect.any(Array), id: expect.any(String), active: true })
    })

    it('R59 refuses a cursor that is none, or was changed', async () => {
      const cursor = await firstCursor('count=3')
      const changed = [...cursor]
        .map((c, at) => (at === cursor.length - 9 ? (c === 'A' ? 'B' : 'A') : c))
        .join('')
      for (const bad of ['abc', 'v1.x.y', 'null', '%00', changed, cursor.slice(0, -4), `${cursor}AA`, 'v1..'])
        await expectRefusal(
          list(`count=3&cursor=${bad}`),
          'invalidCursor',
          'must be empty for the first page',
        )
    })

    it('R59 refuses a cursor of another filter, order or endpoint', async () => {
      const query = 'filter=title pr&sortBy=userName&count=1'
      const cursor = await firstCursor(query)
      for (const other of [
        'filter=active pr&sortBy=userName&count=1',
        'filter=title pr&sortBy=displayName&count=1',
        'filter=title pr&sortBy=userName&sortOrder=descending&count=1',
        'sortBy=userName&count=1',
        'count=1',
      ])
        await expectRefusal(list(`${other}&cursor=${cursor}`), 'invalidCursor')
      const root = surface.ask('GET', `/?${query}&cursor=${cursor}`)
      await expectRefusal(root, 'invalidCursor')
      expect((await list(`${query}&cursor=${cursor}`)).status).toBe(200)
    })

    it('R61 R9 is bound to domain and token, and says nothing of what is in it', async () => {
      const cursor = await firstCursor('count=3&sortBy=userName')
      const token = await addToken(db, surface.tenant.domain.id)
      await expectRefusal(
        surface.ask('GET', `/Users?count=3&sortBy=userName&cursor=${cursor}`, { token }),
        'invalidCursor',
      )
      const other = surface.as(await surface.addTenant('other.test'))
      await expectRefusal(list(`count=3&sortBy=userName&cursor=${cursor}`, other), 'invalidCursor')
      expect(cursor).toMatch(/^[\w.~-]+$/)
      for (const part of cursor.split('.'))
        expect(Buffer.from(part, 'base64url').toString()).not.toContain('acme')
    })

    it('R61 outlives a rotation of the secret as long as the old one is kept', async () => {
      const [old] = surface.ctx.config.secrets
      const cursor = await firstCursor('count=3')
      const secrets = ['another secret that is long enough for tests', String(old)]
      Object.assign(surface.ctx.config, { secrets })
      const { body } = await list(`count=3&cursor=${cursor}`)
      expect(namesOn(body)).toEqual(['d', 'e', 'f'])
      Object.assign(surface.ctx.config, { secrets: [old] })
      await expectRefusal(list(`count=3&cursor=${body.nextCursor}`), 'invalidCursor')
    })

    it('R59 says when a cursor is too old, each page anew', async () => {
      const cursor = await firstCursor('count=3')
      surface.ctx.clock.advance(hour - 60_000)
      const { status, body } = await list(`count=3&cursor=${cursor}`)
      expect(status).toBe(200)
      surface.ctx.clock.advance(120_000)
      await expectRefusal(list(`count=3&cursor=${cursor}`), 'expiredCursor', 'within 3600 seconds')
      expect((await list(`count=3&cursor=${body.nextCursor}`)).status).toBe(200)
      surface.ctx.clock.advance(-hour - 60_000)
    })

    it('R59 refuses a count out of range, or one that changes on the way', async () => {
      for (const count of [0, -1, 201]) {
        await expectRefusal(
          list(`cursor&count=${count}`),
          'invalidCount',
          `from 1 to 200 beside a cursor, but ${count}`,
        )
      }
      const cursor = await firstCursor('count=3')
      await expectRefusal(
        list(`count=4&cursor=${cursor}`),
        'invalidCount',
        'must be 3 as on the first page, but 4',
      )
    })

    it('R60 keeps to the index when no cursor is asked for', async () => {
      const { body } = await list('count=3')
      expect(body).toMatchObject({ startIndex: 1, totalResults: 7 })
      expect(body).not.toHaveProperty('nextCursor')
      expect((await list('count=3&startIndex=2&cursor')).body).toHaveProperty('nextCursor')
    })

    it('R62 R85 is announced', async () => {
      expect((await surface.ask('GET', '/ServiceProviderConfig')).body.pagination).toEqual({
        cursor: true,
        index: true,
        defaultPaginationMethod: 'index',
        defaultPageSize: 100,
        maxPageSize: 200,
        cursorTimeout: 3600,
      })
    })

    const size = name === 'sqlite' ? 20_000 : 3000
    it(`R63 shows each of ${size} users once while a tenth is deleted and as many made`, async () => {
      const tenant = await surface.addTenant('walked.test')
      const domainId = tenant.domain.id
      const before = await fill(db, domainId, size)
      const sorts = ['', '&sortBy=userName&sortOrder=descending']
      for (const sort of sorts) {
        const seen: string[] = []
        const gone = new Set<string>()
        let alive = [...before]
        for (let cursor: string | undefined = '', page = 0; cursor !== undefined; page++) {
          const { body } = await list(`count=200&cursor=${cursor}${sort}&attributes=id`, surface.as(tenant))
          seen.push(...body.Resources.map(({ id }: { id: string }) => id))
          cursor = body.nextCursor
          const doomed = alive.filter((_, at) => at % (size / 20) === page % (size / 20)).slice(0, 20)
          await transact(db, async tx => {
            for (const id of doomed) await deleteUser(tx, domainId, id)
          })
          for (const id of doomed) gone.add(id)
          alive = alive.filter(id => !gone.has(id))
          await fill(db, domainId, 20)
        }
        expect(gone.size).toBeGreaterThan(size / 20)
        expect(new Set(seen).size).toBe(seen.length)
        const shown = new Set(seen)
        expect(alive.filter(id => !shown.has(id))).toEqual([])
        before.splice(0, before.length, ...alive)
      }
    }, 60_000)
  })
})

/** Users put straight into the store, their names in no order. */
async function fill(db: Db, domainId: string, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let made = 0; made < count; made += 500) {
    await transact(db, async tx => {
      for (let index = made; index < Math.min(made + 500, count); index++) {
        const id = newId()
        ids.push(id)
        const now = new Date(1_700_000_000_000 + ((index * 7919) % 100_000)).toISOString()
        await insertUser(tx, {
          domain_id: domainId,
          id,
          person_id: null,
          user_name: `${id.slice(-12)}@acme.test`,
          display_name: null,
          external_id: null,
          email: null,
          active: 1,
          created_at: now,
          updated_at: now,
          version: 1,
          doc: JSON.stringify({ schemas: [], id, meta: { location: `/Users/${id}` } }),
        })
      }
    })
  }
  return ids
}
