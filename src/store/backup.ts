// Copies of the SQLite file: whole, consistent, and in place only once they are on disk.

import { chmodSync, closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { sql } from 'kysely'
import type { Db } from './db.ts'
import { SqliteHandle } from './sqlite/handle.ts'

/** Copies the file at `source`, which may be in use; blocks until it is done. Refuses a destination that exists. */
export function copyFile(source: string, destination: string): void {
  if (existsSync(destination)) throw new Error(`expected no file at ${destination}, but there is one`)
  const partial = `${destination}.partial`
  rmSync(partial, { force: true })
  const reader = new SqliteHandle(source, { readonly: true })
  try {
    reader.run('vacuum into ?', [partial])
  } finally {
    reader.close()
  }
  chmodSync(partial, statSync(source).mode)
  syncFile(partial)
  renameSync(partial, destination)
}

/** The absolute path of the file under a SQLite database. */
export async function requireFile(db: Db): Promise<string> {
  const { rows } = await sql<{
    file: string
  }>`select file from pragma_database_list where name = 'main'`.execute(db)
  const [main] = rows
  if (!main) throw new Error('expected a SQLite database with a file, but it has none')
  return main.file
}

function syncFile(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
