// Migrations: all or nothing, once, whoever else is migrating, with a copy of the file as it was.

import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { describe, expect, it } from 'vitest'
import { closeDatabase, type Db, openDatabase } from '../../src/store/db.ts'
import { backUpBeforeMigrating, isUpToDate, migrateToLatest } from '../../src/store/migrate.ts'
import { eachDatabase, type MakeUrl, onPostgres, onSqlite } from '../database.ts'

const run = promisify(execFile)
const now = new Date('2026-01-31T12:00:00.500Z')

const creating = (table: string): Migration => ({
  up: async (db: Kysely<unknown>) => {
    await db.schema.createTable(table).addColumn('id', 'integer').execute()
  },
})
const failingHalfWay: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.createTable('half').addColumn('id', 'integer').execute()
    await sql`insert into half values (1)`.execute(db)
    await sql`insert into nowhere values (1)`.execute(db)
  },
}
const providing = (migrations: Record<string, Migration>) => ({ getMigrations: async () => migrations })

async function tablesOf(db: Db): Promise<string[]> {
  const tables = await db.introspection.getTables()
  return tables.map(table => table.name).sort()
}

describe('migrateToLatest', () => {
  eachDatabase((_, open, makeUrl) => {
    it('leaves nothing of a step that fails half way, nor of the step before it', async () => {
      await withEmpty(makeUrl, async db => {
        const broken = providing({ '0001-whole': creating('whole'), '0002-half': failingHalfWay })
        await expect(migrateToLatest(db, broken)).rejects.toThrow('as it was before')
        expect(await tablesOf(db)).toEqual([])
        expect(await isUpToDate(db, broken)).toBe(false)
        const repaired = providing({ '0001-whole': creating('whole'), '0002-half': creating('half') })
        await migrateToLatest(db, repaired)
        expect(await tablesOf(db)).toEqual(['half', 'whole'])
        expect(await isUpToDate(db, repaired)).toBe(true)
      })
    })

    it('does nothing the second time', async () => {
      const db = await open()
      const before = await tablesOf(db)
      expect(before).toContain('users')
      await migrateToLatest(db)
      expect(await tablesOf(db)).toEqual(before)
      expect(await isUpToDate(db)).toBe(true)
    })

    it('refuses a database that is newer than the program', async () => {
      await withEmpty(makeUrl, async db => {
        await migrateToLatest(db, providing({ '0001-one': creating('one'), '0002-two': creating('two') }))
        const older = migrateToLatest(db, providing({ '0001-one': creating('one') }))
        await expect(older).rejects.toMatchObject({ cause: { message: expect.stringContaining('0002-two') } })
      })
    })

    it('is safe in several processes at once', async () => {
      const url = await makeUrl()
      const script = join(import.meta.dirname, 'migrating-process.ts')
      const outputs = await Promise.all([1, 2, 3].map(() => run(process.execPath, [script, url])))
      expect(outputs.map(output => output.stdout)).toEqual(['true', 'true', 'true'])
    })
  })
})

describe('backUpBeforeMigrating', () => {
  const first = providing({ '0001-one': creating('one') })
  const both = providing({ '0001-one': creating('one'), '0002-two': creating('two') })

  onSqlite((_, makeUrl) => {
    it('copies a file that has something to lose, whole, to a name that tells when', async () => {
      await withEmpty(makeUrl, async db => {
        await migrateToLatest(db, first)
        await sql`insert into one values (7)`.execute(db)
        const copy = await backUpBeforeMigrating(db, now, both)
        expect(copy).toMatch(/\.db\.before-migration-2026-01-31T12-00-00\.500Z$/)
        await migrateToLatest(db, both)
        await withDatabase(`sqlite:${copy}`, async old => {
          expect((await sql`select id from one`.execute(old)).rows).toEqual([{ id: 7 }])
          expect(await tablesOf(old)).toEqual(['one'])
          expect(await isUpToDate(old, first)).toBe(true)
        })
      })
    })

    it('copies nothing when the file is new or up to date', async () => {
      await withEmpty(makeUrl, async db => {
        expect(await backUpBeforeMigrating(db, now, first)).toBeUndefined()
        await migrateToLatest(db, first)
        expect(await backUpBeforeMigrating(db, now, first)).toBeUndefined()
      })
    })

    it('never writes over an earlier copy', async () => {
      await withEmpty(makeUrl, async db => {
        await migrateToLatest(db, first)
        await backUpBeforeMigrating(db, now, both)
        await expect(backUpBeforeMigrating(db, now, both)).rejects.toThrow('there is one')
      })
    })
  })

  onPostgres((_, makeUrl) => {
    it('leaves copies to the tools of PostgreSQL', async () => {
      await withEmpty(makeUrl, async db => {
        await migrateToLatest(db, first)
        expect(await backUpBeforeMigrating(db, now, both)).toBeUndefined()
      })
    })
  })
})

const withEmpty = async (makeUrl: MakeUrl, work: (db: Db) => Promise<void>) =>
  withDatabase(await makeUrl(), work)

async function withDatabase(url: string, work: (db: Db) => Promise<void>): Promise<void> {
  const db = await openDatabase(url)
  try {
    await work(db)
  } finally {
    await closeDatabase(db)
  }
}
