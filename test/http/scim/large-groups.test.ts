// Groups of many thousands: readable as a whole, in lists that are cut where they must be, and as cheap to change as small ones.
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { eachDatabase } from '../../database.ts'
import { makeDirectory } from './directory.ts'
import { openSurface, patchOf, type Surface } from './surface.ts'

const large = 50_000

describe('large groups', () => {
  eachDatabase((kind, open) => {
    let surface: Surface
    let ask: Surface['ask']
    let make: ReturnType<typeof makeDirectory>

    const idOf = (index: number) => `01900000-0000-7000-8000-${String(index).padStart(12, '0')}`

    /** Many users at once, by the same statement on both databases. */
    async function fill(count: number): Promise<void> {
      const digits = kind === 'postgres' ? sql`lpad(i::text, 12, '0')` : sql`substr('000000000000' || i, -12)`
      const { id } = surface.tenant.domain
      await sql`
        insert into users (domain_id, id, user_name, display_name, active, created_at, updated_at, version, doc)
        with recursive numbers(i) as (select 0 union all select i + 1 from numbers where i < ${count - 1})
        select cast(${id} as text), '01900000-0000-7000-8000-' || ${digits}, 'n' || i, 'n' || i, 1,
          ${'2026-01-31T12:00:00.000Z'}, ${'2026-01-31T12:00:00.000Z'}, 1, '{"displayName":"N ' || i || '"}'
        from numbers`.execute(surface.ctx.db)
    }

    async function makeLarge(name: string, from: number, count: number): Promise<string> {
      const { id } = await make.group(name)
      const insert = sql`
        insert into group_users (domain_id, group_id, user_id)
        select domain_id, cast(${id} as text), id from users
        where domain_id = ${surface.tenant.domain.id} and id >= ${idOf(from)} and id < ${idOf(from + count)}`
      await insert.execute(surface.ctx.db)
      return id
    }

    beforeAll(async () => {
      surface = await openSurface(await open(), { scimRateLimit: 0 })
      ask = surface.ask
      make = makeDirectory(surface)
      await fill(large + 100)
    }, 60_000)

    it('R56 R78 is read whole, with every name, and changed by sets', async () => {
      const id = await makeLarge('Large', 0, large)
      const nested = await make.group('Large Inside')
      const add = patchOf({ op: 'add', path: 'members', value: [nested.id, idOf(large), idOf(0)] })
      expect((await ask('PATCH', `/Groups/${id}`, { body: add })).status).toBe(204)
      const { status, body } = await ask('GET', `/Groups/${id}`)
      expect(status).toBe(200)
      const expected = Array.from({ length: large + 1 }, (_, index) => idOf(index))
      const shown: { value: string; display: string }[] = body.members
      expect(shown.map(member => member.value)).toEqual([...expected, nested.id])
      expect(shown[4711]?.display).toBe('N 4711')
      const keep = Array.from({ length: 10_000 }, (_, index) => idOf(index * 5))
      const put = await ask('PATCH', `/Groups/${id}?attributes=displayName`, {
        body: patchOf({ op: 'replace', path: 'members', value: keep.map(value => ({ value })) }),
      })
      expect(put.status).toBe(200)
      expect(await make.membersOf(id)).toEqual(keep)
      const row = (await surface.log()).at(-1)
      expect(row?.response_body?.length).toBeLessThan(5000)
    }, 60_000)

    it('R43 cuts a list short rather than show more members than fit, and goes on where it stopped', async () => {
      const ids = [
        await makeLarge('Many 1', 0, 20_000),
        await makeLarge('Many 2', 0, 10),
        await makeLarge('Many 3', 0, 20_000),
        await makeLarge('Many 4', 0, 20_000),
        await makeLarge('Many 5', 0, 3),
      ]
      const filter = encodeURIComponent('displayName sw "many"')
      const seen: string[] = []
      const sizes: number[] = []
      for (let startIndex = 1; startIndex <= ids.length; ) {
        const { body } = await ask('GET', `/Groups?filter=${filter}&startIndex=${startIndex}`)
        expect(body.totalResults).toBe(ids.length)
        expect(body.itemsPerPage).toBe(body.Resources.length)
        for (const each of body.Resources) {
          seen.push(each.id)
          sizes.push(each.members.length)
        }
        startIndex += body.itemsPerPage
      }
      expect(seen).toEqual(ids)
      expect(sizes).toEqual([20_000, 10, 20_000, 20_000, 3])
      const walked: string[] = []
      for (let cursor: string | undefined = ''; cursor !== undefined; ) {
        const { body } = await ask(
          'GET',
          `/Groups?filter=${filter}&cursor=${cursor}&sortBy=displayName&sortOrder=descending`,
        )
        walked.push(...body.Resources.map((each: { id: string }) => each.id))
        cursor = body.nextCursor
      }
      expect(walked).toEqual(ids.toReversed())
      const without = await ask('GET', `/Groups?filter=${filter}&excludedAttributes=members`)
      expect(without.body.itemsPerPage).toBe(ids.length)
    }, 60_000)
  })
})
