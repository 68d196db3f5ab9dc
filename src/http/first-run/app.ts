// The page behind the link that an empty server prints: whoever has it makes the first organization, once.
import type { Context as HonoContext } from 'hono'
import { Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { Refusal } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { endSession } from '../../login/session.ts'
import { completeFirstRun, openFirstRun } from '../../manage/operators/first-run.ts'
import { readSessionCookie, setSessionCookie } from '../cookies.ts'
import { explain } from '../explained.ts'
import { readForm } from '../form.ts'
import { type Page, showPage } from '../look/page.ts'
import { refuseOtherSites } from '../own-pages.ts'
import { createPublicLimit } from '../public-limit.ts'
import { begin, type HttpEnv } from '../request.ts'
import { deadLinkPage, doneAlreadyPage, elsewherePage, firstRunPage, troublePage } from './pages.ts'

const mostFormBytes = 16 * 1024

export function createFirstRunApp(ctx: Context): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  const limit = createPublicLimit(ctx.config.publicRateLimit)
  app.use(begin(ctx), async (c, next) => {
    await limit(c.get('ip'))
    c.header('X-Robots-Tag', 'noindex')
    await next()
  })

  /** Programs look at links too: nothing is made before the form is sent. */
  app.get('/first-run/:secret', async c => {
    await openFirstRun(ctx, c.req.param('secret'))
    return showPage(c, 200, firstRunPage({ place: placeOf(c, ctx) }))
  })

  app.post('/first-run/:secret', async c => {
    refuseOtherSites(c, ctx.config)
    const secret = c.req.param('secret')
    const form = await readForm(c, mostFormBytes)
    const field = (name: string) => form.get(name) ?? ''
    const typed = {
      organization: field('organization'),
      firstName: field('first_name'),
      lastName: field('last_name'),
      email: field('email'),
    }
    const origin = { ip: c.get('ip'), requestId: c.get('requestId') }
    try {
      const { secret: session, expiresAt } = await completeFirstRun(ctx, secret, { form: typed, origin })
      // The session that this browser had ends with the new one.
      await endSession(ctx, readSessionCookie(c, ctx.config))
      const seconds = (expiresAt.getTime() - ctx.now().getTime()) / 1000
      setSessionCookie(c, ctx.config, { secret: session, seconds })
      return c.redirect('/', 303)
    } catch (refusal) {
      if (!(refusal instanceof Refusal) || refusal.kind !== 'invalid') throw refusal
      await openFirstRun(ctx, secret)
      return showPage(c, 400, firstRunPage({ place: placeOf(c, ctx), typed, refusal }))
    }
  })

  app.notFound(c => showPage(c, 404, deadLinkPage))
  app.onError((error, c) => answer(ctx, c, error))
  return app
}

/** Where the browser seems to be, and where it should be. */
function placeOf(c: HonoContext<HttpEnv>, { config }: Context) {
  const wanted = new URL(config.baseUrl)
  return { seen: c.req.header('host') ?? wanted.host, wanted: wanted.host, url: config.baseUrl + c.req.path }
}

function answer(ctx: Context, c: HonoContext<HttpEnv>, error: unknown): Response | Promise<Response> {
  const { status, page, retryAfterSeconds } = answerTo(ctx, c, error)
  if (retryAfterSeconds !== undefined) c.header('Retry-After', String(retryAfterSeconds))
  return showPage(c, status, page)
}

interface Answer {
  readonly status: ContentfulStatusCode
  readonly page: Page
  readonly retryAfterSeconds?: number | undefined
}

function answerTo(ctx: Context, c: HonoContext<HttpEnv>, error: unknown): Answer {
  if (error instanceof Refusal && error.code === 'already_set_up')
    return { status: 404, page: doneAlreadyPage }
  if (error instanceof Refusal && error.kind === 'missing') return { status: 404, page: deadLinkPage }
  if (error instanceof Refusal && error.code === 'other_origin') {
    const got = c.req.header('origin') ?? 'another site'
    return { status: 403, page: elsewherePage({ got, wanted: ctx.config.baseUrl, path: c.req.path }) }
  }
  const known = explain(error)
  if (known) return { ...known, page: troublePage(known.sentence) }
  const requestId = c.get('requestId')
  ctx.log.error({ err: error, requestId }, 'request failed')
  return { status: 500, page: troublePage(`Something went wrong on our side. Request id: ${requestId}.`) }
}
