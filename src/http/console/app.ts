// The console: every page and form with who may use it. A form has to come from a page of ours and know its token.
import { Hono } from 'hono'
import { missing, Refusal } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { readAccount } from '../../manage/account.ts'
import {
  authenticateSession,
  enterOrganization,
  type Principal,
  requireLevel,
  requireRecentSignIn,
} from '../../manage/caller.ts'
import { readSessionCookie } from '../cookies.ts'
import type { Lifecycle } from '../lifecycle.ts'
import { csrfTokenOf, requireOwnPage } from '../own-pages.ts'
import { begin, type HttpEnv, readBody } from '../request.ts'
import { assets } from './assets/assets.ts'
import { showAudit } from './audit.ts'
import type { ConsoleCall, OrganizationCall } from './call.ts'
import * as domains from './domains/domains.ts'
import * as home from './home.ts'
import { followLive } from './log/live.ts'
import * as log from './log/scim-log.ts'
import { showTrouble } from './trouble.ts'

type Answer = Response | Promise<Response>

/** For whoever is signed in, in an organization or not. */
type PersonRoute = readonly [method: 'GET' | 'POST', path: string, handler: (call: ConsoleCall) => Answer]

type OrganizationRoute = readonly [
  method: 'GET' | 'POST',
  path: string,
  level: 'member' | 'admin' | 'owner',
  handler: (call: OrganizationCall) => Answer,
]

const personRoutes: readonly PersonRoute[] = [
  ['GET', '/', home.show],
  ['POST', '/organization', home.switchOrganization],
]

const organizationRoutes: readonly OrganizationRoute[] = [
  ['GET', '/domains', 'admin', domains.list],
  ['POST', '/domains', 'admin', domains.create],
  ['GET', '/domains/:id', 'admin', domains.show],
  ['POST', '/domains/:id/verify', 'admin', domains.verify],
  ['POST', '/domains/:id/saml', 'admin', domains.setSaml],
  ['POST', '/domains/:id/scim', 'admin', domains.switchScim],
  ['POST', '/domains/:id/scim-tokens', 'admin', domains.rotate],
  ['POST', '/domains/:id/scim-tokens/:token/revoke', 'admin', domains.revoke],
  ['GET', '/domains/:id/scim-log', 'admin', log.list],
  ['GET', '/domains/:id/scim-log/live', 'admin', followLive],
  ['GET', '/domains/:id/scim-log/:entry', 'admin', log.show],
  ['GET', '/audit', 'admin', showAudit],
]

/** The first parts of the paths above, and of those of the style sheet and the script. */
export const consolePaths: ReadonlySet<string> = new Set(['', 'organization', 'domains', 'audit', 'assets'])

export function createConsoleApp(ctx: Context, lifecycle: Lifecycle): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  app.use(begin(ctx))
  for (const { path, type, text } of Object.values(assets)) {
    app.get(path, c => {
      c.header('Cache-Control', 'public, max-age=31536000, immutable')
      return c.body(text, 200, { 'Content-Type': type })
    })
  }
  const identify = createIdentify(ctx, lifecycle)
  for (const [method, path, handler] of personRoutes) {
    app.on(method, path, async c => handler(await identify(c)))
  }
  for (const [method, path, level, handler] of organizationRoutes) {
    app.on(method, path, async c => {
      const call = await identify(c)
      const caller = await enterOrganization(ctx, call.principal, '@current')
      requireLevel(caller, level)
      if (method === 'POST') requireRecentSignIn(ctx, call.principal)
      return handler({ ...call, caller })
    })
  }
  app.notFound(() => {
    throw missing('There is no page by this address.')
  })
  app.onError((error, c) => showTrouble(ctx, c, error))
  return app
}

/** Metadata of an identity provider may have 256 KiB, and is longer once it is encoded. */
const mostFormBytes = 1024 * 1024

function createIdentify(ctx: Context, lifecycle: Lifecycle) {
  return async (c: ConsoleCall['c']): Promise<ConsoleCall> => {
    const secret = readSessionCookie(c, ctx.config)
    if (!secret) throw new Refusal('unauthenticated', 'not_authenticated', 'Please sign in.')
    const origin = { ip: c.get('ip'), requestId: c.get('requestId') }
    const principal: Principal = await authenticateSession(ctx, secret, origin)
    const form = new URLSearchParams(
      c.req.method === 'POST' ? new TextDecoder().decode(await readBody(c, mostFormBytes)) : '',
    )
    if (c.req.method === 'POST') {
      requireOwnPage(c, ctx.config, { secret, token: form.get('csrf') ?? undefined })
    }
    const account = await readAccount(ctx, principal)
    return { ctx, c, lifecycle, principal, account, csrfToken: csrfTokenOf(secret), form }
  }
}
