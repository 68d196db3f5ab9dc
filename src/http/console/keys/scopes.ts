// The scopes of a key in words, and the boxes by which they are chosen.
import { html } from 'hono/html'
import { everything } from '../../../domain/scope.ts'
import type { Markup } from '../../look/page.ts'

const areas = [
  ['organization', 'The organization, its domains and logs'],
  ['organization_member', 'Members and invites'],
  ['organization_integration', 'Integrations'],
  ['legal_document', 'Legal documents'],
] as const

export const scopeList = (scopes: readonly string[]): Markup =>
  scopes.includes(everything)
    ? html`<span class="warn">everything</span>`
    : html`${scopes.map(scope => html`<code class="nobreak">${scope}</code> `)}`

export const scopeFields = (
  chosen: readonly string[],
): Markup => html`<fieldset><legend>What it may do</legend>
<table class="scopes"><thead><tr><th scope="col">Area</th><th scope="col">Read</th><th scope="col">Write</th></tr></thead>
<tbody>${areas.map(
  ([area, words]) =>
    html`<tr><th scope="row">${words}</th>${(['read', 'write'] as const).map(
      verb => html`<td>${box(`${area}:${verb}`, chosen, `${words}: ${verb}`)}</td>`,
    )}</tr>`,
)}
<tr><th scope="row">Everything, keys too</th><td colspan="2">${box(everything, chosen, 'Everything')}</td></tr></tbody></table>
<p class="soft small">Writing includes reading. It never does more than you may do yourself.</p></fieldset>`

const box = (scope: string, chosen: readonly string[], label: string): Markup =>
  html`<input type="checkbox" name="scope" value="${scope}" aria-label="${label}"${chosen.includes(scope) ? html` checked` : ''}>`
