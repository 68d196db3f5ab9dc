// The provider's own small server, on this machine only, under another host name than Gatehouse so that browsers hold the two apart.
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Clock } from '../base/clock.ts'
import { createProviderApp } from './app.ts'
import type { Directory } from './directory.ts'
import { type Application, type Identity, IdentityProvider, makeIdentity } from './provider.ts'

interface Options {
  readonly directory: Directory
  readonly now: Clock
  /** Sets up the other side, which needs to know where the provider is. */
  readonly connect: (identity: Identity) => Promise<Application>
}

export interface RunningProvider {
  readonly url: string
  readonly provider: IdentityProvider
  stop(): Promise<void>
}

type Answer = (request: Request) => Response | Promise<Response>

export async function startProvider({ directory, now, connect }: Options): Promise<RunningProvider> {
  let answer: Answer = () => new Response('starting\n', { status: 503 })
  const server = createAdaptorServer({ fetch: request => answer(request) }) as Server
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://localhost:${(server.address() as AddressInfo).port}`
  const stop = async () => {
    server.close()
    server.closeAllConnections()
  }
  try {
    const identity = makeIdentity(url, now())
    const provider = new IdentityProvider({ identity, directory, now, application: await connect(identity) })
    answer = createProviderApp(provider).fetch
    return { url, provider, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
