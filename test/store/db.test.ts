// What holds of a database whichever it is: transactions, durability of what was answered, and the guard around handles.

import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Db, openDatabase, rehearse, transact } from '../../src/store/db.ts'
import { type Places, prepare } from '../../src/store/statement.ts'
import { eachDatabase, onSqlite } from '../database.ts'

const now = '2026-01-31T12:00:00.500Z'
const person = (id: string, email = `${id}@acme.test`) => ({
  id,
  email,
  first_name: 'Ada',
  last_name: 'Lovelace',
  is_email_verified: 1 as const,
  current_organization_id: null,
  created_at: now,
  updated_at: now,
})

const countPeople = async (db: Db, id: string): Promise<number> =>
  (await db.selectFrom('people').select('id').where('id', '=', id).execute()).length

describe('transact', () => {
  eachDatabase((_, open) => {
    let db: Db
    beforeAll(async () => {
      db = await open()
    })
    const idsLike = async (prefix: string) => {
      const rows = await db
        .selectFrom('people')
        .select('id')
        .where('id', 'like', `${prefix}%`)
        .orderBy('id')
        .execute()
      return rows.map(row => row.id)
    }

    it('keeps everything when the work resolves', async () => {
      const answer = await transact(db, async tx => {
        await tx.insertInto('people').values(person('keep-1')).execute()
        await tx.insertInto('people').values(person('keep-2')).execute()
        return 'done'
      })
      expect(answer).toBe('done')
      expect(await idsLike('keep')).toEqual(['keep-1', 'keep-2'])
    })

    it('keeps nothing when the work rejects', async () => {
      const refused = transact(db, async tx => {
        await tx.insertInto('people').values(person('lose-1')).execute()
        throw new Error('no')
      })
      await expect(refused).rejects.toThrow('no')
      expect(await idsLike('lose')).toEqual([])
    })

    it('refuses a query through another handle', async () => {
      const refused = transact(db, async tx => {
        await tx.insertInto('people').values(person('other-1')).execute()
        await db.selectFrom('people').selectAll().execute()
      })
      await expect(refused).rejects.toThrow('its own handle')
      expect(await idsLike('other')).toEqual([])
    })

    it('refuses to nest', async () => {
      await expect(transact(db, tx => transact(tx, async () => {}))).rejects.toThrow('do not nest')
      await expect(transact(db, () => transact(db, async () => {}))).rejects.toThrow('its own handle')
    })

    it('lets two transactions that take the same rows in opposite order both succeed', async () => {
      await db
        .insertInto('people')
        .values([person('dead-1'), person('dead-2')])
        .execute()
      const rename = (order: readonly string[], name: string) =>
        transact(db, async tx => {
          for (const id of order)
            await tx.updateTable('people').set({ first_name: name }).where('id', '=', id).execute()
        })
      const pairs = Array.from({ length: 2 }, () => [
        rename(['dead-1', 'dead-2'], 'Ada'),
        rename(['dead-2', 'dead-1'], 'Eve'),
      ])
      await Promise.all(pairs.flat())
      const names = await db.selectFrom('people').select('first_name').where('id', 'like', 'dead%').execute()
      expect(new Set(names.map(row => row.first_name)).size).toBe(1)
    })

    it('keeps 31 of 32 concurrent transactions when one fails', async () => {
      const ids = Array.from({ length: 32 }, (_, index) => `many-${String(index).padStart(2, '0')}`)
      const results = await Promise.allSettled(
        ids.map((id, index) =>
          transact(db, async tx => {
            await tx.insertInto('people').values(person(id)).execute()
            if (index === 7) await sql`insert into nowhere values (1)`.execute(tx)
          }),
        ),
      )
      expect(results.filter(result => result.status === 'rejected')).toHaveLength(1)
      expect(await idsLike('many')).toEqual(ids.filter(id => id !== 'many-07'))
    })

    it('loses no update of 50 transactions that read, add and write under a row lock', async () => {
      await db
        .insertInto('people')
        .values({ ...person('counter'), first_name: '0' })
        .execute()
      const add = () =>
        transact(db, async tx => {
          const query = tx.selectFrom('people').select('first_name').where('id', '=', 'counter').forUpdate()
          const { first_name } = await query.executeTakeFirstOrThrow()
          const next = String(Number(first_name) + 1)
          await tx.updateTable('people').set({ first_name: next }).where('id', '=', 'counter').execute()
        })
      await Promise.all(Array.from({ length: 50 }, add))
      const row = await db
        .selectFrom('people')
        .select('first_name')
        .where('id', '=', 'counter')
        .executeTakeFirst()
      expect(row).toEqual({ first_name: '50' })
    })

    it('lets go of its scope: what it started may use the database once it has ended', async () => {
      let later: Promise<number> = Promise.resolve(0)
      await transact(db, async () => {
        later = wait(20).then(() => countPeople(db, 'nobody'))
      })
      expect(await later).toBe(0)
    })

    it('ends with the query that failed: what the work still asks is refused, and nothing is kept', async () => {
      const refused = transact(db, async tx => {
        await tx.insertInto('people').values(person('failed-1')).execute()
        await sql`insert into nowhere values (1)`.execute(tx).catch(() => {})
        await tx.insertInto('people').values(person('failed-2')).execute()
      })
      await expect(refused).rejects.toThrow()
      const swallowed = transact(db, async tx => {
        await tx.insertInto('people').values(person('failed-3')).execute()
        await sql`insert into nowhere values (1)`.execute(tx).catch(() => {})
      })
      await expect(swallowed).rejects.toThrow('one of its queries failed')
      expect(await idsLike('failed')).toEqual([])
    })

    it('answers queries that are asked together one after the other, in their order', async () => {
      const warnings: string[] = []
      const note = ({ message }: Error) => warnings.push(message)
      process.on('warning', note)
      const ids = Array.from({ length: 10 }, (_, at) => `together-${at}`)
      const seen = await transact(db, tx =>
        Promise.all(
          ids.map(async id => {
            await tx.insertInto('people').values(person(id)).execute()
            return (await tx.selectFrom('people').select('id').where('id', 'like', 'together%').execute())
              .length
          }),
        ),
      )
      expect(seen.every((count, at) => count > at)).toBe(true)
      await wait(0)
      process.off('warning', note)
      expect(warnings).toEqual([])
    })

    it('takes no query that comes while it is being committed or rolled back', async () => {
      const lateBy = async (tx: Db, microtasks: number) => {
        for (let count = 0; count < microtasks; count++) await undefined
        await tx
          .insertInto('people')
          .values(person(`late-${microtasks}`))
          .execute()
      }
      for (let microtasks = 0; microtasks < 24; microtasks++) {
        let late: Promise<unknown> = Promise.resolve()
        const failed = transact(db, async tx => {
          late = lateBy(tx, microtasks).catch(() => {})
          throw new Error('no')
        })
        await expect(failed).rejects.toThrow('no')
        await late
      }
      expect(await idsLike('late-')).toEqual([])
    })

    it('takes row locks in the same words', async () => {
      await transact(db, tx =>
        tx.selectFrom('people').selectAll().where('id', '=', 'keep-1').forUpdate().skipLocked().execute(),
      )
      const row = await transact(db, tx =>
        tx.selectFrom('people').select('id').distinct().where('id', '=', 'keep-1').executeTakeFirst(),
      )
      expect(row).toEqual({ id: 'keep-1' })
    })
  })
})

