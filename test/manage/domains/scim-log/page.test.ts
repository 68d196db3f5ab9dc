// Pages of the SCIM log and its chart over many rows: what is found at once, and how far back there is time to look.
import { beforeAll, describe, expect, it } from 'vitest'
import { newIdAt } from '../../../../src/base/id.ts'
import { readLogChart } from '../../../../src/manage/domains/scim-log/chart.ts'
import { readLogPage } from '../../../../src/manage/domains/scim-log/page.ts'
import type { LogSearch } from '../../../../src/manage/domains/scim-log/search.ts'
import { transact } from '../../../../src/store/db.ts'
import { insertScimLog, type ScimLogRow } from '../../../../src/store/domain/scim-log.ts'
import { eachDatabase } from '../../../database.ts'
import { openSurface, type Surface } from '../../../http/scim/surface.ts'

const count = 25_000
const someone = '01900000-0000-7000-8000-000000000001'

describe('the SCIM log of a domain with many rows', () => {
  eachDatabase((_, open) => {
    let surface: Surface
    let oldest: Date
    let ids: string[]
    beforeAll(async () => {
      surface = await openSurface(await open())
      const now = surface.ctx.now()
      oldest = new Date(now.getTime() - count * 1000)
      const rows = Array.from({ length: count }, (_, at) => rowAt(new Date(oldest.getTime() + at * 1000), at))
      for (let at = 0; at < count; at += 5000) {
        await transact(surface.ctx.db, tx => insertScimLog(tx, rows.slice(at, at + 5000)))
      }
      ids = rows.map(row => row.id)
    }, 60_000)

    /** The first of all is refused; the first and the last hundred are about somebody, by turns looked up and changed. */
    const rowAt = (at: Date, index: number): ScimLogRow => {
      const isAbout = index < 100 || index >= count - 100
      const isChange = index % 2 === 0
      return {
        domain_id: surface.tenant.domain.id,
        id: newIdAt(at),
        created_at: at.toISOString(),
        request_id: `request-${index}`,
        request_method: isChange ? 'PATCH' : 'GET',
        request_path: '/Users',
        request_headers: '{}',
        request_body: null,
        response_status: index === 0 ? 400 : index === 1 ? 500 : 200,
        response_body: index === 5 ? '"the needle of Ünlü"' : null,
        identity_provider: 'okta',
        duration_ms: 1,
        scim_type: null,
        token_hint: 'abcd',
        resource_type: 'User',
        resource_id: isAbout ? someone : null,
        outcome: 'Done.',
        accommodations: '[]',
      }
    }
    const page = (search: LogSearch, more: { beforeId?: string; patienceMs?: number; limit?: number } = {}) =>
      readLogPage(surface.ctx, surface.tenant.domain.id, { search, limit: 10, ...more })
    const foundAt = ({ rows }: Awaited<ReturnType<typeof page>>) => rows.map(row => ids.indexOf(row.id))

    it('shows the newest, and goes on behind any', async () => {
      const first = await page({})
      expect(foundAt(first)).toEqual(Array.from({ length: 10 }, (_, at) => count - 1 - at))
      expect(first).toMatchObject({ hasOlder: true, lookedTo: undefined })
      const last = await page({}, { beforeId: ids[3] ?? '' })
      expect(foundAt(last)).toEqual([2, 1, 0])
      expect(last.hasOlder).toBe(false)
    })

    it('finds a failure however long ago it was, without any patience', async () => {
      const refused = await page({ statusMin: 400, statusMax: 499 }, { patienceMs: 0 })
      expect(foundAt(refused)).toEqual([0])
      expect(refused.lookedTo).toBeUndefined()
      expect(foundAt(await page({ statusMin: 500, statusMax: 599 }, { patienceMs: 0 }))).toEqual([1])
    })

    it('says how far it looked when its patience ends, and goes on from there', async () => {
      const first = await page({ search: 'NEEDLE' }, { patienceMs: 0 })
      expect(first).toMatchObject({ rows: [], hasOlder: false, lookedTo: ids[count - 10_000] })
      const second = await page({ search: 'NEEDLE' }, { patienceMs: 0, beforeId: first.lookedTo ?? '' })
      const third = await page({ search: 'NEEDLE' }, { patienceMs: 0, beforeId: second.lookedTo ?? '' })
      expect(foundAt(third)).toEqual([5])
      expect(third.lookedTo).toBeUndefined()
    })

    it('finds letters of any alphabet in any case', async () => {
      expect(foundAt(await page({ search: 'OF üNLÜ' }, { patienceMs: 60_000 }))).toEqual([5])
      expect(foundAt(await page({ search: '%' }, { patienceMs: 60_000 }))).toEqual([])
    })

    it('shows all changes of somebody, and look-ups as far back as there is time', async () => {
      const all = await page({ resourceId: someone }, { limit: 200, patienceMs: 0 })
      expect(all.rows.filter(row => row.request_method === 'PATCH')).toHaveLength(100)
      expect(all.rows.filter(row => row.request_method === 'GET')).toHaveLength(50)
      expect(all).toMatchObject({ hasOlder: false, lookedTo: ids[count - 10_000] })
      const patient = await page({ resourceId: someone }, { limit: 200, patienceMs: 60_000 })
      expect(patient).toMatchObject({ hasOlder: false, lookedTo: undefined })
      expect(patient.rows).toHaveLength(200)
      const newest = await page({ resourceId: someone }, { patienceMs: 0 })
      expect(newest).toMatchObject({ hasOlder: true, lookedTo: undefined })
      expect(foundAt(newest)).toEqual(Array.from({ length: 10 }, (_, at) => count - 1 - at))
    })

    it('keeps to times, both ends included', async () => {
      const [after, before] = [2, 4].map(at => new Date(oldest.getTime() + at * 1000).toISOString())
      expect(foundAt(await page({ after, before }))).toEqual([4, 3, 2])
    })

    describe('the chart', () => {
      const chart = (search: LogSearch) => readLogChart(surface.ctx, surface.tenant.domain.id, search)
      const sum = ({ buckets }: Awaited<ReturnType<typeof chart>>) => ({
        ok: buckets.reduce((total, bucket) => total + bucket.ok, 0),
        refused: buckets.reduce((total, bucket) => total + bucket.refused, 0),
        failed: buckets.reduce((total, bucket) => total + bucket.failed, 0),
      })

      it('counts every request of the last day, whatever status is filtered by', async () => {
        const day = await chart({ statusMin: 400, statusMax: 499 })
        expect(sum(day)).toEqual({ ok: count - 2, refused: 1, failed: 1 })
        expect(day.lookedAt).toBeUndefined()
        expect(day.buckets).toHaveLength(48)
        // 25,000 seconds are the last quarter and some.
        expect(day.buckets.slice(0, 34).every(bucket => bucket.ok === 0)).toBe(true)
      })

      it('counts what fits among the newest when there are filters, and says so', async () => {
        const about = await chart({ resourceId: someone })
        expect(sum(about)).toEqual({ ok: 100, refused: 0, failed: 0 })
        expect(about.lookedAt).toBe(10_000)
      })

      it('keeps to times', async () => {
        const before = new Date(oldest.getTime() + 9_000).toISOString()
        const begin = await chart({ after: oldest.toISOString(), before })
        expect(sum(begin)).toEqual({ ok: 8, refused: 1, failed: 1 })
        expect(begin.buckets[0]).toEqual({ ok: 0, refused: 1, failed: 0 })
        expect(sum(await chart({ after: oldest.toISOString(), before, method: 'GET' }))).toEqual({
          ok: 4,
          refused: 0,
          failed: 1,
        })
      })
    })
  })
})
