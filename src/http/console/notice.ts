// What came of the form that was just sent, above the page that it belongs to.
import type { Context as HonoContext } from 'hono'
import { html } from 'hono/html'
import { Refusal } from '../../base/refusal.ts'
import type { Markup } from '../look/page.ts'
import { theirs } from '../look/words.ts'

export const doneNotice = (words: string | Markup): Markup =>
  html`<div class="notice fine" role="status"><p>${words}</p></div>`

/** What the form came to that led here: its redirect names one of these in `?done=`. */
export function noticeAfter(
  { c }: { readonly c: HonoContext },
  done: Readonly<Record<string, string>>,
): Markup | '' {
  const words = new Map(Object.entries(done)).get(c.req.query('done') ?? '')
  return words === undefined ? '' : doneNotice(words)
}

/** `labels`: how the fields of the form are called that a refusal may name. */
export function refusalNotice(
  { attr, message }: Refusal,
  labels: Readonly<Record<string, string>> = {},
): Markup {
  const label = Object.entries(labels).find(([name]) => name === attr)?.[1]
  return html`<div class="notice" role="alert"><p>${label ? html`<strong>${label}:</strong> ` : ''}${theirs(message, 600)}</p></div>`
}

/** What a form can be shown again with; all else is for the page of refusals. */
export function requireAnswerable(error: unknown): Refusal {
  if (error instanceof Refusal && error.kind !== 'missing' && error.kind !== 'unauthenticated') return error
  throw error
}