describe('a SQLite transaction that awaits something other than the database', () => {
  onSqlite(open => {
    it('is rolled back at once and its later queries are refused; others go on', async () => {
      const db = await open()
      let laterQuery: Promise<unknown> = Promise.resolve()
      const stuck = transact(db, async tx => {
        await tx.insertInto('people').values(person('stuck')).execute()
        laterQuery = wait(20).then(() => tx.insertInto('people').values(person('later')).execute())
        await laterQuery
      })
      const other = transact(db, tx => tx.insertInto('people').values(person('other')).execute())
      await expect(stuck).rejects.toThrow('await nothing but its own queries')
      await other
      await expect(laterQuery).rejects.toThrow()
      expect(await countPeople(db, 'stuck')).toBe(0)
      expect(await countPeople(db, 'later')).toBe(0)
      expect(await countPeople(db, 'other')).toBe(1)
    })

    it('is past the short way of prepared statements too', async () => {
      const db = await open()
      const rename = prepare((db, { name }: Places<{ name: string }>) =>
        db.updateTable('people').set({ first_name: name }),
      )
      await db.insertInto('people').values(person('named')).execute()
      let laterQuery: Promise<unknown> = Promise.resolve()
      const stuck = transact(db, async tx => {
        laterQuery = wait(20).then(() => rename.run(tx, { name: 'Eve' }))
        await laterQuery
      })
      await expect(stuck).rejects.toThrow('await nothing but its own queries')
      await expect(laterQuery).rejects.toThrow()
      const { first_name } = await db.selectFrom('people').select('first_name').executeTakeFirstOrThrow()
      expect(first_name).toBe('Ada')
    })

    it('is told so even when it would never end by itself', async () => {
      const db = await open()
      const stuck = transact(db, () => new Promise<never>(() => {}))
      await expect(stuck).rejects.toThrow('await nothing but its own queries')
    })
  })
})

