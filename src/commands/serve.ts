// `serve`: one line on stdout when it listens, on an empty database the link to begin with, then until SIGTERM or SIGINT.

import type { Environment } from '../config.ts'
import { offerFirstRun } from '../manage/operators/first-run.ts'
import { openContext } from './open.ts'
import { say } from './output.ts'
import { startServer } from './server.ts'

export const serveCommand = (env: Environment) => async (): Promise<void> => {
  const server = await startServer(await openContext(env))
  const link = await offerFirstRun(server.ctx).catch(async error => {
    await server.stop()
    throw error
  })
  say(`Gatehouse listens on ${server.ctx.config.baseUrl}`)
  if (link) {
    say(`There is no organization yet. Open this within ${link.hours} hours to make the first one:`)
    say(`  ${link.url}`)
  }
  await untilToldToStop()
  await server.stop()
}

/** Resolves at the first SIGTERM or SIGINT; a second one ends the process at once. */
export function untilToldToStop(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
  })
}
