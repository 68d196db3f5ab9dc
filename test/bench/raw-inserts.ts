// What the disk gives: durable one-row inserts a second through better-sqlite3, nothing around them.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'

export function measureRawInserts(seconds = 2): number {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'))
  const db = new Database(join(folder, 'raw.db'))
  try {
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    db.exec('create table rows (id text primary key, name text unique, doc text)')
    const insert = db.prepare('insert into rows values (?, ?, ?)')
    const doc = 'x'.repeat(600)
    const begun = performance.now()
    let count = 0
    while (performance.now() - begun < seconds * 1000) {
      insert.run(`id-${count}`, `name-${count}`, doc)
      count += 1
    }
    return (count * 1000) / (performance.now() - begun)
  } finally {
    db.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
