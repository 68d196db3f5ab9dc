// The public pages and endpoints of signing in: every route with who may send a request to it.
import { Hono } from 'hono'
import { missing } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import type { Judge } from '../../login/saml/judge.ts'
import { explain, ourFault } from '../explained.ts'
import { type Page, showPage } from '../look/page.ts'
import { refuseOtherSites } from '../own-pages.ts'
import { createPublicLimit } from '../public-limit.ts'
import { begin, type HttpEnv } from '../request.ts'
import type { Call } from './call.ts'
import { type Description, described } from './described.ts'
import * as invitation from './invitation.ts'
import { nothingPage, problemPage } from './pages.ts'
import * as saml from './saml.ts'
import * as signIn from './sign-in.ts'

/**
 * `limited` counts by address. Starts and answers of sign-ins are not counted: in the morning a whole company comes
 * from one address.
 */
type SignInRoute = readonly [
  method: 'GET' | 'POST',
  path: string,
  from: 'anywhere' | 'our pages',
  count: 'limited' | 'uncounted',
  handler: (call: Call) => Promise<Response>,
  description: Description,
]

export const signInRoutes: readonly SignInRoute[] = [
  ['GET', '/saml/:domain/metadata', 'anywhere', 'uncounted', saml.metadata, described.metadata],
  ['GET', '/saml/:domain/login', 'anywhere', 'uncounted', saml.start, described.start],
  ['POST', '/saml/:domain/acs', 'anywhere', 'uncounted', saml.consume, described.consume],
  ['GET', '/login/saml', 'anywhere', 'uncounted', saml.startByAddress, described.startByAddress],
  ['GET', '/login', 'anywhere', 'uncounted', signIn.signInForm, described.signInForm],
  ['POST', '/login', 'our pages', 'limited', signIn.chooseWay, described.chooseWay],
  ['GET', '/login/link/:token', 'anywhere', 'limited', signIn.showLink, described.showLink],
  ['POST', '/login/link/:token', 'our pages', 'limited', signIn.takeLink, described.takeLink],
  ['POST', '/logout', 'our pages', 'uncounted', signIn.signOut, described.signOut],
  ['GET', '/invites/:token', 'anywhere', 'limited', invitation.show, described.showInvite],
  ['POST', '/invites/:token', 'our pages', 'limited', invitation.accept, described.acceptInvite],
  ['GET', '/.well-known/jwks.json', 'anywhere', 'uncounted', signIn.jwks, described.jwks],
]

/** The first parts of the paths above. */
export const signInPaths: ReadonlySet<string> = new Set(
  signInRoutes.map(([, path]) => path.split('/')[1] ?? ''),
)

export function createSignInApp(ctx: Context, judge: Judge): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  const limit = createPublicLimit(ctx.config.publicRateLimit)
  app.use(begin(ctx))
  for (const [method, path, from, count, handler] of signInRoutes) {
    app.on(method, path, async c => {
      if (from === 'our pages') refuseOtherSites(c, ctx.config)
      if (count === 'limited') await limit(c.get('ip'))
      return handler({ ctx, judge, c })
    })
  }
  app.notFound(() => {
    throw missing('There is no page by this address.')
  })
  app.onError(async (error, c) => {
    const known = explain(error)
    if (!known) ctx.log.error({ err: error, requestId: c.get('requestId') }, 'request failed')
    const { status, code, sentence, retryAfterSeconds } = known ?? ourFault
    if (retryAfterSeconds !== undefined) c.header('Retry-After', String(retryAfterSeconds))
    const page: Page =
      status === 404
        ? nothingPage(sentence)
        : problemPage({ code, sentence, traceId: c.get('requestId'), startOver: '/login' })
    return showPage(c, status, page)
  })
  return app
}
