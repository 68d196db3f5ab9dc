// The console's door: who asks, from where, and whether they may. A form has to come from a page of ours and know its token.
import { Hono } from 'hono'
import { missing, Refusal } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { readSessionAccount } from '../../manage/account.ts'
import {
  authenticateSession,
  enterOrganization,
  type Principal,
  requireLevel,
  requireRecentSignIn,
} from '../../manage/caller.ts'
import { requireOperator } from '../../manage/operators/rights.ts'
import { createRequestCount } from '../api/mount/rate-limit.ts'
import { readSessionCookie } from '../cookies.ts'
import { readForm } from '../form.ts'
import type { Lifecycle } from '../lifecycle.ts'
import { requireOwnPage } from '../own-pages.ts'
import { begin, type HttpEnv } from '../request.ts'
import type { ConsoleCall } from './call.ts'
import { formTokenOf, readFormToken, requireSameOrganization } from './form-token.ts'
import { answers } from './page-above.ts'
import { operatorRoutes, organizationRoutes, personRoutes } from './routes.ts'
import { showTrouble } from './trouble.ts'

export function createConsoleApp(ctx: Context, lifecycle: Lifecycle): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  app.use(begin(ctx))
  const identify = createIdentify(ctx, lifecycle)
  for (const [method, path, handler] of personRoutes) {
    app.on(method, path, async c => handler(await identify(c)))
  }
  for (const [method, path, level, handler] of organizationRoutes) {
    app.on(method, path, async c => {
      const call = await identify(c)
      const caller = await enterOrganization(ctx, call.principal, '@current')
      if (method === 'POST') await requireSameOrganization(call, caller)
      requireLevel(caller, level)
      if (method === 'POST') requireRecentSignIn(ctx, call.principal)
      return handler({ ...call, caller })
    })
  }
  for (const [method, path, handler] of operatorRoutes) {
    app.on(method, path, async c => {
      const call = await identify(c)
      requireOperator(call.principal)
      if (method === 'POST') requireRecentSignIn(ctx, call.principal)
      return handler(call)
    })
  }
  for (const { route, pageAbove } of answers) app.get(route, c => c.redirect(pageAbove(c.req.path), 303))
  app.notFound(() => {
    throw missing('There is no page by this address.')
  })
  app.onError((error, c) => showTrouble(ctx, c, error))
  return app
}

/** Metadata of an identity provider may have 256 KiB, and is longer once it is encoded. */
const mostFormBytes = 1024 * 1024

function createIdentify(ctx: Context, lifecycle: Lifecycle) {
  const count = createRequestCount(ctx.config.apiRateLimit)
  return async (c: ConsoleCall['c']): Promise<ConsoleCall> => {
    const secret = readSessionCookie(c, ctx.config)
    if (!secret) throw new Refusal('unauthenticated', 'not_authenticated', 'Please sign in.')
    const origin = { ip: c.get('ip'), requestId: c.get('requestId') }
    const principal: Principal = await authenticateSession(ctx, secret, origin)
    await count(principal.credentialId, (name, value) => c.header(name, value))
    const form = c.req.method === 'POST' ? await readForm(c, mostFormBytes) : new URLSearchParams()
    if (c.req.method === 'POST') {
      c.set('form', form)
      requireOwnPage(c, ctx.config, { secret, token: readFormToken(form).token })
    }
    const account = await readSessionAccount(ctx, principal)
    const csrfToken = formTokenOf(secret, account.organization?.id)
    return { ctx, c, lifecycle, principal, account, csrfToken, form }
  }
}