describe('openDatabase', () => {
  it('refuses an address that is neither of the two', async () => {
    await expect(openDatabase('mysql://localhost')).rejects.toThrow('to begin with sqlite: or postgres://')
    await expect(openDatabase('sqlite::memory:')).rejects.toThrow('the path of a file')
    await expect(openDatabase('sqlite:')).rejects.toThrow('the path of a file')
  })

  it('says at once that there is no server', async () => {
    await expect(openDatabase('postgres://nobody@127.0.0.1:1/nothing')).rejects.toThrow('ECONNREFUSED')
  })
})

describe('values', () => {
  eachDatabase((_, open) => {
    it('come back alike: times as text in UTC with milliseconds, counts as numbers, flags as 0 or 1', async () => {
      const db = await open()
      const times = ['2026-01-31T12:00:00.000Z', '2026-01-31T12:00:00.500Z', '2026-12-31T23:59:59.007Z']
      for (const [index, created_at] of times.entries()) {
        await db
          .insertInto('people')
          .values({ ...person(`p${index}`), created_at })
          .execute()
      }
      const people = await db
        .selectFrom('people')
        .select(['created_at', 'is_email_verified'])
        .orderBy('id')
        .execute()
      expect(people).toEqual(times.map(created_at => ({ created_at, is_email_verified: 1 })))
      const counted = await sql`
        select count(*) as total, sum(is_email_verified) as verified, max(created_at) as last,
               count(*) > 2 as many, avg(is_email_verified) as average
        from people where created_at >= ${times[1]}`.execute(db)
      expect(counted.rows).toEqual([{ total: 2, verified: 2, last: times[2], many: 0, average: 1 }])
    })

    it('report how many rows a change touched', async () => {
      const db = await open()
      await db
        .insertInto('people')
        .values([person('a'), person('b')])
        .execute()
      const changed = await db.updateTable('people').set({ last_name: 'King' }).executeTakeFirst()
      expect(changed.numUpdatedRows).toBe(2n)
      const removed = await db.deleteFrom('people').where('id', '=', 'nobody').executeTakeFirst()
      expect(removed.numDeletedRows).toBe(0n)
      const returned = await db
        .updateTable('people')
        .set({ last_name: 'L' })
        .where('id', '=', 'a')
        .returning('id')
        .execute()
      expect(returned).toEqual([{ id: 'a' }])
    })

    it('order keys by byte', async () => {
      const db = await open()
      for (const id of ['b', 'A', 'a', 'Z', 'é']) await db.insertInto('people').values(person(id)).execute()
      const rows = await db.selectFrom('people').select('id').orderBy('id').execute()
      expect(rows.map(row => row.id)).toEqual(['A', 'Z', 'a', 'b', 'é'])
    })
  })
})

describe('rehearse', () => {
  eachDatabase((_, open) => {
    let db: Db
    beforeAll(async () => {
      db = await open()
    })
    const insert = (tx: Db, id: string) => tx.insertInto('people').values(person(id)).execute()

    it('gives what the work came to, which sees its own writes, and keeps nothing', async () => {
      const seen = await rehearse(db, async tx => {
        await insert(tx, 'tried')
        return countPeople(tx, 'tried')
      })
      expect(seen).toBe(1)
      expect(await countPeople(db, 'tried')).toBe(0)
    })

    it('keeps nothing when the work rejects, be it for a query that failed', async () => {
      const refused = rehearse(db, async tx => {
        await insert(tx, 'twice')
        await insert(tx, 'twice')
      })
      await expect(refused).rejects.toThrow(/unique/i)
      const thrown = rehearse(db, async tx => {
        await insert(tx, 'thrown')
        throw new Error('no')
      })
      await expect(thrown).rejects.toThrow('no')
      expect([await countPeople(db, 'twice'), await countPeople(db, 'thrown')]).toEqual([0, 0])
    })

    it('lets what others write at the same moment stay', async () => {
      const numbers = Array.from({ length: 30 }, (_, at) => at)
      await Promise.all(
        numbers.flatMap(at => [
          transact(db, tx => insert(tx, `real-${at}`)),
          rehearse(db, tx => insert(tx, `tried-${at}`)),
        ]),
      )
      const rows = await db.selectFrom('people').select('id').execute()
      expect(rows.filter(({ id }) => id.startsWith('real-'))).toHaveLength(30)
      expect(rows.filter(({ id }) => id.startsWith('tried'))).toEqual([])
    })
  })
})
