// Small pieces that every page is made of: times, states, values to copy, and strangers' text made harmless.
import { html } from 'hono/html'
import type { Markup } from './page.ts'

const units = [
  [2 * 86_400, 86_400, 'days'],
  [3600, 3600, 'h'],
  [60, 60, 'min'],
  [0, 1, 's'],
] as const

/** `3 min ago`, with the exact time on hover. */
export function ago(iso: string, now: Date): Markup {
  const seconds = Math.max(0, (now.getTime() - Date.parse(iso)) / 1000)
  const [, size, unit] = units.find(([from]) => seconds >= from) ?? units[3]
  return html`<time datetime="${iso}" title="${iso}" data-ago>${Math.floor(seconds / size)} ${unit} ago</time>`
}

/** `in 3 min`: how long something still holds, counted down. */
export function left(iso: string, now: Date): Markup {
  const seconds = Math.max(0, (Date.parse(iso) - now.getTime()) / 1000)
  const [, size, unit] = units.find(([from]) => seconds >= from) ?? units[3]
  return html`<time datetime="${iso}" title="${iso}" data-left>in ${Math.floor(seconds / size)} ${unit}</time>`
}

export const on = (iso: string): Markup =>
  html`<time datetime="${iso}" title="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`

export type Tone = 'good' | 'warn' | 'bad' | 'off'

export const state = (tone: Tone, words: string | Markup): Markup =>
  html`<span class="state ${tone}">${words}</span>`

/** Something to paste elsewhere. `id` names it on its page. */
export const copyable = (
  id: string,
  value: string,
): Markup => html`<div class="value"><code id="${id}">${value}</code>
<button type="button" class="copy" data-copy="${id}" aria-label="Copy ${id.replaceAll('-', ' ')}" hidden>Copy</button></div>`

/** What every form that changes something begins with. */
export const csrfField = ({ csrfToken }: { readonly csrfToken: string }): Markup =>
  html`<input type="hidden" name="csrf" value="${csrfToken}">`

/** Characters that are not seen, or that turn the text around them: shown by their numbers. Emoji are joined by one. */
const unseen = /[\p{Cc}\p{Cs}\u2028\u2029]|(?!\u200d)\p{Cf}/gu
const spelled = (character: string) =>
  `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}}`

/** Line breaks and tabs are kept. */
export const readable = (text: string): string =>
  text.replaceAll(unseen, character =>
    character === '\n' || character === '\t' ? character : spelled(character),
  )

/** A stranger's words within ours, on one line and not too long. */
export const theirs = (text: string, most = 240): Markup =>
  html`<bdi>${text.length > most ? `${readable(text.slice(0, most))}…` : readable(text)}</bdi>`
