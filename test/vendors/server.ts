// A service of somebody else's on a free port of this machine, which can be out of order for a while.
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'
import { afterAll } from 'vitest'

export interface Outage {
  /** Answers 503 to everything, or not at all. */
  mode: 'up' | 'failing' | 'silent'
}

/** Serves until the tests of the block are done; gives its URL. */
export async function serve(app: Hono, outage: Outage = { mode: 'up' }): Promise<string> {
  const server = createAdaptorServer({
    fetch: (request, env) => {
      if (outage.mode === 'failing') return new Response('out of order', { status: 503 })
      if (outage.mode === 'silent') return new Promise(() => {})
      return app.fetch(request, env)
    },
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => {
    if ('closeAllConnections' in server) server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
