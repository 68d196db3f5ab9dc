// What an identity provider sent that the standard does not allow and that was understood anyway, in words.
import { html } from 'hono/html'
import { type Quirk, quirks } from '../../../../scim/quirks.ts'
import type { Markup } from '../../../look/page.ts'

/** A name from a later version of the server is shown as it is. */
export function accommodated(names: unknown): Markup | '' {
  if (!Array.isArray(names) || names.length === 0) return ''
  const told = names.map(name => (isQuirk(name) ? quirks[name] : String(name)))
  return html`<section><h2>What was put right</h2><p class="soft small">Departures from the standard that were understood anyway; nothing needs to be done.</p>
<ul>${told.map(words => html`<li>${words}</li>`)}</ul></section>`
}

const isQuirk = (name: unknown): name is Quirk => typeof name === 'string' && Object.hasOwn(quirks, name)
