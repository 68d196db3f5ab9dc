// The SCIM log while requests come faster than it is written, and while it cannot be written at all.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import type { Exchange } from '../../../src/provision/log/row.ts'
import { requireFile } from '../../../src/store/backup.ts'
import { type Db, transact } from '../../../src/store/db.ts'
import { SqliteHandle } from '../../../src/store/sqlite/handle.ts'
import { eachDatabase, onSqlite } from '../../database.ts'
import { openSurface, type Surface } from '../../http/scim/surface.ts'

/** What one request looks like to the recorder. */
async function exchangeOn({ recorder, ask }: Surface): Promise<Exchange> {
  const record = vi.spyOn(recorder, 'record')
  await ask('GET', '/Users?count=0')
  const [exchange] = record.mock.calls[0] ?? []
  record.mockRestore()
  await recorder.flush()
  return exchange ?? expect.fail('nothing was recorded')
}

const countRows = async (db: Db) =>
  (
    await db
      .selectFrom('scim_log')
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
  ).total

describe('the SCIM log', () => {
  eachDatabase((_, open) => {
    it('keeps up, however many requests come in each turn of the event loop', async () => {
      const db = await open()
      const surface = await openSurface(db)
      const exchange = await exchangeOn(surface)
      for (let turn = 0; turn < 120; turn++) {
        for (let request = 0; request < 200; request++) surface.recorder.record(exchange)
        // So long it takes to answer them.
        const answered = performance.now() + 20
        while (performance.now() < answered);
        await nextTurn()
      }
      await surface.recorder.stop()
      expect(await countRows(db)).toBe(24_001)
    })
  })

  onSqlite(open => {
    it('holds no more than 20,000 rows while another process keeps the database, and says how many it left out', async () => {
      const db = await open()
      const surface = await openSurface(db)
      const error = vi.spyOn(surface.ctx.log, 'error')
      const exchange = await exchangeOn(surface)
      const other = new SqliteHandle(await requireFile(db), { readonly: false })
      other.run('begin immediate')
      const record = (count: number) => {
        for (let at = 0; at < count; at++) surface.recorder.record(exchange)
      }
      record(15_000)
      const flushed = surface.recorder.flush()
      await nextTurn()
      record(15_000)
      other.run('commit')
      other.close()
      await flushed
      await surface.recorder.stop()
      expect(await countRows(db)).toBe(20_001)
      expect(error.mock.calls).toEqual([[{ rows: 10_000 }, expect.stringContaining('are lost')]])
    })

    it('lets others write between the rows that a long wait has left', async () => {
      const db = await open()
      const surface = await openSurface(db)
      const exchange = await exchangeOn(surface)
      const ended: string[] = []
      for (let at = 0; at < 15_000; at++) surface.recorder.record(exchange)
      const flushed = surface.recorder.flush().then(() => ended.push('log'))
      await vi.waitFor(async () => expect(await countRows(db)).toBeGreaterThan(1), { interval: 1 })
      await transact(db, tx => tx.updateTable('domains').set({ name: 'other.test' }).execute())
      ended.push('writer')
      await flushed
      expect(ended).toEqual(['writer', 'log'])
      expect(await countRows(db)).toBe(15_001)
    })
  })
})
