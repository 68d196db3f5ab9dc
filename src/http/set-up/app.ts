// The door behind set-up links: no account, but a link that is live, and forms that come from a page of ours.
import { Hono, type MiddlewareHandler } from 'hono'
import { missing, Refusal } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { openSetUp } from '../../manage/set-up/open.ts'
import { steps } from '../console/domains/steps.ts'
import { typedSection } from '../console/typed.ts'
import { readSetUpCookie } from '../cookies.ts'
import { explain, ourFault } from '../explained.ts'
import { readForm } from '../form.ts'
import type { Lifecycle } from '../lifecycle.ts'
import { showPage } from '../look/page.ts'
import { csrfTokenOf, requireOwnPage } from '../own-pages.ts'
import { createPublicLimit } from '../public-limit.ts'
import { begin, type HttpEnv } from '../request.ts'
import { basePath, type SetUpCall } from './call.ts'
import * as claims from './claim.ts'
import * as doorway from './doorway.ts'
import { overPage, troublePage } from './pages.ts'
import * as log from './scim-log.ts'
import { workplaceOf } from './workplace.ts'

type Handler = (call: SetUpCall) => Response | Promise<Response>

/** Every page and form of whoever has opened a link, above the steps of the domain. */
const own: readonly (readonly [method: 'GET' | 'POST', path: string, handler: Handler])[] = [
  ['POST', '/claim', claims.claim],
  // Whoever loads the address of the form's answer anew.
  ['GET', '/claim', ({ c }) => c.redirect(basePath, 303)],
  ['POST', '/leave', doorway.leave],
  ['GET', '/scim-log', log.list],
  ['GET', '/scim-log/live', log.follow],
]

/** Metadata of an identity provider may have 256 KiB, and is longer once it is encoded. */
const mostFormBytes = 1024 * 1024

export function createSetUpApp(ctx: Context, lifecycle: Lifecycle): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  app.use(begin(ctx), limited(ctx))
  const opened = (handler: Handler) => async (c: SetUpCall['c']) => handler(await open(ctx, c, lifecycle))
  for (const [method, path, handler] of own) app.on(method, basePath + path, opened(handler))
  for (const [method, path, , handler] of steps) {
    const take: Handler = call => handler(workplaceOf(call))
    const isFirst = method === 'GET' && path === ''
    const takeOrAsk: Handler = call => (call.setUp.caller.domainId === null ? claims.ask(call) : take(call))
    app.on(method, basePath + path, opened(isFirst ? takeOrAsk : take))
  }
  app.get(`${basePath}/:secret`, c => doorway.show(ctx, c))
  app.post(`${basePath}/:secret`, c => doorway.begin(ctx, c))
  app.notFound(() => {
    throw missing('There is no page by this address.')
  })
  app.onError((error, c) => showTrouble(ctx, c, error))
  return app
}

function limited(ctx: Context): MiddlewareHandler<HttpEnv> {
  const limit = createPublicLimit(ctx.config.publicRateLimit)
  return async (c, next) => {
    await limit(c.get('ip'))
    c.header('X-Robots-Tag', 'noindex')
    await next()
  }
}

async function open(ctx: Context, c: SetUpCall['c'], lifecycle: Lifecycle): Promise<SetUpCall> {
  const secret = readSetUpCookie(c, ctx.config) ?? ''
  const setUp = await openSetUp(ctx, secret, doorway.originOf(c))
  const isForm = c.req.method === 'POST'
  const form = isForm ? await readForm(c, mostFormBytes) : new URLSearchParams()
  c.set('form', form)
  if (isForm) requireOwnPage(c, ctx.config, { secret, token: form.get('csrf') ?? undefined })
  return { ctx, c, lifecycle, secret, setUp, csrfToken: csrfTokenOf(secret), form }
}

async function showTrouble(ctx: Context, c: SetUpCall['c'], error: unknown): Promise<Response> {
  const requestId = c.get('requestId')
  const typed = await typedSection(c, ctx.config, c.get('form'))
  if (error instanceof Refusal && error.code === 'link_over') return showPage(c, 404, overPage(typed))
  const known = explain(error)
  if (!known) ctx.log.error({ err: error, requestId }, 'request failed')
  const trouble = known ?? ourFault
  if (trouble.retryAfterSeconds !== undefined) c.header('Retry-After', String(trouble.retryAfterSeconds))
  return showPage(c, trouble.status, troublePage(trouble, { requestId, typed }))
}
