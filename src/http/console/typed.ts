// What somebody typed into a form that came to nothing, shown once more so that they can copy it: nothing of it is kept here.
import type { Context as HonoContext } from 'hono'
import { html } from 'hono/html'
import { readId } from '../../base/id.ts'
import type { Config } from '../../config.ts'
import { readForm } from '../form.ts'
import type { Markup } from '../look/page.ts'
import { beginningWithin, fitting, readable } from '../look/words.ts'
import { isFromOwnPage } from '../own-pages.ts'
import type { HttpEnv } from '../request.ts'

type C = HonoContext<HttpEnv>
type Place = Pick<Config, 'baseUrl'>

/** Strangers cannot make us read more. */
const mostBytes = 64 * 1024
/** Of the page that shows it. */
const mostShown = 24_000
const mostOfField = 12_000
const mostFields = 100

/** Of ours, about the page and not by whoever sent it. */
const ours = new Set(['csrf', 'once', 'seen', 'made_from', 'back', 'confirm'])

/** What buttons, boxes and lists send, and nobody types: it would mean little by itself. */
const isChosen = (value: string): boolean => /^(\d*|on|off|yes)$/.test(value) || readId(value) !== undefined

/** Empty for what another site sent: it could say anything there. `form` where it has been read already. */
export async function typedSection(c: C, place: Place, form?: URLSearchParams): Promise<Markup | ''> {
  if (c.req.method !== 'POST' || !isFromOwnPage(c, place)) return ''
  const read = form ?? (await readForm(c, mostBytes).catch(() => new URLSearchParams()))
  const fields = [...read].filter(([name, value]) => !ours.has(name) && !isChosen(value.trim()))
  if (fields.length === 0) return ''
  const first = fitting(fields.slice(0, mostFields).map(shown), mostShown)
  return html`<h2>What you filled in</h2>
<p class="soft small">It is kept nowhere: copy what you need before you go on.</p>
<dl>${first}</dl>
${fields.length > first.length ? html`<p class="soft small">and ${fields.length - first.length} more fields</p>` : ''}`
}

function shown([name, value]: [string, string]): Markup {
  // Forms send the line breaks of Windows.
  const text = value.replaceAll('\r\n', '\n')
  const begun = beginningWithin(text, mostOfField)
  const label = readable(name.slice(0, 60).replaceAll('_', ' '))
  return html`<dt>${label.charAt(0).toUpperCase()}${label.slice(1)}</dt>
<dd><pre>${readable(begun)}</pre>${begun.length < text.length ? html`<span class="soft small">only its beginning</span>` : ''}</dd>`
}

/** The page that the form stands on, to be come back to. */
export function pageOfForm(c: C, { baseUrl }: Place): string {
  const url = URL.parse(c.req.header('referer') ?? '')
  return url?.origin === baseUrl ? url.pathname + url.search : '/'
}
