// What went to and fro of a request: bodies that can be read, headers that can be folded away.
import { html } from 'hono/html'
import type { Markup } from '../../../look/page.ts'
import { beginningWithin, fitting, readable, theirs } from '../../../look/words.ts'

/** A body may have a megabyte; a page should not. */
const shownBytes = 6000
const headerBytes = 4000

export function jsonOf(body: unknown, label: string): Markup {
  if (body === null || body === undefined) return html`<p class="soft">It had no body.</p>`
  if (isUnparsed(body))
    return html`<p>${body._unparsed_bytes} bytes came that are no JSON; they are not kept.</p>`
  const text = JSON.stringify(body, null, 2)
  const shown = beginningWithin(text, shownBytes)
  const rest = text.length - shown.length
  return html`<pre tabindex="0" aria-label="${label}">${readable(shown)}${rest > 0 ? '…' : ''}</pre>
${rest > 0 ? html`<p class="soft small">${rest} more characters are not shown here; the API has them.</p>` : ''}`
}

const isUnparsed = (body: unknown): body is { readonly _unparsed_bytes: number } =>
  typeof body === 'object' && body !== null && '_unparsed_bytes' in body

export function headersOf(all: unknown): Markup {
  const entries = typeof all === 'object' && all !== null ? Object.entries(all) : []
  const shown = fitting(
    entries.map(
      ([name, value]) =>
        html`<dt><code>${theirs(name, 80)}</code></dt><dd><code>${theirs(String(value), 500)}</code></dd>`,
    ),
    headerBytes,
  )
  const rest = entries.length - shown.length
  return html`<details><summary>${entries.length} headers</summary><dl>${shown}</dl>${rest > 0 ? html`<p class="soft small">And ${rest} more; the API has them.</p>` : ''}</details>`
}
