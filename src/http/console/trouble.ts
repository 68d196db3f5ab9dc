// What a browser is shown when a page or a form of the console is refused: the way to sign in, or why not.
import type { Context as HonoContext } from 'hono'
import { html } from 'hono/html'
import { Refusal } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { longestNext } from '../../login/next.ts'
import { explain, ourFault } from '../explained.ts'
import { showPage } from '../look/page.ts'
import { theirs } from '../look/words.ts'
import type { HttpEnv } from '../request.ts'

export function showTrouble(
  ctx: Context,
  c: HonoContext<HttpEnv>,
  error: unknown,
): Response | Promise<Response> {
  if (error instanceof Refusal && error.kind === 'unauthenticated') return toSignIn(c)
  const known = explain(error)
  if (!known) ctx.log.error({ err: error, requestId: c.get('requestId') }, 'request failed')
  const { status, code, sentence, retryAfterSeconds } = known ?? ourFault
  if (retryAfterSeconds !== undefined) c.header('Retry-After', String(retryAfterSeconds))
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
