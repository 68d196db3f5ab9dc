// `serve`: one line on stdout when it listens, then until SIGTERM or SIGINT.

import type { Environment } from '../config.ts'
import { openContext } from './open.ts'
import { startServer } from './server.ts'

export const serveCommand = (env: Environment) => async (): Promise<void> => {
  const server = await startServer(await openContext(env))
  process.stdout.write(`Gatehouse listens on ${server.ctx.config.baseUrl}\n`)
  await untilToldToStop()
  await server.stop()
}

/** Resolves at the first SIGTERM or SIGINT; a second one ends the process at once. */
export function untilToldToStop(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
  })
}
