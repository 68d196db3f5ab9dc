// What a browser is shown when a page or a form of the console is refused: the way to sign in, or why not.
import type { Context as HonoContext } from 'hono'
import { html } from 'hono/html'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { Refusal, type RefusalKind } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { longestNext } from '../../login/next.ts'
import { showPage } from '../look/page.ts'
import { theirs } from '../look/words.ts'
import { BodyCutShort, BodyTooLarge, type HttpEnv } from '../request.ts'

export const statuses: Readonly<Record<RefusalKind, ContentfulStatusCode>> = {
  invalid: 400,
  unauthenticated: 401,
  denied: 403,
  missing: 404,
  conflict: 409,
  throttled: 429,
  unavailable: 503,
}

export const ourFault = { status: 500, code: 'error', sentence: 'Something went wrong on our side.' } as const

export function showTrouble(
  ctx: Context,
  c: HonoContext<HttpEnv>,
  error: unknown,
): Response | Promise<Response> {
  if (error instanceof Refusal && error.kind === 'unauthenticated') return toSignIn(c)
  const known = explain(error)
  if (!known) ctx.log.error({ err: error, requestId: c.get('requestId') }, 'request failed')
  const { status, code, sentence } = known ?? ourFault
  if (error instanceof Refusal && error.retryAfterSeconds !== undefined)
    c.header('Retry-After', String(error.retryAfterSeconds))
  const isStale = code === 'reauthentication_required'
  return showPage(c, status, {
    title: status === 404 ? 'There is nothing here' : 'That did not work',
    body: html`<p role="alert">${theirs(sentence, 600)}</p>
${status === 404 && c.req.method === 'POST' ? goneSince : ''}
<dl><dt>Code</dt><dd><code>${code}</code></dd><dt>Request id</dt><dd><code>${c.get('requestId')}</code></dd></dl>
${isStale ? html`<form method="post" action="/logout"><button>Sign in again</button></form>` : html`<p><a class="button" href="/">To the console</a></p>`}`,
  })
}

/** What a form is about was there when its page was made. */
const goneSince = html`<p>What the form is about may have ended since its page was made, or the form was sent twice.</p>`

/** A page is come back to afterwards, with its filters unless they are endless; what was typed into a form is not. */
function toSignIn(c: HonoContext<HttpEnv>): Response {
  const { pathname, search } = new URL(c.req.url)
  if (c.req.method !== 'GET' || pathname === '/') return c.redirect('/login', 303)
  const next = pathname.length + search.length > longestNext ? pathname : pathname + search
  return c.redirect(`/login?${new URLSearchParams({ next })}`, 303)
}

/** Undefined: it is our fault. */
export function explain(error: unknown) {
  if (error instanceof Refusal) {
    return { status: statuses[error.kind], code: error.code, sentence: error.message }
  }
  if (error instanceof BodyTooLarge)
    return { status: 413, code: 'too_large', sentence: error.message } as const
  if (error instanceof BodyCutShort)
    return { status: 400, code: 'bad_request', sentence: error.message } as const
  return undefined
}
