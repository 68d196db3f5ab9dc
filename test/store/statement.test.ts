// Prepared statements: built once, right with every value, on the database and inside a transaction.

import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Db, transact } from '../../src/store/db.ts'
import { type Places, prepare } from '../../src/store/statement.ts'
import { eachDatabase } from '../database.ts'

const now = '2026-01-31T12:00:00.500Z'
let built = 0

const insertJob = prepare((db, p: Places<{ id: string; name: string; payload: string }>) =>
  db.insertInto('jobs').values({
    id: p.id,
    name: p.name,
    key: p.id,
    payload: p.payload,
    run_at: now,
    attempts: 0,
    leased_until: null,
    last_error: null,
  }),
)
const findJobs = prepare((db, p: Places<{ name: string; limit: number }>) => {
  built += 1
  return db
    .selectFrom('jobs')
    .select(['id', 'run_at'])
    .where('name', '=', p.name)
    .orderBy('id')
    .limit(p.limit)
})
const retryJobs = prepare((db, p: Places<{ name: string; error: string | null }>) =>
  db
    .updateTable('jobs')
    .set(({ eb }) => ({ attempts: eb('attempts', '+', 1), last_error: p.error }))
    .where('name', '=', p.name),
)
const countJobs = prepare((_, p: Places<{ name: string }>) =>
  sql<{ total: number }>`select count(*) as total from jobs where name = ${p.name}`.$castTo<{
    total: number
  }>(),
)

describe('prepare', () => {
  eachDatabase((_, open) => {
    let db: Db
    beforeAll(async () => {
      db = await open()
      for (const id of ['a', 'b', 'c']) await insertJob.run(db, { id, name: 'mail', payload: '{}' })
    })

    it('runs with new values each time and is built once per database', async () => {
      const before = built
      expect(await findJobs.all(db, { name: 'mail', limit: 2 })).toEqual([
        { id: 'a', run_at: now },
        { id: 'b', run_at: now },
      ])
      expect(await findJobs.all(db, { name: 'mail', limit: 5 })).toHaveLength(3)
      expect(await findJobs.first(db, { name: 'nothing', limit: 1 })).toBeUndefined()
      expect(built - before).toBe(1)
    })

    it('says how many rows it changed, null among the values', async () => {
      expect(await retryJobs.run(db, { name: 'mail', error: 'refused' })).toBe(3)
      expect(await retryJobs.run(db, { name: 'mail', error: null })).toBe(3)
      expect(await retryJobs.run(db, { name: 'nothing', error: null })).toBe(0)
    })

    it('takes raw SQL as well', async () => {
      expect(await countJobs.first(db, { name: 'mail' })).toEqual({ total: 3 })
    })

    it('runs on a transaction, and goes when it is rolled back', async () => {
      const refused = transact(db, async tx => {
        await insertJob.run(tx, { id: 'd', name: 'mail', payload: '{}' })
        expect(await countJobs.first(tx, { name: 'mail' })).toEqual({ total: 4 })
        throw new Error('no')
      })
      await expect(refused).rejects.toThrow('no')
      expect(await countJobs.first(db, { name: 'mail' })).toEqual({ total: 3 })
    })

    it('is refused by a transaction that has ended, however it did, and by the database inside one', async () => {
      const handles: Db[] = []
      await transact(db, async tx => {
        handles.push(tx)
        await expect(countJobs.first(db, { name: 'mail' })).rejects.toThrow(/through its own handle/)
      })
      const failed = transact(db, async tx => {
        handles.push(tx)
        throw new Error('no')
      })
      await expect(failed).rejects.toThrow('no')
      for (const tx of handles) await expect(countJobs.first(tx, { name: 'mail' })).rejects.toThrow()
    })

    it('keeps the values of statements that run at the same time apart', async () => {
      const limits = [1, 2, 3, 1, 2, 3]
      const answers = await Promise.all(limits.map(limit => findJobs.all(db, { name: 'mail', limit })))
      expect(answers.map(rows => rows.length)).toEqual(limits)
    })

    it('refuses to run without a value', async () => {
      const values = {} as { name: string }
      await expect(countJobs.all(db, values)).rejects.toThrow('expected a value for name')
    })
  })
})
