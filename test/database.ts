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

/** Runs the block once on SQLite and once on PostgreSQL. */
export function eachDatabase(block: (name: DatabaseKind, open: Open) => void): void {
  onSqlite(open => block('sqlite', open))
  onPostgres(open => block('postgres', open))
}

export const onSqlite = (block: (open: Open) => void) => describe('on sqlite', () => block(openingSqlite()))
export const onPostgres = (block: (open: Open) => void) =>
  describe('on postgres', () => block(openingPostgres()))

function openingSqlite(): Open {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-test-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const open = opening(() => `sqlite:${join(folder, `${randomUUID()}.db`)}`)
  return async options => {
    const db = await open(options)
    await migrateToLatest(db)
    return db
  }
}

function openingPostgres(): Open {
  const names: string[] = []
  afterAll(() => onServer(names.map(name => `drop database if exists ${name} with (force)`)))
  const open = opening(async () => {
    const name = `test_${randomUUID().replaceAll('-', '')}`
    names.push(name)
    await onServer([`create database ${name} template ${templateDatabase}`])
    return `${inject('postgresServer')}/${name}`
  })
  return options => open({ poolSize: 5, ...options })
}

/** Opens what `address` names and closes it all in the end; hooks run last in, first out. */
function opening(address: () => string | Promise<string>): Open {
  const opened: Db[] = []
  afterAll(() => Promise.all(opened.map(closeDatabase)))
  return async options => {
    const db = await openDatabase(await address(), options)
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
