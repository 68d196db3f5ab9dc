// The demo's two servers in this process.
import { setUpDemo } from '../src/commands/demo-setup.ts'
import type { IdentityProvider } from '../src/demo/provider.ts'
import { startGatehouse } from './running-server.ts'

export interface RunningDemo {
  readonly baseUrl: string
  /** Of the identity provider. */
  readonly url: string
  readonly provider: IdentityProvider
  stop(): Promise<void>
}

export async function startDemo(databaseUrl: string): Promise<RunningDemo> {
  const server = await startGatehouse(databaseUrl)
  const running = await setUpDemo(server)
  const { url, provider } = running
  const stop = async () => {
    await running.stop()
    await server.stop()
  }
  return { baseUrl: server.ctx.config.baseUrl, url, provider, stop }
}
