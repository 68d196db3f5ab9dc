// The same tests on both databases: a fresh, migrated one each time, gone when the tests are done.

import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, describe, inject } from 'vitest'
import { closeDatabase, type DatabaseOptions, type Db, openDatabase } from '../src/store/db.ts'
import type { DatabaseKind } from '../src/store/dialect.ts'
import { migrateToLatest } from '../src/store/migrate.ts'
import { templateDatabase } from './postgres-server.ts'

/** Opens a fresh, migrated database; it is closed and removed after the tests of the block. */
export type Open = (options?: DatabaseOptions) => Promise<Db>
/** Makes a fresh, empty database and gives its URL, for tests that open it themselves, or in another process. */
export type MakeUrl = () => Promise<string>

/** Runs the block once on SQLite and once on PostgreSQL. */
export function eachDatabase(block: (name: DatabaseKind, open: Open, makeUrl: MakeUrl) => void): void {
  onSqlite((open, makeUrl) => block('sqlite', open, makeUrl))
  onPostgres((open, makeUrl) => block('postgres', open, makeUrl))
}

export const onSqlite = (block: (open: Open, makeUrl: MakeUrl) => void) =>
  describe('on sqlite', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-test-'))
    afterAll(() => rmSync(folder, { recursive: true, force: true }))
    const makeUrl = async () => `sqlite:${join(folder, `${randomUUID()}.db`)}`
    const keep = closingAfterwards()
    const open: Open = async options => {
      const db = keep(await openDatabase(await makeUrl(), options))
      await migrateToLatest(db)
      return db
    }
    block(open, makeUrl)
  })

export const onPostgres = (block: (open: Open, makeUrl: MakeUrl) => void) =>
  describe('on postgres', () => {
    const names: string[] = []
    afterAll(() => onServer(names.map(name => `drop database if exists ${name} with (force)`)))
    const make = async (template: string) => {
      const name = `test_${randomUUID().replaceAll('-', '')}`
      names.push(name)
      await onServer([`create database ${name} template ${template} strategy file_copy`])
      return `${inject('postgresServer')}/${name}`
    }
    const keep = closingAfterwards()
    const open: Open = async options =>
      keep(await openDatabase(await make(templateDatabase), { poolSize: 5, ...options }))
    block(open, () => make('template0'))
  })

/** After-hooks run last in, first out: ask for this after the hook that removes the database. */
function closingAfterwards(): (db: Db) => Db {
  const opened: Db[] = []
  afterAll(() => Promise.all(opened.map(closeDatabase)))
  return db => {
    opened.push(db)
    return db
  }
}

async function onServer(statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: `${inject('postgresServer')}/postgres` })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}
