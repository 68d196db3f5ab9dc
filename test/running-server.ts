// The whole server in this process, on a free port and a database of the test's.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openWith } from '../src/commands/open.ts'
import { type RunningServer, startServer } from '../src/commands/server.ts'
import { readConfig, withKeptSecret } from '../src/config.ts'

export async function startGatehouse(databaseUrl: string): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-server-test-'))
  const config = readConfig({
    GATEHOUSE_PORT: '0',
    GATEHOUSE_DATA_DIR: folder,
    GATEHOUSE_DATABASE_URL: databaseUrl,
    GATEHOUSE_LOG_LEVEL: 'error',
  })
  const server = await startServer(await openWith(withKeptSecret(config)))
  const stop = async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
  return { ...server, stop }
}
