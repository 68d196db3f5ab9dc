// What a browser is shown when a page or a form of the console is refused: the way to sign in, or why not.
import type { Context as HonoContext } from 'hono'
import { html } from 'hono/html'
import { Refusal } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { findNext } from '../../login/next.ts'
import { explain, ourFault } from '../explained.ts'
import { type Markup, showPage } from '../look/page.ts'
import { theirs } from '../look/words.ts'
import type { HttpEnv } from '../request.ts'
import { pageOfForm, typedSection } from './typed.ts'

export async function showTrouble(ctx: Context, c: HonoContext<HttpEnv>, error: unknown): Promise<Response> {
  const typed = await typedSection(c, ctx.config, c.get('form'))
  if (error instanceof Refusal && error.kind === 'unauthenticated') return toSignIn(ctx, c, typed)
  const known = explain(error)
  if (!known) ctx.log.error({ err: error, requestId: c.get('requestId') }, 'request failed')
  const { status, code, sentence, retryAfterSeconds } = known ?? ourFault
  if (retryAfterSeconds !== undefined) c.header('Retry-After', String(retryAfterSeconds))
  const isStale = code === 'reauthentication_required'
  return showPage(c, status, {
    title: status === 404 ? 'There is nothing here' : 'That did not work',
    body: html`<p role="alert">${theirs(sentence, 600)}</p>
${status === 404 && c.req.method === 'POST' ? goneSince : ''}${typed}
<dl><dt>Code</dt><dd><code>${code}</code></dd><dt>Request id</dt><dd><code>${c.get('requestId')}</code></dd></dl>
${isStale ? html`<form method="post" action="/logout"><button>Sign in again</button></form>` : html`<p><a class="button" href="/">To the console</a></p>`}`,
  })
}

/** What a form is about was there when its page was made. */
const goneSince = html`<p>What the form is about may have ended since its page was made, or the form was sent twice.</p>`

/** A page is come back to afterwards, or the page of a form; what was typed there cannot wait so long, and is shown at once. */
function toSignIn(ctx: Context, c: HonoContext<HttpEnv>, typed: Markup | ''): Response | Promise<Response> {
  const { pathname, search } = new URL(c.req.url)
  const way = wayTo(ctx, c.req.method === 'GET' ? pathname + search : pageOfForm(c, ctx.config))
  if (typed === '') return c.redirect(way, 303)
  return showPage(c, 401, {
    title: 'You are not signed in any more',
    body: html`<p role="alert">Your session has ended, so nothing was done. Sign in, and you come back to the page of the form.</p>
${typed}
<p><a class="button main" href="${way}">Sign in</a></p>`,
  })
}

/** With its filters unless they are endless. */
function wayTo({ config }: Context, page: string): string {
  const [path = '/'] = page.split('?', 1)
  const next = findNext(page, config) ?? findNext(path, config) ?? '/'
  return next === '/' ? '/login' : `/login?${new URLSearchParams({ next })}`
}
