// The write-ahead log of a database that is written to goes over into its file, and is gone when it is closed.

import { existsSync, statSync } from 'node:fs'
import { sql } from 'kysely'
import { expect, it, vi } from 'vitest'
import { closeDatabase, openDatabase } from '../../../src/store/db.ts'
import { onSqlite } from '../../database.ts'

const kibibyte = 1024

onSqlite((_open, makeUrl) => {
  it('carries the write-ahead log over while the database is in use, and to its end when that is closed', async () => {
    const url = await makeUrl()
    const file = url.slice('sqlite:'.length)
    const db = await openDatabase(url)
    await sql`create table things (body blob)`.execute(db)
    const add = () => sql`insert into things values (zeroblob(${100 * kibibyte}))`.execute(db)

    for (let batch = 0; batch < 100; batch++) await add()
    await vi.waitFor(() => expect(statSync(file).size).toBeGreaterThan(2500 * kibibyte), 5000)

    await closeDatabase(db)
    expect(existsSync(`${file}-wal`)).toBe(false)
    expect(statSync(file).size).toBeGreaterThan(10_000 * kibibyte)
  })

  it('begins the log anew, however long somebody goes on writing', async () => {
    const url = await makeUrl()
    const file = url.slice('sqlite:'.length)
    const log = `${file}-wal`
    const db = await openDatabase(url)
    await sql`create table things (body blob)`.execute(db)
    const add = () => sql`insert into things values (zeroblob(${50 * kibibyte}))`.execute(db)

    // The thread is there by then, however long a busy machine takes for that.
    for (let batch = 0; batch < 150; batch++) await add()
    await vi.waitFor(() => expect(statSync(file).size).toBeGreaterThan(2500 * kibibyte), 5000)

    // Several writers at a time, so that there is always one while the log is carried over.
    const write = async () => {
      for (let batch = 0; batch < 500; batch++) await add()
    }
    await Promise.all(Array.from({ length: 4 }, write))
    // 100 MiB went through it; a commit would carry it over itself at 32.
    expect(statSync(log).size).toBeLessThan(30_000 * kibibyte)
    await closeDatabase(db)
  })
})
