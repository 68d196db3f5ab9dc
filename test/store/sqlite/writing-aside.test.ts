// Transactions beside the main thread: they are like all others to whoever reads afterwards, and hold up writers alone.

import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { closeDatabase, type Db, transact } from '../../../src/store/db.ts'
import { isUniqueViolation } from '../../../src/store/dialect.ts'
import { shortWayOf } from '../../../src/store/short-way.ts'
import { onSqlite } from '../../database.ts'
import { createDomain } from '../domain-rows.ts'

const aside = { isAside: true }
/** Takes a thread some tenths of a second. */
const slow = sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < 1500000) select max(i) from n`

describe('AsideWriting', () => {
  onSqlite(open => {
    let db: Db
    const has = async (id: string) =>
      (await db.selectFrom('domains').select('id').where('id', '=', id).execute()).length === 1

    beforeAll(async () => {
      db = await open()
      await sql`create table tally (n integer not null)`.execute(db)
      await sql`insert into tally values (0)`.execute(db)
    })

    it('is read by whoever waited for it, in the very next statement', async () => {
      expect(await has('one')).toBe(false)
      await transact(db, tx => createDomain(tx, 'one'), aside)
      expect(await has('one')).toBe(true)
    })

    it('leaves nothing when its work fails, whatever failed', async () => {
      const refused = transact(
        db,
        async tx => {
          await createDomain(tx, 'two')
          throw new Error('no')
        },
        aside,
      )
      await expect(refused).rejects.toThrow('no')
      const twice = transact(db, tx => createDomain(tx, 'one'), aside)
      expect(isUniqueViolation(await twice.catch(error => error))).toBe(true)
      expect(await has('two')).toBe(false)
      await transact(db, tx => createDomain(tx, 'three'))
      expect(await has('three')).toBe(true)
    })

    it('holds up writers but no readers', async () => {
      const ended: string[] = []
      const note = (name: string) => () => ended.push(name)
      const beside = transact(db, async tx => void (await slow.execute(tx)), aside).then(note('beside'))
      const writer = transact(db, tx => createDomain(tx, 'four')).then(note('writer'))
      const reader = has('one').then(note('reader'))
      await Promise.all([beside, writer, reader])
      expect(ended).toEqual(['reader', 'beside', 'writer'])
    })

    it('loses nothing and counts nothing twice among many others', async () => {
      const increment = (tx: Db) => sql`update tally set n = n + 1`.execute(tx)
      const all = Array.from({ length: 200 }, (_, index) =>
        transact(db, increment, index % 7 === 0 ? aside : {}),
      )
      await Promise.all(all)
      expect((await sql`select n from tally`.execute(db)).rows).toEqual([{ n: 200 }])
    })

    it('ends its handle, and refuses another one inside', async () => {
      const handles: Db[] = []
      await transact(
        db,
        async tx => {
          handles.push(tx)
          expect(shortWayOf(tx)).toBeDefined()
          await expect(has('one')).rejects.toThrow(/through its own handle/)
        },
        aside,
      )
      for (const tx of handles) await expect(createDomain(tx, 'late')).rejects.toThrow()
      expect(await has('late')).toBe(false)
    })

    it('gives its turn back when the database is closed under it', async () => {
      const own = await open()
      const begun = Promise.withResolvers<void>()
      const pending = transact(
        own,
        async tx => {
          begun.resolve()
          await slow.execute(tx)
        },
        aside,
      )
      const refused = expect(pending).rejects.toThrow(/closed/)
      await begun.promise
      await closeDatabase(own)
      await refused
    })
  })
})
