// What was expected over what came, with the place where the two part marked.
import { html } from 'hono/html'
import type { Markup } from '../look/page.ts'
import { beginningWithin, readable } from '../look/words.ts'

/** Of a page. */
const mostBytes = 600

export function compared(expected: string, got: string): Markup {
  const [ours, came] = marked(expected, got)
  return html`<dl class="compared"><dt>Expected</dt><dd><code>${ours}</code></dd><dt>Got</dt><dd><code>${came}</code></dd></dl>`
}

/** Both texts, the parts that differ marked where enough of them is alike for that to help. */
export function marked(expected: string, got: string): readonly [Markup, Markup] {
  const [a, b] = [characters(expected), characters(got)]
  const before = alike(a, b)
  if (before < leastAlike) return [plain(a), plain(b)]
  const after = alike(a.slice(before).reverse(), b.slice(before).reverse())
  return [markedIn(a, before, after), markedIn(b, before, after)]
}

/** `https://` alone is nothing in common. */
const leastAlike = 9

const characters = (text: string): string[] => [...beginningWithin(text, mostBytes)]

function alike(a: readonly string[], b: readonly string[]): number {
  const first = a.findIndex((character, at) => character !== b[at])
  return first < 0 ? a.length : first
}

const plain = (text: readonly string[]): Markup => html`<bdi>${readable(text.join(''))}</bdi>`

function markedIn(text: readonly string[], before: number, after: number): Markup {
  const middle = text.slice(before, text.length - after).join('')
  if (middle === '') return plain(text)
  const [head, tail] = [text.slice(0, before), text.slice(text.length - after)]
  return html`<bdi>${readable(head.join(''))}<mark>${readable(middle).replaceAll(' ', '␣')}</mark>${readable(tail.join(''))}</bdi>`
}
