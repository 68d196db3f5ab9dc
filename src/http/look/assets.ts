// The style sheet and the script of all pages, under names that change with their content so that browsers keep them.
import { Hono } from 'hono'
import { digestOf } from '../../base/secret.ts'
import type { Context } from '../../context.ts'
import { begin, type HttpEnv } from '../request.ts'
import { script } from './script/script.ts'
import { style } from './style/style.ts'

const named = (ending: string, type: string, text: string) => ({
  path: `/assets/gatehouse-${digestOf(text).slice(0, 12)}.${ending}`,
  type: `${type}; charset=utf-8`,
  text,
})

export const assets = {
  style: named('css', 'text/css', style),
  script: named('js', 'text/javascript', script),
}

export function createAssetsApp(ctx: Context): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  app.use(begin(ctx))
  for (const { path, type, text } of Object.values(assets)) {
    app.get(path, c => {
      c.header('Cache-Control', 'public, max-age=31536000, immutable')
      return c.body(text, 200, { 'Content-Type': type })
    })
  }
  app.notFound(c => c.text('not found', 404))
  return app
}
