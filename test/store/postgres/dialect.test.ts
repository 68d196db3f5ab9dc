// What holds of PostgreSQL alone: connections that break, statements by name, the server it asks for.

import { sql } from 'kysely'
import pg from 'pg'
import { describe, expect, inject, it } from 'vitest'
import { closeDatabase, type Db, openDatabase, transact } from '../../../src/store/db.ts'
import { onPostgres } from '../../database.ts'

const pidOf = async (db: Db): Promise<number> => {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)
  return rows[0]?.pid ?? 0
}
const terminate = (db: Db, pid: number) => sql`select pg_terminate_backend(${pid}::integer, 5000)`.execute(db)
const ids = async (db: Db) => (await db.selectFrom('organizations').select('id').execute()).map(row => row.id)

const organization = (id: string) => ({
  id,
  name: 'Acme',
  slug: id,
  members_can_invite: 0 as const,
  default_membership_level: 1,
  created_at: '2026-01-31T12:00:00.500Z',
  updated_at: '2026-01-31T12:00:00.500Z',
})

describe('a connection that breaks', () => {
  onPostgres((open, makeUrl) => {
    it('inside a transaction fails that transaction alone, and leaves nothing of it', async () => {
      const db = await open()
      const broken = transact(db, async tx => {
        await tx.insertInto('organizations').values(organization('lost')).execute()
        await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx)
        await tx.insertInto('organizations').values(organization('later')).execute()
      })
      await expect(broken).rejects.toThrow(/terminat/)
      await db.insertInto('organizations').values(organization('kept')).execute()
      expect(await ids(db)).toEqual(['kept'])
    })

    it('while idle is replaced unnoticed', async () => {
      const url = await makeUrl()
      const [db, other] = await Promise.all([openDatabase(url, { poolSize: 1 }), openDatabase(url)])
      const pid = await pidOf(db)
      await terminate(other, pid)
      // The news may still be on its way.
      await expect.poll(() => pidOf(db).catch(() => pid)).not.toBe(pid)
      await Promise.all([closeDatabase(db), closeDatabase(other)])
    })

    it('is not what a failed query or a refused transaction is: the pool keeps what it has', async () => {
      const db = await open({ poolSize: 2 })
      const failing = () => transact(db, tx => sql`select * from nowhere`.execute(tx))
      const results = await Promise.allSettled(Array.from({ length: 20 }, failing))
      expect(results.every(result => result.status === 'rejected')).toBe(true)
      const { rows } = await sql<{ total: number }>`
        select count(*) as total from pg_stat_activity where datname = current_database()`.execute(db)
      expect(rows).toEqual([{ total: 2 }])
    })
  })
})

describe('statements', () => {
  onPostgres(open => {
    it('stay prepared under a name that follows from their text, the first 500 of them', async () => {
      const db = await open({ poolSize: 1 })
      const texts = Array.from(
        { length: 600 },
        (_, index) => sql<{ value: number }>`select ${sql.lit(index)} as value`,
      )
      for (const text of [...texts, ...texts]) await text.execute(db)
      const { rows } = await sql<{ name: string; total: number }>`
        select min(name) as name, count(*) as total from pg_prepared_statements`.execute(db)
      expect(rows[0]?.name).toMatch(/^gatehouse_[0-9a-f]{32}$/)
      expect(rows[0]?.total).toBe(500)
    })
  })
})

describe('the server', () => {
  onPostgres(open => {
    it('knows us by name', async () => {
      const named = await open({ applicationName: 'gatehouse test' })
      expect((await sql`select current_setting('application_name') as name`.execute(named)).rows).toEqual([
        { name: 'gatehouse test' },
      ])
    })

    it('is refused when its database is not in UTF8, without a word of the password', async () => {
      const server = inject('postgresServer')
      await onServer(server, `create database ascii encoding 'SQL_ASCII' template template0`)
      const refusal = await openDatabase(`${server}/ascii`).catch((error: unknown) => error)
      await onServer(server, 'drop database ascii')
      expect(String(refusal)).toContain(
        'expected a PostgreSQL database with the encoding UTF8, but got SQL_ASCII',
      )
      expect(String(refusal)).toContain(`postgres://${new URL(server).host}/ascii`)
      expect(String(refusal)).not.toContain('postgres:postgres')
    })
  })
})

async function onServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${server}/postgres` })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
