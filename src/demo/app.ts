// The provider's pages and endpoints; it has no sign-in of its own, for it listens on this machine only.
import { Hono } from 'hono'
import { csrf } from 'hono/csrf'
import { HTTPException } from 'hono/http-exception'
import { addDirectory } from './directory-pages.ts'
import { messagePage } from './pages/sign-in.ts'
import { script, style } from './pages/style.ts'
import type { IdentityProvider } from './provider.ts'
import { addRequests, addSignIns } from './sign-in-pages.ts'

export function createProviderApp(provider: IdentityProvider): Hono {
  const app = new Hono()
  const { acsUrl } = provider.application.serviceProvider
  const policy = policyFor(acsUrl)
  app.use(async (c, next) => {
    await next()
    for (const [name, value] of policy) c.header(name, value)
  })
  addRequests(app, provider)
  // From here on only forms of its own pages count.
  app.use(csrf())
  app.get('/style.css', c => c.body(style, 200, { 'Content-Type': 'text/css; charset=utf-8' }))
  app.get('/submit.js', c => c.body(script, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }))
  app.get('/metadata', c =>
    c.body(provider.identity.metadata, 200, { 'Content-Type': 'application/samlmetadata+xml' }),
  )
  addSignIns(app, provider)
  addDirectory(app, provider)
  // Most often Gatehouse, which has stopped.
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse()
    return c.html(messagePage(provider.directory.company, error.message), 502)
  })
  return app
}

/** Everything from here, and forms also to Gatehouse. */
const policyFor = (acsUrl: string) =>
  Object.entries({
    'Content-Security-Policy': [
      "default-src 'none'",
      "style-src 'self'",
      "script-src 'self'",
      'img-src data:',
      `form-action 'self' ${new URL(acsUrl).origin}`,
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
  })
