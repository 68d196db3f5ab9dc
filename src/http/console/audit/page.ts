// How the audit log looks: the filters, and a row for each deed with what it changed.
import { html } from 'hono/html'
import type { PlacedAudit } from '../../../manage/audit-view.ts'
import { selectField } from '../../look/filters.ts'
import type { Markup } from '../../look/page.ts'
import { ago, theirs } from '../../look/words.ts'
import type { ConsolePage } from '../frame.ts'
import { linesOf } from './changes.ts'
import { actors, areas, type Filters, queryOf, spans } from './filters.ts'
import { lineOf } from './line.ts'

interface Shown {
  readonly filters: Filters
  readonly rows: readonly PlacedAudit[]
  readonly hasOlder: boolean
  readonly isNewest: boolean
  readonly now: Date
}

export const auditPage = (shown: Shown): ConsolePage => ({
  title: 'Audit log',
  section: 'audit',
  body: html`<section>${filterForm(shown.filters)}
<div class="row">${chosen(shown)}${shown.isNewest ? '' : html`<a class="button" href="${queryOf(shown.filters) || '?'}">Newest</a>`}<a class="button push" href="/audit/export${queryOf(shown.filters)}">${Object.keys(shown.filters).length > 0 ? 'These' : 'All'} as NDJSON</a></div>
${shown.rows.length === 0 ? nothing(shown.filters) : table(shown)}
${older(shown)}</section>`,
})

const filterForm = ({ q, by, area, within }: Filters): Markup => html`<form class="filters" role="search">
<label class="wide">Search <kbd>/</kbd><input type="search" name="q" maxlength="200" placeholder="who, whom, what or which action" value="${q ?? ''}"></label>
${selectField({ name: 'by', label: 'Done by', choices: actors, chosen: by, none: 'anybody' })}
${selectField({ name: 'area', label: 'About', choices: areas, chosen: area, none: 'anything' })}
${selectField({ name: 'within', label: 'Time', choices: spans, chosen: within, none: 'ever' })}
<button class="main">Show</button></form>`

/** What is filtered by and no field shows. */
function chosen({ filters, rows }: Shown): Markup | '' {
  const { action, who, what, request } = filters
  if (Object.keys(filters).length === 0) return ''
  const [first] = rows
  const parts = [
    ...(action ? [html`only <code>${action}</code>`] : []),
    ...(who ? [html`only by <strong>${theirs(first?.actor.label ?? who, 80)}</strong>`] : []),
    ...(what ? [html`only about <strong>${theirs(first?.target.label ?? what, 80)}</strong>`] : []),
    ...(request ? [html`only of the request <code>${request}</code>`] : []),
    html`<a href="/audit">Show everything</a>`,
  ]
  return html`<span class="small">${parts.map((part, at) => html`${at > 0 ? ' · ' : ''}${part}`)}</span>`
}

const nothing = (filters: Filters): Markup =>
  Object.keys(filters).length > 0
    ? html`<p class="empty">Nothing matches. <a href="/audit">Show everything</a></p>`
    : html`<p class="empty">Nothing has been changed yet. Every change is listed here, whoever makes it.</p>`

const older = ({ hasOlder, rows, filters }: Shown): Markup | '' => {
  const last = rows.at(-1)
  if (!hasOlder || !last) return ''
  return html`<p class="row"><a class="button push" rel="next" href="${queryOf(filters, { before: last.id })}">Older</a></p>`
}

const table = (shown: Shown): Markup => html`<table class="cards quiet">
<thead><tr><th scope="col">When</th><th scope="col">Who</th><th scope="col">Action</th><th scope="col">Of what</th><th scope="col">What changed</th></tr></thead>
<tbody>${shown.rows.map(row => auditRow(shown, row))}</tbody></table>`

function auditRow({ filters, now }: Shown, row: PlacedAudit): Markup {
  return html`<tr><td class="tight">${ago(row.created_at, now)}</td><td class="roomy">${actorOf(row, filters)}</td>
<th scope="row" class="mono"><a href="${queryOf({ ...filters, action: row.action })}">${row.action}</a></th>
<td class="roomy">${targetOf(row, filters)}</td><td class="full">${changes(row)}</td></tr>`
}

const kinds: Readonly<Record<PlacedAudit['actor']['type'], string>> = {
  user: '',
  api_key: 'by key',
  set_up_link: 'by set-up link',
  scim: 'by SCIM',
  saml: 'by SAML',
  system: 'by itself',
  operator: 'as the operator',
}

/** And from where. */
function actorOf(
  { actor: { id, label, type }, ip, request_id: request }: PlacedAudit,
  filters: Filters,
): Markup {
  const shown = theirs(label, 80)
  const facts = [
    ...(kinds[type] === '' ? [] : [html`${kinds[type]}`]),
    ...(ip ? [html`${ip}`] : []),
    ...(request === null
      ? []
      : [html`<a class="shown" href="${queryOf({ ...filters, request })}">request</a>`]),
  ]
  return html`<div>${id === null ? shown : html`<a href="${queryOf({ ...filters, who: id })}">${shown}</a>`}</div>
<div class="soft small">${facts.map((fact, at) => html`${at > 0 ? ' · ' : ''}${fact}`)}</div>`
}

function targetOf({ target, place }: PlacedAudit, filters: Filters): Markup {
  const page = pageOf(target, place)
  return html`<div><a href="${queryOf({ ...filters, what: target.id })}">${theirs(target.label, 80)}</a></div>
<div class="soft small">${theirs(target.type.replaceAll('_', ' '), 40)}${page && html` · <a class="shown" href="${page.path}">${page.words}</a>`}</div>`
}

/** Where more about it is, as long as it is there. */
function pageOf(target: PlacedAudit['target'], place: PlacedAudit['place']) {
  if (target.type === 'domain') return { path: `/domains/${target.id}`, words: 'open' }
  if (target.type === 'set_up_link') return { path: '/set-up-links', words: 'all links' }
  if (place?.type === 'group') return { path: `/groups/${place.domainId}/${place.id}`, words: 'open' }
  if (place?.personId) return { path: `/people/${place.personId}`, words: 'open' }
  if (place?.domainId)
    return { path: `/domains/${place.domainId}/scim-log?person=${place.id}`, words: 'SCIM log' }
  return ''
}

const shownAtOnce = 3
const mostLines = 12

function changes(row: PlacedAudit): Markup {
  const lines = linesOf(row.changes)
  const rest = lines.slice(shownAtOnce)
  if (lines.length === 0) return html`<span class="soft">–</span>`
  return html`${lines.slice(0, shownAtOnce).map(line => lineOf(line))}${rest.length === 0 ? '' : html`<details><summary>${rest.length} more</summary>${rest.slice(0, mostLines).map(line => lineOf(line))}${rest.length > mostLines ? html`<div class="soft">and more, which the export has</div>` : ''}</details>`}`
}
