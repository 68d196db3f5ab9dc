// A SCIM server of a few lines, which keeps what it is sent and refuses whatever a test wants refused.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

interface Received {
  readonly method: string
  readonly path: string
  readonly userAgent: string | undefined
  readonly body: unknown
}

export interface ScimStub {
  readonly baseUrl: string
  readonly received: Received[]
  /** `POST /Users` and the like, answered with 400. */
  readonly refused: Set<string>
  stop(): void
}

export async function startStub(): Promise<ScimStub> {
  const received: Received[] = []
  const refused = new Set<string>()
  const server = createServer(async (request, response) => {
    const { method = '', url = '' } = request
    const body = method === 'GET' ? undefined : await json(request)
    received.push({ method, path: decodeURIComponent(url), userAgent: request.headers['user-agent'], body })
    const isRefused = refused.has(`${method} ${url.split('?')[0]}`)
    const made = method === 'POST' ? { id: `id-${received.length}` } : { Resources: [] }
    response.statusCode = isRefused ? 400 : method === 'POST' ? 201 : 200
    response.end(JSON.stringify(isRefused ? { detail: 'not that one' } : made))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const stop = () => {
    server.close()
    server.closeAllConnections()
  }
  const { port } = server.address() as AddressInfo
  return { baseUrl: `http://127.0.0.1:${port}`, received, refused, stop }
}
