// The document of the API, for programs and as a page for people.
import { Hono } from 'hono'
import { missing } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { explain, internalError } from '../api/mount/errors.ts'
import { showPage } from '../look/page.ts'
import { begin, type HttpEnv } from '../request.ts'
import { createDocument } from './document.ts'
import { docsPage } from './page.ts'

/** The first parts of its paths. */
export const docsPaths: ReadonlySet<string> = new Set(['openapi.json', 'docs'])

const keptFor = 'public, max-age=300'

export function createDocsApp(ctx: Context, version: string): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>({ strict: false })
  const document = createDocument(ctx, version)
  const text = JSON.stringify(document)
  const page = docsPage(document)
  app.use(begin(ctx))
  app.get('/openapi.json', c => {
    c.header('Cache-Control', keptFor)
    return c.body(text, 200, { 'Content-Type': 'application/json' })
  })
  app.get('/docs', c => showPage(c, 200, page))
  app.notFound(() => {
    throw missing()
  })
  app.onError((error, c) => {
    const known = explain(error)
    if (!known) ctx.log.error({ err: error, requestId: c.get('requestId') }, 'request failed')
    const { status, body } = known ?? internalError(c.get('requestId'))
    return c.json(body, status)
  })
  return app
}
