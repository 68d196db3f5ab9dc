import { beforeEach, describe, expect, it } from 'vitest'
import type { Chore } from '../../src/jobs/chores.ts'
import { JobRunner } from '../../src/jobs/runner.ts'
import { ensureJob } from '../../src/store/records/jobs.ts'
import { type TestContext, testContext } from '../context.ts'
import { eachDatabase } from '../database.ts'

const hour = 60 * 60 * 1000
const minute = 60 * 1000

describe('job runner', () => {
  eachDatabase((_, open) => {
    let ctx: TestContext
    beforeEach(async () => {
      ctx = testContext(await open())
    })
    const runnerOf = (run: Chore['run']) => new JobRunner(ctx, [{ name: 'test', everyMs: hour, run }])
    const theJob = () => ctx.db.selectFrom('jobs').selectAll().executeTakeFirstOrThrow()

    it('runs a chore, then again when its time has come', async () => {
      let runs = 0
      const runner = runnerOf(async function* () {
        runs++
        yield
      })
      expect(await runner.runDue()).toBe(1)
      expect(await runner.runDue()).toBe(0)
      ctx.clock.advance(hour + 1)
      expect(await runner.runDue()).toBe(1)
      expect(runs).toBe(2)
    })

    it('an error with anything in it is noted, and the job comes again', async () => {
      const runner = runnerOf(() => {
        throw new Error('a server said \0')
      })
      expect(await runner.runDue()).toBe(1)
      expect(await theJob()).toMatchObject({ last_error: 'a server said \ufffd', leased_until: null })
    })

    it('of several workers one runs it', async () => {
      let runs = 0
      const runners = [1, 2, 3, 4].map(() =>
        runnerOf(async function* () {
          runs++
          yield
        }),
      )
      const done = await Promise.all(runners.map(runner => runner.runDue()))
      expect([runs, done.sort()]).toEqual([1, [0, 0, 0, 1]])
    })

    it('runs what was asked for once, under its key, and takes it off the list', async () => {
      const keys: string[] = []
      const run: Chore['run'] = async function* (_ctx, key) {
        keys.push(key)
        yield
      }
      const runner = new JobRunner(ctx, [{ name: 'wish', run }])
      expect(await runner.runDue()).toBe(0)
      const runAt = ctx.now().toISOString()
      for (const key of ['a', 'b']) await ensureJob(ctx.db, { name: 'wish', key, runAt })
      expect(await runner.runDue()).toBe(2)
      expect(keys.sort()).toEqual(['a', 'b'])
      expect(await ctx.db.selectFrom('jobs').selectAll().execute()).toEqual([])
    })

    it('tries again after a failure, later each time', async () => {
      const runner = runnerOf(async function* () {
        yield
        throw new Error('no luck')
      })
      const waits: number[] = []
      for (let attempt = 1; attempt <= 9; attempt++) {
        expect(await runner.runDue()).toBe(1)
        const job = await theJob()
        expect(job).toMatchObject({ attempts: attempt, last_error: 'no luck', leased_until: null })
        waits.push(Date.parse(job.run_at) - ctx.now().getTime())
        ctx.clock.advance(2 * hour)
      }
      const [first, second] = waits as [number, number]
      expect(first / 1000).toBeGreaterThan(29)
      expect(first / 1000).toBeLessThan(38)
      expect(second / 1000).toBeGreaterThan(59)
      expect(Math.max(...waits)).toBeLessThanOrEqual(1.25 * hour)
    })

    it('stops between two steps and leaves the rest to the next worker', async () => {
      let steps = 0
      const runner: JobRunner = runnerOf(async function* () {
        for (;;) {
          steps++
          if (steps === 3) void runner.stop()
          yield
        }
      })
      await runner.runDue()
      expect(steps).toBe(3)
      expect(await theJob()).toMatchObject({ leased_until: null, attempts: 0 })
      expect(await runner.runDue()).toBe(0)
      const next = runnerOf(async function* () {
        yield
      })
      expect(await next.runDue()).toBe(1)
    })

    it('takes over from a worker that died, once its lease is over', async () => {
      await runnerOf(async function* () {
        yield
      }).runDue()
      const until = new Date(ctx.now().getTime() + 5 * minute).toISOString()
      await ctx.db.updateTable('jobs').set({ run_at: ctx.now().toISOString(), leased_until: until }).execute()
      const other = runnerOf(async function* () {
        yield
      })
      expect(await other.runDue()).toBe(0)
      ctx.clock.advance(6 * minute)
      expect(await other.runDue()).toBe(1)
    })

    it('gives up a job that somebody else has taken over meanwhile', async () => {
      let steps = 0
      const slow = runnerOf(async function* () {
        for (; steps < 5; steps++) {
          if (steps === 1) {
            ctx.clock.advance(10 * minute)
            await runnerOf(async function* () {
              yield
            }).runDue()
          }
          yield
        }
      })
      await slow.runDue()
      expect(steps).toBe(1)
      const job = await theJob()
      expect(Date.parse(job.run_at) - ctx.now().getTime()).toBeGreaterThan(hour - minute)
    })

    it('start works by itself, and stop ends it', async () => {
      let runs = 0
      const runner = runnerOf(async function* () {
        runs++
        yield
      })
      runner.start()
      await expect.poll(() => runs).toBe(1)
      await runner.stop()
    })
  })
})
