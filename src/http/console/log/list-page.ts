// How the SCIM log looks: a chart at a glance, the filters, and a row for each request.
import { html } from 'hono/html'
import { timeOfId } from '../../../base/id.ts'
import type { Domain } from '../../../domain/domain.ts'
import type { LogChart } from '../../../manage/domains/scim-log/chart.ts'
import type { LogPage } from '../../../manage/domains/scim-log/page.ts'
import type { Markup } from '../../look/page.ts'
import { on } from '../../look/words.ts'
import type { ConsolePage } from '../frame.ts'
import { liveSwitch, rowKeys } from '../live-switch.ts'
import { chart } from './chart.ts'
import { chosen, type FilterForm, filterForm, isSettled } from './filter-form.ts'
import { type Filters, queryOf } from './filters.ts'
import { logRow } from './row.ts'

export interface ShownLog extends LogPage, FilterForm {
  readonly domain: Pick<Domain, 'id' | 'name' | 'scimEnabled'>
  /** Where this very page is, for whoever is sent there. */
  readonly link: string
  readonly isNewest: boolean
  readonly chart: LogChart
  readonly now: Date
}

export function logPage(log: ShownLog): ConsolePage {
  const { domain } = log
  return {
    title: 'SCIM log',
    domain: { id: domain.id, name: domain.name, tab: 'log' },
    body: html`<section>${chart(log.chart)}</section>
<section>${filterForm(log)}${chosen(log)}
${isSettled(log) ? requests(log) : ''}</section>`,
  }
}

function requests(log: ShownLog): Markup {
  const { filters, rows, now, path, link } = log
  return html`<div class="row">${log.isNewest ? liveSwitch(`${path}/live${queryOf(filters)}`, now) : html`<a class="button" href="${path}${queryOf(filters)}">Newest</a>`}
${rowKeys}<span id="link" hidden>${link}</span><button type="button" class="copy push" data-copy="link" hidden>Copy link</button></div>
<table class="cards" id="log"${rows.length === 0 ? html` hidden` : ''}>
<thead><tr><th scope="col">When</th><th scope="col">Status</th><th scope="col">Method</th><th scope="col">What happened</th><th scope="col">Whom or what</th><th scope="col">From</th><th scope="col">ms</th><th scope="col">Token</th></tr></thead>
<tbody>${rows.map(row => logRow(row, { filters, now }))}</tbody></table>
${rows.length === 0 ? html`<div class="empty" id="nothing">${nothing(log)}</div>` : ''}
${older(log)}`
}

function nothing({ domain, filters, path, lookedTo }: ShownLog): Markup {
  if (lookedTo !== undefined) return html`<p>Nothing matches among the newest.</p>`
  if (Object.keys(filters).length > 0)
    return html`<p>Nothing matches these filters. <a href="${path}">Show everything</a></p>`
  return domain.scimEnabled
    ? html`<p>Nothing has come yet. <a href="/domains/${domain.id}#scim">Paste base URL and token</a> into the identity provider, and press its “Test connection”.</p>`
    : html`<p>SCIM is off for this domain. <a href="/domains/${domain.id}#scim">Switch it on</a>, and every request of the identity provider is written down here.</p>`
}

function older({ rows, hasOlder, lookedTo, filters, path }: ShownLog): Markup {
  const last = rows.at(-1)
  const link = (filter: Filters, before: string, words: string) =>
    html`<a class="button" href="${path}${queryOf(filter, { before })}" rel="next">${words}</a>`
  return html`<p class="row"><span class="small push">${lookedTo === undefined ? '' : looked(lookedTo, filters)}</span>
${lookedTo === undefined ? '' : link(lookUpsOf(filters), lookedTo, 'Look further back')}${hasOlder && last ? link(filters, last.id, 'Older') : ''}</p>`
}

/** What was done to a resource is all there; only how often it was looked up takes looking for. */
const lookUpsOf = (filters: Filters): Filters => (isOfOne(filters) ? { ...filters, method: 'GET' } : filters)
const isOfOne = ({ person, method, provider, token, q }: Filters): boolean =>
  person !== undefined && [method, provider, token, q].every(each => each === undefined)

const looked = (lookedTo: string, filters: Filters): Markup => {
  const since = on(timeOfId(lookedTo).toISOString())
  return isOfOne(filters)
    ? html`All changes are here, and look-ups by GET since ${since}.`
    : html`Looked through everything since ${since}; older requests may fit as well.`
}
