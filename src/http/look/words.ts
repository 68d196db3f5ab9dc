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
): Markup => html`<div class="value"><code id="${id}">${readable(value)}</code>
<button type="button" class="copy" data-copy="${id}" aria-label="Copy ${id.replaceAll('-', ' ')}" hidden>Copy</button></div>`

/** What every form that changes something begins with. */
export const csrfField = ({ csrfToken }: { readonly csrfToken: string }): Markup =>
  html`<input type="hidden" name="csrf" value="${csrfToken}">`

/** Joiners decide how these are written. */
const joining = `[${['Arab', 'Beng', 'Deva', 'Gujr', 'Guru', 'Knda', 'Mlym', 'Orya', 'Sinh', 'Taml', 'Telu'].map(script => `\\p{Script=${script}}`).join('')}]`
const joiners = [
  `(?<=${joining})[\\u200c\\u200d](?=${joining})`,
  // Emoji are made of several by one, and are shown as such by another.
  '(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f])\\u200d(?=\\p{Extended_Pictographic})',
  '(?<=\\p{Extended_Pictographic})\\ufe0f|(?<=[0-9#*])\\ufe0f(?=\\u20e3)',
]

/** More of them pile up over other lines. */
const mostMarks = 4
const mark = /^\p{M}/u

/** Characters that are not seen, that turn the text around them, or that pile up over other lines: shown by their numbers. */
const unseen = new RegExp(
  `(?!${joiners.join('|')})[\\p{Cc}\\p{Cf}\\p{Cs}\\p{DI}\\u2028\\u2029]|(?<=\\p{M}{${mostMarks}})\\p{M}`,
  'gu',
)
const spelled = (character: string) =>
  `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}}`

/** Line breaks and tabs are kept. */
export const readable = (text: string): string =>
  text.replaceAll(unseen, character =>
    character === '\n' || character === '\t' ? character : spelled(character),
  )

/** A stranger's words within ours, on one line and not too long, nor heavy by what has to be written of them. */
export function theirs(text: string, most = 240): Markup {
  const begun = beginningWithin(text.slice(0, most), 2 * most)
  const shown = readable(begun)
  return html`<bdi>${shown.length > most || text.length > begun.length ? `${shown.slice(0, most)}…` : shown}</bdi>`
}

/** What `html` writes for a character, where that is longer. */
const escapes = new Map([...'"&<>\''].map(character => [character, `${html`${character}`}`.length] as const))
const weightOf = (character: string): number =>
  escapes.get(character) ?? Buffer.byteLength(readable(character))

/** What a text takes of a page. */
export const bytesOf = (text: string): number => Buffer.byteLength(`${html`${readable(text)}`}`)

/** The beginning of a long text that takes so many bytes of a page. */
export function beginningWithin(text: string, mostBytes: number): string {
  let left = mostBytes
  let end = 0
  let marks = 0
  for (const character of text) {
    marks = mark.test(character) ? marks + 1 : 0
    left -= marks > mostMarks ? spelled(character).length : weightOf(character)
    if (left < 0) break
    end += character.length
  }
  return text.slice(0, end)
}

/** As many of the first pieces as take so many bytes of a page; the very first in any case. */
export function fitting(pieces: readonly Markup[], mostBytes: number): readonly Markup[] {
  let left = mostBytes
  const end = pieces.findIndex((piece, at) => {
    left -= Buffer.byteLength(`${piece}`)
    return left < 0 && at > 0
  })
  return end < 0 ? pieces : pieces.slice(0, end)
}
