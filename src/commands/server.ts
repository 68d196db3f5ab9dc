// The running server: one socket, the background work beside it, and the order in which all of it stops.

import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { version } from '../base/version.ts'
import { ConfigError } from '../config.ts'
import type { Context } from '../context.ts'
import { createApp, type Fetch } from '../http/app.ts'
import type { Lifecycle } from '../http/lifecycle.ts'
import { OutboxWorker } from '../jobs/outbox.ts'
import { JobRunner } from '../jobs/runner.ts'
import { JudgeThread } from '../login/saml/judge.ts'
import { Recorder } from '../provision/log/recorder.ts'
import type { Opened } from './open.ts'

export interface RunningServer {
  /** Where it is reached; with port 0, the port it was given. */
  readonly ctx: Context
  stop(): Promise<void>
}

/** How long answers under way may take once the server is told to stop. */
const drainMilliseconds = 25_000

/** The longest filter that is read has 8,192 characters, and each may come as several `%XX` in the request line. */
const headerBytes = 128 * 1024

export async function startServer({ ctx: given, close }: Opened): Promise<RunningServer> {
  const lifecycle: Lifecycle = { draining: false }
  let answer: Fetch = () => new Response('starting\n', { status: 503 })
  // An HTTP/1.0 client, as many health checks are, need not say which host it means.
  const hostname = new URL(given.config.baseUrl).host
  const server = createAdaptorServer({
    hostname,
    fetch: (request, env) => answer(request, env),
    serverOptions: { maxHeaderSize: headerBytes },
  }) as Server
  server.keepAliveTimeout = 65_000
  const port = await listen(server, given.config).catch(async error => {
    await close()
    throw error
  })
  const ctx = atPort(given, port)
  const recorder = new Recorder(ctx)
  const jobs = new JobRunner(ctx)
  const outbox = new OutboxWorker(ctx)
  const judges = new JudgeThread()
  answer = createApp(ctx, { lifecycle, recorder, judge: judges.judge, version })
  jobs.start()
  outbox.start()

  const stop = async () => {
    lifecycle.draining = true
    await drain(server)
    await Promise.all([jobs.stop(), outbox.stop()])
    await recorder.stop()
    await judges.stop()
    await close()
  }
  return { ctx, stop }
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', ({ message }) =>
      reject(new ConfigError([`GATEHOUSE_HOST, GATEHOUSE_PORT: ${message}`])),
    )
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
  })
}

/** A server that took a free port is reached there, unless its operator says otherwise. */
function atPort(ctx: Context, port: number): Context {
  const { baseUrl } = ctx.config
  if (new URL(baseUrl).port !== '0') return ctx
  return { ...ctx, config: { ...ctx.config, baseUrl: baseUrl.replace(/:0$/, `:${port}`) } }
}

/** No new connections; those under way get their answer with `Connection: close`, up to the limit. */
function drain(server: Server): Promise<void> {
  return new Promise(resolve => {
    const late = setTimeout(() => server.closeAllConnections(), drainMilliseconds)
    server.close(() => {
      clearTimeout(late)
      resolve()
    })
    server.closeIdleConnections()
  })
}
