// The demo's two servers in this process, on free ports and a database of the test's.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setUpDemo } from '../src/commands/demo-setup.ts'
import { openWith } from '../src/commands/open.ts'
import { startServer } from '../src/commands/server.ts'
import { readConfig, withKeptSecret } from '../src/config.ts'
import type { IdentityProvider } from '../src/demo/provider.ts'

export interface RunningDemo {
  readonly baseUrl: string
  /** Of the identity provider. */
  readonly url: string
  readonly provider: IdentityProvider
  /** The domain's address in the Organizations API, and a key of the owner's. */
  readonly api: string
  readonly apiKey: string
  stop(): Promise<void>
}

export async function startDemo(databaseUrl: string): Promise<RunningDemo> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-demo-test-'))
  const config = readConfig({
    GATEHOUSE_PORT: '0',
    GATEHOUSE_DATA_DIR: folder,
    GATEHOUSE_DATABASE_URL: databaseUrl,
    GATEHOUSE_LOG_LEVEL: 'error',
  })
  const server = await startServer(await openWith(withKeptSecret(config)))
  const { running, api, apiKey } = await setUpDemo(server, 0)
  const { url, provider } = running
  const stop = async () => {
    await running.stop()
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
  return { baseUrl: server.ctx.config.baseUrl, url, provider, api, apiKey, stop }
}
