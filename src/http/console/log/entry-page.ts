// One entry of the SCIM log: the verdict, why and how to mend it, and everything that went to and fro.
import { html } from 'hono/html'
import type { Domain } from '../../../domain/domain.ts'
import type { NamedRequest } from '../../../manage/domains/scim-log/names.ts'
import { type Explanation, explain } from '../../../scim/explain.ts'
import type { IdentityProvider } from '../../../scim/identity-provider.ts'
import { type Quirk, quirks } from '../../../scim/quirks.ts'
import type { Markup } from '../../look/page.ts'
import { on, readable, theirs } from '../../look/words.ts'
import type { ConsolePage } from '../frame.ts'
import { asCurl } from './curl.ts'
import { providerName, statusOf } from './row.ts'

export interface ShownEntry {
  readonly domain: Pick<Domain, 'id' | 'name'>
  readonly baseUrl: string
  readonly entry: NamedRequest
  readonly olderId: string | null
  readonly newerId: string | null
}

export function entryPage(shown: ShownEntry): ConsolePage {
  const { domain, baseUrl, entry } = shown
  const { response_status: status, outcome, identity_provider } = entry
  const explanation = explain({ status, outcome, provider: identity_provider as IdentityProvider })
  return {
    title: explanation?.title ?? beginningOf(outcome),
    domain: { id: domain.id, name: domain.name, tab: 'log' },
    body: html`${neighbours(shown)}
<section><p class="verdict">${statusOf(status)}<span>${theirs(outcome, 2000)}</span></p>
${explanation ? mending(explanation) : ''}${facts(shown)}</section>
${accommodated(entry.accommodations)}
<div class="two"><section><h2>Request</h2><p><code>${theirs(`${entry.request_method} ${entry.request_path}`, 2000)}</code></p>
${json(entry.request_body, 'It had no body.', 'Body of the request')}${headers(entry.request_headers)}</section>
<section><h2>Response</h2><p>${statusOf(status)}</p>${json(entry.response_body, 'It had no body.', 'Body of the response')}</section></div>
<section><h2>As curl</h2><p class="soft small">With a placeholder for the token; personal values are masked as they are stored, so fill them in.</p>
<pre id="curl" tabindex="0" aria-label="The request as curl">${readable(asCurl(entry, baseUrl))}</pre><button type="button" class="copy" data-copy="curl" hidden>Copy</button></section>`,
  }
}

/** `Deactivated the user Ada Lovelace` of a sentence that goes on with what followed from it. */
const beginningOf = (outcome: string): string =>
  readable(/^.{1,100}?(?=[:.](?:\s|$))/s.exec(outcome)?.[0] ?? outcome.slice(0, 100))

function neighbours({ domain, olderId, newerId }: ShownEntry): Markup {
  const log = `/domains/${domain.id}/scim-log`
  const link = (id: string | null, words: string) =>
    id === null ? html`<span class="soft">${words}</span>` : html`<a href="${log}/${id}">${words}</a>`
  return html`<nav class="row small" aria-label="Neighbours"><a href="${log}">All requests</a><span class="push"></span>${link(olderId, '← Older')}${link(newerId, 'Newer →')}</nav>`
}

export const mending = ({ why, fix, where, note }: Explanation): Markup => html`<h2>Why</h2><p>${why}</p>
<h2>How to fix it</h2><ol>${fix.map(step => html`<li>${step}</li>`)}</ol>
${where ? html`<p><strong>At ${where.provider}:</strong> ${where.field}</p>` : ''}
${note ? html`<p>${note}</p>` : ''}`

function facts({ domain, entry }: ShownEntry): Markup {
  const about = entry.resource_name ?? entry.resource_id
  return html`<dl><dt>When</dt><dd>${on(entry.created_at)} <span class="soft">(${entry.created_at})</span></dd>
<dt>From</dt><dd>${providerName(entry.identity_provider)}${entry.token_hint === null ? '' : html`, by the token <code>…${theirs(entry.token_hint)}</code>`}</dd>
${entry.resource_id === null || about === null ? '' : html`<dt>About</dt><dd><a href="/domains/${domain.id}/scim-log?person=${entry.resource_id}">${theirs(about)}</a> <span class="soft">${entry.resource_type} <code>${entry.resource_id}</code></span></dd>`}
<dt>Took</dt><dd>${entry.duration_ms.toFixed(1)} ms</dd>
${entry.scim_type === null ? '' : html`<dt>SCIM error</dt><dd><code>${entry.scim_type}</code></dd>`}
<dt>Request id</dt><dd><code>${theirs(entry.request_id || 'none')}</code></dd></dl>`
}

/** In words; a name from a later version of the server is shown as it is. */
function accommodated(names: unknown): Markup | '' {
  if (!Array.isArray(names) || names.length === 0) return ''
  const told = names.map(name => (isQuirk(name) ? quirks[name] : String(name)))
  return html`<section><h2>What was put right</h2><p class="soft small">Departures from the standard that were understood anyway; nothing needs to be done.</p>
<ul>${told.map(words => html`<li>${words}</li>`)}</ul></section>`
}

const isQuirk = (name: unknown): name is Quirk => typeof name === 'string' && Object.hasOwn(quirks, name)

/** A body may have a megabyte; a page should not. */
const shownCharacters = 16_000

function json(body: unknown, without: string, label: string): Markup {
  if (body === null || body === undefined) return html`<p class="soft">${without}</p>`
  if (isUnparsed(body))
    return html`<p>${body._unparsed_bytes} bytes came that are no JSON; they are not kept.</p>`
  const text = JSON.stringify(body, null, 2)
  const rest = text.length - shownCharacters
  return html`<pre tabindex="0" aria-label="${label}">${readable(text.slice(0, shownCharacters))}${rest > 0 ? '…' : ''}</pre>
${rest > 0 ? html`<p class="soft small">${rest} more characters are not shown here; the API has them.</p>` : ''}`
}

const isUnparsed = (body: unknown): body is { _unparsed_bytes: number } =>
  typeof body === 'object' && body !== null && '_unparsed_bytes' in body

function headers(all: unknown): Markup {
  const entries = typeof all === 'object' && all !== null ? Object.entries(all) : []
  return html`<details><summary>${entries.length} headers</summary><dl>${entries.map(
    ([name, value]) =>
      html`<dt><code>${theirs(name, 80)}</code></dt><dd><code>${theirs(String(value), 500)}</code></dd>`,
  )}</dl></details>`
}
