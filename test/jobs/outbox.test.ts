// The outbox: at least once, never lost, later each time, given up after three days.
import { beforeEach, describe, expect, it } from 'vitest'
import { OutboxWorker } from '../../src/jobs/outbox.ts'
import type { Deliver } from '../../src/manage/delivery/delivery.ts'
import { transact } from '../../src/store/db.ts'
import { enqueue, isWaiting, leaseItems } from '../../src/store/records/outbox.ts'
import { type TestContext, testContext } from '../context.ts'
import { eachDatabase } from '../database.ts'

const minute = 60 * 1000
const hour = 60 * minute
const day = 24 * hour

describe('outbox', () => {
  eachDatabase((_, open) => {
    let ctx: TestContext
    beforeEach(async () => {
      ctx = testContext(await open())
    })
    const put = (payload: object = {}, about?: string) =>
      transact(ctx.db, tx =>
        enqueue(tx, ctx.config.secrets, {
          kind: 'test',
          payload,
          now: ctx.now().toISOString(),
          ...(about === undefined ? {} : { about }),
        }),
      )
    const workerWith = (deliver: Deliver) => new OutboxWorker(ctx, new Map([['test', deliver]]))
    const items = () => ctx.db.selectFrom('outbox').selectAll().execute()
    const failing = () =>
      workerWith(async () => {
        throw new Error('no luck')
      })

    it('delivers what was put in, with its id as the key, and takes it out', async () => {
      const got: unknown[] = []
      const id = await put({ hello: 'world' })
      const worker = workerWith(async (_ctx, { key, payload }) => {
        got.push([key, payload])
      })
      expect(await worker.deliverDue()).toBe(1)
      expect(got).toEqual([[id, { hello: 'world' }]])
      expect(await items()).toEqual([])
      expect(await worker.deliverDue()).toBe(0)
    })

    it('holds nothing of a transaction that failed', async () => {
      const failed = transact(ctx.db, async tx => {
        const now = ctx.now().toISOString()
        await enqueue(tx, ctx.config.secrets, { kind: 'test', payload: {}, now })
        throw new Error('undone')
      })
      await expect(failed).rejects.toThrow('undone')
      expect(await items()).toEqual([])
    })

    it('stores the payload sealed', async () => {
      await put({ link: 'https://secret.test/abc' })
      expect(JSON.stringify(await items())).not.toContain('secret.test')
    })

    it('tries again within 30 seconds, then later each time up to an hour', async () => {
      await put()
      const waits: number[] = []
      for (let attempt = 1; attempt <= 10; attempt++) {
        expect(await failing().deliverDue()).toBe(1)
        expect(await failing().deliverDue()).toBe(0)
        const [item] = await items()
        expect(item).toMatchObject({ attempts: attempt, last_error: 'no luck', leased_until: null })
        waits.push(Date.parse(item?.due_at ?? '') - ctx.now().getTime())
        ctx.clock.advance(hour)
      }
      expect(waits[0]).toBeLessThan(29_000)
      expect(waits[1]).toBeGreaterThan(waits[0] ?? 0)
      expect(Math.max(...waits)).toBeLessThanOrEqual(hour)
      expect(Math.min(...waits.slice(8))).toBeGreaterThan(0.7 * hour)
    })

    it('an error with anything in it is noted, and tried again later', async () => {
      await put()
      const worker = workerWith(async () => {
        throw new Error('the vendor said \0 and \ud800')
      })
      expect(await worker.deliverDue()).toBe(1)
      expect(await items()).toMatchObject([
        { last_error: 'the vendor said \ufffd and \ufffd', leased_until: null },
      ])
    })

    it('gives up after three days, and has tried every hour until then', async () => {
      await put()
      let attempts = 0
      for (let hours = 0; hours < 80; hours++) {
        attempts += await failing().deliverDue()
        ctx.clock.advance(hour)
      }
      expect(attempts).toBeGreaterThanOrEqual(72)
      expect(await items()).toMatchObject([{ dead_at: expect.any(String), attempts }])
    })

    it('goes on once the receiver is back, and loses nothing', async () => {
      for (let number = 0; number < 30; number++) await put({ number })
      let isUp = false
      const got = new Set<unknown>()
      const worker = workerWith(async (_ctx, { payload }) => {
        if (!isUp) throw new Error('down')
        got.add((payload as { number: number }).number)
      })
      await worker.deliverDue()
      ctx.clock.advance(30_000)
      await worker.deliverDue()
      isUp = true
      ctx.clock.advance(hour)
      expect(await worker.deliverDue()).toBe(30)
      expect(got.size).toBe(30)
    })

    it('of several workers each item goes to one', async () => {
      for (let number = 0; number < 40; number++) await put({ number })
      const got: unknown[] = []
      const workers = Array.from({ length: 4 }, () =>
        workerWith(async (_ctx, { payload }) => {
          got.push((payload as { number: number }).number)
        }),
      )
      const done = await Promise.all(workers.map(worker => worker.deliverDue()))
      expect(done.reduce((sum, each) => sum + each)).toBe(40)
      expect(new Set(got).size).toBe(40)
      expect(got).toHaveLength(40)
    })

    it('what a process delivered but could not note before it died is delivered again, with the same key', async () => {
      const id = await put()
      const lease = { kinds: ['test'], limit: 5, now: ctx.now().toISOString() }
      const until = new Date(ctx.now().getTime() + 5 * minute).toISOString()
      expect(await leaseItems(ctx.db, { ...lease, until })).toHaveLength(1)
      const keys: string[] = []
      const worker = workerWith(async (_ctx, { key }) => {
        keys.push(key)
      })
      expect(await worker.deliverDue()).toBe(0)
      ctx.clock.advance(6 * minute)
      expect(await worker.deliverDue()).toBe(1)
      expect(keys).toEqual([id])
    })

    it('a worker whose lease ran out does not take away what another one has', async () => {
      await put()
      let isSecond = false
      const slow = workerWith(async () => {
        ctx.clock.advance(10 * minute)
        await workerWith(async () => {
          isSecond = true
          throw new Error('the second one failed')
        }).deliverDue()
      })
      await slow.deliverDue()
      expect(isSecond).toBe(true)
      expect(await items()).toMatchObject([{ last_error: 'the second one failed', attempts: 2 }])
    })

    it('leaves alone what it does not know how to deliver', async () => {
      await put()
      expect(await new OutboxWorker(ctx, new Map([['other', async () => {}]])).deliverDue()).toBe(0)
      expect(await items()).toMatchObject([{ attempts: 0 }])
    })

    it('stops after what is under way, and leaves the rest', async () => {
      for (let number = 0; number < 30; number++) await put({ number })
      let delivered = 0
      const worker: OutboxWorker = workerWith(async () => {
        delivered++
        if (delivered === 1) void worker.stop()
      })
      await worker.deliverDue()
      expect(delivered).toBeLessThan(30)
      expect(await items()).toHaveLength(30 - delivered)
    })

    it('tells whether something about a thing waits; what was given up does not', async () => {
      await put({}, 'invite')
      expect(await isWaiting(ctx.db, 'invite')).toBe(true)
      expect(await isWaiting(ctx.db, 'other')).toBe(false)
      ctx.clock.advance(3 * day)
      await failing().deliverDue()
      expect(await isWaiting(ctx.db, 'invite')).toBe(false)
    })

    it('start works by itself, and stop ends it', async () => {
      await put()
      const worker = workerWith(async () => {})
      worker.start()
      await expect.poll(async () => (await items()).length).toBe(0)
      await worker.stop()
    })
  })
})
