// A transaction beside the main thread when its thread, its disk or its own work lets it down: all of it is lost or none.

import { setTimeout as wait } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { sql } from 'kysely'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { requireFile } from '../../../src/store/backup.ts'
import { closeDatabase, type Db, transact } from '../../../src/store/db.ts'
import { SqliteHandle } from '../../../src/store/sqlite/handle.ts'
import { onSqlite } from '../../database.ts'

const aside = { isAside: true }
const afterMicrotasks = async (count: number) => {
  for (let at = 0; at < count; at++) await undefined
}
const slow = sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < 1500000) select max(i) from n`

describe('AsideWriting', () => {
  onSqlite(open => {
    let db: Db
    let workers: () => Worker[]
    const add = (tx: Db, id: number) => sql`insert into notes values (${id})`.execute(tx)
    const ids = async (on = db) =>
      (await sql<{ id: number }>`select id from notes order by id`.execute(on)).rows.map(({ id }) => id)

    beforeEach(async () => {
      db = await open()
      await sql`create table notes (id integer primary key)`.execute(db)
      const posted = vi.spyOn(Worker.prototype, 'postMessage')
      workers = () => posted.mock.contexts as Worker[]
      return () => posted.mockRestore()
    })

    const endThread = async () => void (await workers().at(-1)?.terminate())
    /** Everybody else goes on as if nothing had been. */
    const goesOn = async (expected: number[]) => {
      await transact(db, tx => add(tx, 100))
      await transact(db, tx => add(tx, 101), aside)
      expect(await ids()).toEqual([...expected, 100, 101])
    }

    it('is lost as a whole when its thread ends between two of its queries', async () => {
      const cut = transact(
        db,
        async tx => {
          await add(tx, 1)
          await endThread()
          await add(tx, 2)
        },
        aside,
      )
      await expect(cut).rejects.toThrow()
      await goesOn([])
    })

    it('is lost as a whole when its thread ends under a query', async () => {
      const cut = transact(
        db,
        async tx => {
          await add(tx, 1)
          const running = slow.execute(tx)
          void endThread()
          await running
        },
        aside,
      )
      await expect(cut).rejects.toThrow()
      await goesOn([])
    })

    it('is lost as a whole when its thread ends before its commit', async () => {
      const cut = transact(
        db,
        async tx => {
          await add(tx, 1)
          await endThread()
        },
        aside,
      )
      await expect(cut).rejects.toThrow()
      await goesOn([])
    })

    it('takes no further query once one has failed, swallowed or not', async () => {
      const swallowed = transact(
        db,
        async tx => {
          await add(tx, 1)
          await add(tx, 1).catch(() => {})
          await add(tx, 2).catch(() => {})
        },
        aside,
      )
      await expect(swallowed).rejects.toThrow('one of its queries failed')
      await goesOn([])
    })

    it('keeps nothing of it when SQLite itself rolls back in the middle', async () => {
      const collide = (tx: Db) => sql`insert or rollback into notes values (1)`.execute(tx)
      const parallel = transact(
        db,
        async tx => {
          await add(tx, 1)
          await Promise.all([collide(tx), add(tx, 2), add(tx, 3)])
        },
        aside,
      )
      await expect(parallel).rejects.toThrow('UNIQUE')
      await goesOn([])
    })

    it('keeps nothing of it when the disk is full', async () => {
      const fill = transact(
        db,
        async tx => {
          await add(tx, 1)
          await sql`pragma max_page_count = 1`.execute(tx)
          await sql`
            with recursive n(i) as (select 2 union all select i + 1 from n where i < 1000000)
            insert into notes select i from n`.execute(tx)
        },
        aside,
      )
      await expect(fill).rejects.toMatchObject({ code: 'SQLITE_FULL' })
      await transact(db, tx => sql`pragma max_page_count = 1000000`.execute(tx), aside)
      await goesOn([])
    })

    it('keeps nothing of it when its commit is refused', async () => {
      await sql`create table replies (note integer references notes deferrable initially deferred)`.execute(
        db,
      )
      const orphan = transact(db, tx => sql`insert into replies values (9)`.execute(tx), aside)
      await expect(orphan).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_FOREIGNKEY' })
      expect((await sql`select * from replies`.execute(db)).rows).toEqual([])
      await goesOn([])
    })

    it('is as durable as the others, and keeps to the same rules', async () => {
      const settings = async (options: object) =>
        transact(
          db,
          async tx => [
            ...(await sql`pragma synchronous`.execute(tx)).rows,
            ...(await sql`pragma foreign_keys`.execute(tx)).rows,
            ...(await sql`pragma journal_mode`.execute(tx)).rows,
          ],
          options,
        )
      expect(await settings(aside)).toEqual([
        { synchronous: 2 },
        { foreign_keys: 1 },
        { journal_mode: 'wal' },
      ])
      expect(await settings(aside)).toEqual(await settings({}))
    })

    it('waits while another process writes, and nobody who reads waits with it', async () => {
      const other = new SqliteHandle(await requireFile(db), { readonly: false })
      other.run('begin immediate')
      other.run('insert into notes values (7)')
      let isDone = false
      const adding = transact(db, tx => add(tx, 8), aside).finally(() => {
        isDone = true
      })
      await wait(300)
      expect(await ids()).toEqual([])
      expect(isDone).toBe(false)
      other.run('commit')
      other.close()
      await adding
      await goesOn([7, 8])
    })

    it('takes no query that comes while it is being committed', async () => {
      const late = Promise.withResolvers<string>()
      await transact(
        db,
        async tx => {
          await add(tx, 1)
          void afterMicrotasks(8)
            .then(() => add(tx, 2))
            .then(
              () => late.resolve('written'),
              error => late.resolve(error.message),
            )
        },
        aside,
      )
      expect(await late.promise).toBe('the transaction has ended and takes no further query')
      await goesOn([1])
    })

    it('awaits nothing but its own queries', { timeout: 5000 }, async () => {
      const stuck = transact(
        db,
        async tx => {
          await add(tx, 1)
          await new Promise<never>(() => {})
        },
        aside,
      )
      await expect(stuck).rejects.toThrow('await nothing but its own queries')
      await goesOn([])
    })

    it('awaits nothing else when one of them has failed either', { timeout: 5000 }, async () => {
      const stuck = transact(
        db,
        async tx => {
          await add(tx, 1)
          await add(tx, 1).catch(() => {})
          await new Promise<never>(() => {})
        },
        aside,
      )
      await expect(stuck).rejects.toThrow('one of its queries failed')
      await goesOn([])
    })

    it('ends with the database, and so do all who wait for their turn', async () => {
      const begun = Promise.withResolvers<void>()
      const first = transact(
        db,
        async tx => {
          begun.resolve()
          await slow.execute(tx)
        },
        aside,
      )
      await begun.promise
      const others = Array.from({ length: 10 }, (_, at) =>
        transact(db, tx => add(tx, at), at % 3 === 0 ? aside : {}),
      )
      const outcome = Promise.allSettled([first, ...others])
      await wait(5)
      await closeDatabase(db)
      expect((await outcome).map(each => each.status === 'rejected' && String(each.reason))).toEqual(
        Array.from({ length: 11 }, () => 'Error: the database was closed'),
      )
    })
  })
})
