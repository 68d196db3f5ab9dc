import { CompiledQuery } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { aside } from '../../../src/store/aside.ts'
import { closeDatabase, type Db, transact } from '../../../src/store/db.ts'
import { onSqlite } from '../../database.ts'
import { createDomain } from '../domain-rows.ts'

const slow =
  'with recursive n(i) as (select 1 union all select i + 1 from n where i < 1500000) select max(i) as last from n'

describe('AsideThread', () => {
  onSqlite(open => {
    let db: Db
    const run = async (sql: string, parameters: unknown[] = [], on = db) =>
      (await on.executeQuery(aside(CompiledQuery.raw(sql, parameters)))).rows

    beforeAll(async () => {
      db = await open()
    })

    it('holds nobody up: other selects are answered and timers go on meanwhile', async () => {
      await run('select 1')
      let isDone = false
      const last = run(slow).finally(() => {
        isDone = true
      })
      let ticks = 0
      for (; !isDone && ticks < 5; ticks++) {
        await new Promise(resolve => setTimeout(resolve, 1))
        expect(await db.selectFrom('organizations').select('id').execute()).toEqual([])
      }
      expect(ticks).toBe(5)
      expect(await last).toEqual([{ last: 1_500_000 }])
    })

    it('has the functions and the values of the main thread', async () => {
      expect(
        await run('select fold(?) as a, instant(?) as b, ? as c', ['ÄB', '2024-05-01T10:00:00+02:00', true]),
      ).toEqual([{ a: 'äb', b: '2024-05-01T08:00:00.000Z', c: 1 }])
    })

    it('sees what is committed, and answers each of many its own', async () => {
      const ids = ['x', 'y', 'z']
      for (const id of ids) await transact(db, tx => createDomain(tx, id))
      const found = ids.map(id => run('select name from domains where id = ?', [id]))
      expect(await Promise.all(found)).toEqual(ids.map(id => [{ name: `${id}.example` }]))
    })

    it('passes errors on with their code, writes nothing, and goes on', async () => {
      await expect(run('select 1 from nowhere')).rejects.toMatchObject({
        code: 'SQLITE_ERROR',
        message: 'no such table: nowhere',
      })
      await expect(run("delete from domains where id = 'x'")).rejects.toMatchObject({
        code: 'SQLITE_READONLY',
      })
      expect(await run("select count(*) as total from domains where id = 'x'")).toEqual([{ total: 1 }])
    })

    it('ends with the database, and so does who waits', async () => {
      const other = await open()
      const waiting = expect(run(slow, [], other)).rejects.toThrow('the database was closed')
      // It has to be on its way by then.
      await new Promise(resolve => setTimeout(resolve, 10))
      await closeDatabase(other)
      await waiting
    })
  })
})
