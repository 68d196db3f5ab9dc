// Why a request failed, what to change where, and how: for whoever has five seconds, and then for whoever does it.
import { html } from 'hono/html'
import type { Explanation } from '../../../../scim/explain.ts'
import type { Markup } from '../../../look/page.ts'

/** `whose`: who stands in its way. */
export const mending = (
  { why, fix, where, note }: Explanation,
  whose: Markup | '' = '',
): Markup => html`<dl class="mending"><dt>Why</dt><dd>${why}${whose}</dd>
${where ? html`<dt>Where to change it</dt><dd class="where">At ${where.provider}: ${placeOf(where.field)}</dd>` : ''}
<dt>How to fix it</dt><dd><ol>${fix.map(step => html`<li>${step}</li>`)}</ol>${note ? html`<p>${note}</p>` : ''}</dd></dl>`

/** The way there, and in the end the very field. */
function placeOf(field: string): Markup {
  const at = field.lastIndexOf(' → ') + 3
  return at < 3
    ? html`<strong>${field}</strong>`
    : html`${field.slice(0, at)}<strong>${field.slice(at)}</strong>`
}
