// Groups of many thousands: readable as a whole, in lists that are cut where they must be, and as cheap to change as small ones.
import { beforeAll, describe, expect, it } from 'vitest'
import { eachDatabase } from '../../database.ts'
import { makeDirectory } from './directory.ts'
import { insertManyMembers, insertManyUsers, manyId } from './many-users.ts'
import { openSurface, patchOf, type Surface } from './surface.ts'

const large = 50_000

describe('large groups', () => {
  eachDatabase((_, open) => {
    let surface: Surface
    let ask: Surface['ask']
    let make: ReturnType<typeof makeDirectory>

    async function makeLarge(name: string, from: number, count: number): Promise<string> {
      const { id } = await make.group(name)
      const domainId = surface.tenant.domain.id
      await insertManyMembers(surface.ctx.db, { domainId, groupId: id, from, count })
      return id
    }

    beforeAll(async () => {
      surface = await openSurface(await open(), { scimRateLimit: 0 })
      ask = surface.ask
      make = makeDirectory(surface)
      await insertManyUsers(surface.ctx.db, surface.tenant.domain.id, large + 300)
    }, 60_000)

    it('R56 R78 is read whole, with every name, and changed by sets', async () => {
      const id = await makeLarge('Large', 0, large)
      const nested = await make.group('Large Inside')
      const add = patchOf({ op: 'add', path: 'members', value: [nested.id, manyId(large), manyId(0)] })
      expect((await ask('PATCH', `/Groups/${id}`, { body: add })).status).toBe(204)
      const { status, body } = await ask('GET', `/Groups/${id}`)
      expect(status).toBe(200)
      const expected = Array.from({ length: large + 1 }, (_, index) => manyId(index))
      const shown: { value: string; display: string }[] = body.members
      expect(shown.map(member => member.value)).toEqual([...expected, nested.id])
      expect(shown[4711]?.display).toBe('N 4711')
      const keep = Array.from({ length: 10_000 }, (_, index) => manyId(index * 5))
      const put = await ask('PATCH', `/Groups/${id}?attributes=displayName`, {
        body: patchOf({ op: 'replace', path: 'members', value: keep.map(value => ({ value })) }),
      })
      expect(put.status).toBe(200)
      expect(await make.membersOf(id)).toEqual(keep)
      const row = (await surface.log()).at(-1)
      expect(row?.response_body?.length).toBeLessThan(5000)
    }, 60_000)

    it('R79 loses none of 200 changes that are sent at once to a group of 50,000', async () => {
      const id = await makeLarge('Busy', 0, large)
      const version = async () =>
        (await ask('GET', `/Groups/${id}?excludedAttributes=members`)).body.meta.version
      expect(await version()).toBe('W/"1"')
      const changes = Array.from({ length: 200 }, (_, index) =>
        index % 2 === 0
          ? { op: 'add', path: 'members', value: [{ value: manyId(large + index) }] }
          : { op: 'remove', path: `members[value eq "${manyId(index * 7)}"]` },
      )
      const answers = await Promise.all(
        changes.map(change => ask('PATCH', `/Groups/${id}`, { body: patchOf(change) })),
      )
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]))
      const gone = new Set(Array.from({ length: 100 }, (_, index) => manyId((index * 2 + 1) * 7)))
      const stayed = Array.from({ length: large }, (_, index) => manyId(index)).filter(
        each => !gone.has(each),
      )
      const came = Array.from({ length: 100 }, (_, index) => manyId(large + index * 2))
      expect(await make.membersOf(id)).toEqual([...stayed, ...came])
      expect(await version()).toBe('W/"201"')
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
