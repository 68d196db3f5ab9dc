// What holds of a database whichever it is: transactions, durability of what was answered, and the guard around handles.

import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Db, transact } from '../../src/store/db.ts'
import { eachDatabase } from '../database.ts'

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
  })
})
