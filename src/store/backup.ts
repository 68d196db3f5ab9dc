// Copies of the SQLite file: whole, consistent, and in place only once they are on disk.

import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
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

/** As `copyFile`, in a thread of its own: whoever uses the database waits for nothing. */
export function copyFileAside(source: string, destination: string): Promise<void> {
  const worker = new Worker(new URL('./sqlite/copy-worker.ts', import.meta.url), {
    workerData: { source, destination },
  })
  return new Promise((resolve, reject) => {
    worker.once('error', reject)
    worker.once('exit', code =>
      code === 0 ? resolve() : reject(new Error(`the thread that copies ended with ${code}`)),
    )
  })
}

/** People's data is in the copies: for the owner of the folder alone. */
export const makeCopyFolder = (folder: string): void =>
  void mkdirSync(folder, { recursive: true, mode: 0o700 })

export interface Copy {
  readonly name: string
  readonly bytes: number
  readonly madeAt: string
}

/** The newest first; none where there is no folder. */
export function listCopies(folder: string): Copy[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter(name => name.endsWith('.db'))
    .map(name => {
      const { size, mtime } = statSync(join(folder, name))
      return { name, bytes: size, madeAt: mtime.toISOString() }
    })
    .sort((a, b) => b.madeAt.localeCompare(a.madeAt))
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
