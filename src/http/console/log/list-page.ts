// How the SCIM log looks: the last day at a glance, the filters, and a row for each request.
import { html } from 'hono/html'
import type { Domain } from '../../../domain/domain.ts'
import type { NamedRequest } from '../../../manage/domains/scim-log-names.ts'
import type { Day } from '../../../manage/domains/scim-log-view.ts'
import type { Markup } from '../../look/page.ts'
import { theirs } from '../../look/words.ts'
import type { ConsolePage } from '../frame.ts'
import { liveSwitch } from '../live-switch.ts'
import { chart } from './chart.ts'
import { type Filters, methods, providers, queryOf, spans, statusClasses } from './filters.ts'
import { logRow } from './row.ts'

export interface ShownLog {
  readonly domain: Pick<Domain, 'id' | 'name' | 'scimEnabled'>
  readonly filters: Filters
  readonly rows: readonly NamedRequest[]
  readonly hasOlder: boolean
  readonly isNewest: boolean
  readonly day: Day
  readonly now: Date
}

export function logPage(log: ShownLog): ConsolePage {
  const { domain, filters, rows, day, now } = log
  return {
    title: 'SCIM log',
    domain: { id: domain.id, name: domain.name, tab: 'log' },
    body: html`<section>${chart(day, now)}</section>
<section>${filterForm(log)}${chosen(log)}
<div class="row">${log.isNewest ? liveSwitch(`/domains/${domain.id}/scim-log/live${queryOf(filters)}`, now) : html`<a class="button" href="${queryOf(filters) || '?'}">Newest</a>`}</div>
<table class="cards" id="log"${rows.length === 0 ? html` hidden` : ''}>
<thead><tr><th scope="col">When</th><th scope="col">Status</th><th scope="col">Method</th><th scope="col">What happened</th><th scope="col">Whom or what</th><th scope="col">From</th><th scope="col">ms</th><th scope="col">Token</th></tr></thead>
<tbody>${rows.map(row => logRow(row, { domainId: domain.id, filters, now }))}</tbody></table>
${rows.length === 0 ? html`<div class="empty" id="nothing">${nothing(log)}</div>` : ''}
${pages(log)}</section>`,
  }
}

function nothing({ domain, filters }: ShownLog): Markup {
  if (Object.keys(filters).length > 0)
    return html`<p>Nothing fits these filters. <a href="/domains/${domain.id}/scim-log">Show everything</a></p>`
  return domain.scimEnabled
    ? html`<p>Nothing has come yet. <a href="/domains/${domain.id}#scim">Paste base URL and token</a> into the identity provider, and press its “Test connection”.</p>`
    : html`<p>SCIM is off for this domain. <a href="/domains/${domain.id}#scim">Switch it on</a>, and every request of the identity provider is written down here.</p>`
}

function filterForm({ filters, rows }: ShownLog): Markup {
  const tokens = [
    ...new Set([...rows.flatMap(row => row.token_hint ?? []), ...(filters.token ? [filters.token] : [])]),
  ]
  return html`<form class="filters" role="search">
${select('status', 'Status', statusClasses, filters.status)}
${select(
  'method',
  'Method',
  methods.map(method => [method, method] as const),
  filters.method,
)}
${select('provider', 'From', providers, filters.provider)}
${select('within', 'Time', spans, filters.within)}
${
  tokens.length === 0
    ? ''
    : select(
        'token',
        'Token',
        tokens.map(hint => [hint, `…${hint}`] as const),
        filters.token,
      )
}
<label class="wide">Search <kbd>/</kbd><input type="search" name="q" maxlength="200" placeholder="a name, an address, an id, a path" value="${filters.q ?? ''}"></label>
${filters.person ? html`<input type="hidden" name="person" value="${filters.person}">` : ''}
<button class="main">Filter</button></form>`
}

const select = (
  name: string,
  label: string,
  choices: readonly (readonly [string, string, ...unknown[]])[],
  chosenName: string | undefined,
): Markup => html`<label>${label}<select name="${name}"><option value="">any</option>
${choices.map(([value, words]) => html`<option value="${value}"${value === chosenName ? html` selected` : ''}>${words}</option>`)}</select></label>`

/** What is filtered by and no field shows. */
function chosen({ domain, filters, rows }: ShownLog): Markup | '' {
  if (Object.keys(filters).length === 0) return ''
  const { person, ...rest } = filters
  const name = rows.find(row => row.resource_name !== null)?.resource_name ?? person
  const all = html`<a href="/domains/${domain.id}/scim-log">Show everything</a>`
  if (person === undefined) return html`<p class="small">${all}</p>`
  return html`<p class="small">Only about <strong>${theirs(name ?? '')}</strong> · <a href="/domains/${domain.id}/scim-log${queryOf(rest)}">everybody</a> · ${all}</p>`
}

function pages({ rows, hasOlder, filters }: ShownLog): Markup | '' {
  const last = rows.at(-1)
  if (!hasOlder || !last) return ''
  return html`<p class="row"><a class="button push" href="${queryOf(filters, { before: last.id })}" rel="next">Older</a></p>`
}
