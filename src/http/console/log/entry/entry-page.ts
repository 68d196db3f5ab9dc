// One entry of the SCIM log: the verdict, why and how to mend it, what changed, and everything that went to and fro.
import { html } from 'hono/html'
import type { Domain } from '../../../../domain/domain.ts'
import type { Effects } from '../../../../manage/domains/scim-log/effects.ts'
import type { LogEntry } from '../../../../manage/domains/scim-log/entry.ts'
import type { Subject } from '../../../../manage/domains/scim-log/subject.ts'
import { explain } from '../../../../scim/explain.ts'
import type { IdentityProvider } from '../../../../scim/identity-provider.ts'
import type { Markup } from '../../../look/page.ts'
import { on, readable, theirs } from '../../../look/words.ts'
import type { ConsolePage } from '../../frame.ts'
import { answerClass, providerName, statusOf } from '../row.ts'
import { accommodated } from './accommodated.ts'
import { headersOf, jsonOf } from './bodies.ts'
import { asCurl } from './curl.ts'
import { effectsOf } from './effects.ts'
import { mending } from './mending.ts'

export interface ShownEntry extends LogEntry {
  readonly domain: Pick<Domain, 'id' | 'name'>
  readonly baseUrl: string
  readonly effects: Effects
  /** Who has the name for which it was refused. */
  readonly holder: Subject | null
}

export function entryPage(shown: ShownEntry): ConsolePage {
  const { domain, entry } = shown
  const { response_status: status, outcome, identity_provider } = entry
  const explanation = explain({ status, outcome, provider: identity_provider as IdentityProvider })
  return {
    title: explanation?.title ?? beginningOf(outcome),
    domain: { id: domain.id, name: domain.name, tab: 'log' },
    body: html`${neighbours(shown)}
<div class="beside"><div><section class="answer ${answerClass(status)}"><p class="verdict">${statusOf(status)}<span>${theirs(outcome, 2000)}</span></p>
${explanation ? html`${mending(explanation, heldBy(shown))}<p class="soft small">Nothing was changed.</p>` : ''}</section>
${changed(shown)}${accommodated(entry.accommodations)}</div>
<section><h2>Who and when</h2>${facts(shown)}${again(shown)}</section></div>
<div class="two"><section><h2>Request</h2><p><code>${theirs(`${entry.request_method} ${entry.request_path}`, 2000)}</code></p>
${jsonOf(entry.request_body, 'Body of the request')}${headersOf(entry.request_headers)}</section>
<section><h2>Response</h2><p>${statusOf(status)}</p>${jsonOf(entry.response_body, 'Body of the response')}</section></div>
${command(shown)}`,
  }
}

function command({ entry, baseUrl }: ShownEntry): Markup {
  const curl = asCurl(entry, baseUrl)
  const aside = curl.endsWith('@body.json')
    ? html` The body is too long for here: it goes into <code>body.json</code>.`
    : ''
  return html`<section><h2>As curl</h2><p class="soft small">With a placeholder for the token; personal values are masked as they are stored, so fill them in.${aside}</p>
<pre id="curl" tabindex="0" aria-label="The request as curl">${readable(curl)}</pre><button type="button" class="copy" data-copy="curl" hidden>Copy</button></section>`
}

/** `Deactivated the user Ada Lovelace` of a sentence that goes on with what followed from it. */
const beginningOf = (outcome: string): string =>
  readable(/^.{1,100}?(?=[:.](?:\s|$))/s.exec(outcome)?.[0] ?? outcome.slice(0, 100))

const logOf = ({ domain }: ShownEntry) => `/domains/${domain.id}/scim-log`

function neighbours(shown: ShownEntry): Markup {
  const link = (id: string | null, words: string) =>
    id === null
      ? html`<span class="soft">${words}</span>`
      : html`<a href="${logOf(shown)}/${id}">${words}</a>`
  return html`<nav class="row small" aria-label="Neighbours"><a href="${logOf(shown)}">All requests</a><span class="push"></span>${link(shown.olderId, '← Older')}${link(shown.newerId, 'Newer →')}</nav>`
}

function changed({ entry, effects }: ShownEntry): Markup | '' {
  const { request_method: method, request_path: path, response_status: status, response_body: answer } = entry
  const told = effectsOf(effects, { method, path, status, answer })
  return told === '' ? '' : html`<section><h2>Before → after</h2>${told}</section>`
}

function facts(shown: ShownEntry): Markup {
  const { entry } = shown
  return html`<dl><dt>When</dt><dd>${on(entry.created_at)}<div class="soft small">${entry.created_at}</div></dd>
<dt>From</dt><dd>${providerName(entry.identity_provider)}${entry.token_hint === null ? '' : html`, by the token <code class="nobreak">…${theirs(entry.token_hint)}</code>`}</dd>
${about(shown)}
<dt>Took</dt><dd>${entry.duration_ms.toFixed(1)} ms</dd>
${entry.scim_type === null ? '' : html`<dt>SCIM error</dt><dd><code>${entry.scim_type}</code></dd>`}
<dt>Request id</dt><dd><code>${theirs(entry.request_id || 'none')}</code></dd></dl>`
}

function about(shown: ShownEntry): Markup | '' {
  const { resource_id: id, resource_name: name, resource_type: type } = shown.entry
  if (id === null) return ''
  const all = html`<a href="${logOf(shown)}?person=${id}">All requests about ${type === 'User' ? 'them' : 'it'}</a>`
  return html`<dt>About</dt><dd>${name === null ? html`${type ?? ''}, gone or never there` : linkTo(shown.domain.id, { id, name, type })}<div class="small"><code>${id}</code></div><div class="small">${all}</div></dd>`
}

function heldBy({ domain, holder }: ShownEntry): Markup | '' {
  if (holder === null) return ''
  const log = html`<a href="/domains/${domain.id}/scim-log?person=${holder.id}">how that came about</a>`
  return html`<p>It is <strong>${linkTo(domain.id, holder)}</strong> who has the name: ${log}.</p>`
}

/** To the person, or to the group. */
function linkTo(
  domainId: string,
  { id, name, type }: Pick<Subject, 'id' | 'name'> & { type: string | null },
): Markup {
  if (type === 'User') return html`<a href="/people/${id}">${theirs(name)}</a>`
  return type === 'Group' ? html`<a href="/groups/${domainId}/${id}">${theirs(name)}</a>` : theirs(name)
}

/** Rows that stand for several requests cannot be made again, and a bulk is no single transaction. */
const again = (shown: ShownEntry): Markup | '' =>
  shown.entry.request_method === '' || /\/Bulk(?:[/?]|$)/i.test(shown.entry.request_path)
    ? ''
    : html`<p><a class="button" href="${logOf(shown)}/${shown.entry.id}/dry-run">Dry run again</a></p>
<p class="soft small">What would happen if it came now. Nothing is changed.</p>`
