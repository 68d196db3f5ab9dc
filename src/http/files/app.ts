// The files behind links of our own, which live a minute.
import { Hono } from 'hono'
import type { Context } from '../../context.ts'
import { openFile } from '../../manage/files.ts'
import { begin, type HttpEnv } from '../request.ts'

export function createFilesApp(ctx: Context): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  app.use(begin(ctx))
  app.get('/files/*', async c => {
    const { pathname, search } = new URL(c.req.url)
    const file = await openFile(ctx, pathname + search)
    if (!file) return c.text('This link does not open a file, or not any more.\n', 403)
    c.header('Content-Disposition', file.disposition)
    return c.body(new Uint8Array(file.bytes), 200, { 'Content-Type': file.mediaType })
  })
  app.notFound(c => c.text('Not found.\n', 404))
  app.onError((error, c) => {
    ctx.log.error({ err: error, requestId: c.get('requestId') }, 'request failed')
    return c.text(`Something went wrong on our side. Request id: ${c.get('requestId')}.\n`, 500)
  })
  return app
}
