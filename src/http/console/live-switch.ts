// The switch of a live log above its table, and what stands in its place where there are no scripts.
import { html } from 'hono/html'
import type { Markup } from '../look/page.ts'

/** `path`: where the rows come from. For a page with a table `log` whose rows are named after their ids. */
export const liveSwitch = (
  path: string,
  now: Date,
): Markup => html`<button type="button" data-live="${path}" data-after="${firstIdAt(now)}" data-start="on" aria-pressed="false" hidden>Live: off</button>
<button type="button" id="news" class="main" hidden></button>
<noscript><a class="button" href="">Look again</a></noscript>`

/** What the keys do in a table `log`, where there is a keyboard and a script. */
export const rowKeys = html`<span class="keys soft small" data-keys hidden><kbd>j</kbd> <kbd>k</kbd> next row, previous row · <kbd>Enter</kbd> opens it</span>`

/** Every id that is made from now on is greater. */
const firstIdAt = (now: Date): string => {
  const hex = now.getTime().toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}
