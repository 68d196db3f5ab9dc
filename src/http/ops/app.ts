// What an operator's machinery asks: are you alive, are you ready, which version are you.

import { Hono } from 'hono'
import type { Context } from '../../context.ts'
import { readReadiness } from '../../manage/readiness.ts'
import type { Lifecycle } from '../lifecycle.ts'
import { begin, type HttpEnv } from '../request.ts'

export function createOpsApp(ctx: Context, lifecycle: Lifecycle, version: string): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  app.use(begin(ctx))
  app.get('/healthz', c => c.text('ok\n'))
  app.get('/version', c => c.json({ name: 'gatehouse', version, node: process.version }))
  app.get('/readyz', async c => {
    if (lifecycle.draining) return c.text('draining\n', 503)
    const state = await readReadiness(ctx)
    return c.text(`${state}\n`, state === 'ready' ? 200 : 503)
  })
  app.notFound(c =>
    c.json({ type: 'invalid_request', code: 'not_found', detail: 'Not found.', attr: null }, 404),
  )
  return app
}
