// How the list of sign-ins looks: the filters, a row for each attempt, and the next step where there is none.
import { html } from 'hono/html'
import { type ListedSignIn, type NamedDomain, refusalTitles } from '../../../manage/sign-ins/list.ts'
import { selectField } from '../../look/filters.ts'
import type { Markup } from '../../look/page.ts'
import { on, theirs } from '../../look/words.ts'
import type { ConsolePage } from '../frame.ts'
import { liveSwitch, rowKeys } from '../live-switch.ts'
import { spans } from '../log/filters.ts'
import { type Filters, isFiltered, kinds, outcomes, queryOf } from './filters.ts'
import { signInRow } from './row.ts'

export interface ShownList {
  readonly domains: readonly NamedDomain[]
  readonly filters: Filters
  readonly rows: readonly ListedSignIn[]
  readonly hasOlder: boolean
  /** How far back was looked, where that is not everything. */
  readonly lookedTo: { readonly id: string; readonly created_at: string } | undefined
  readonly isNewest: boolean
  readonly now: Date
}

export const listPage = (list: ShownList): ConsolePage => ({
  title: 'Sign-ins',
  section: 'signIns',
  body: html`<section>${filterForm(list)}${chosen(list)}
<div class="row">${list.isNewest ? liveSwitch(`/sign-ins/live${queryOf(list.filters)}`, list.now) : html`<a class="button" href="/sign-ins${queryOf(list.filters)}">Newest</a>`}${rowKeys}</div>
<table class="cards" id="log"${list.rows.length === 0 ? html` hidden` : ''}>
<thead><tr><th scope="col">When</th><th scope="col">Result</th><th scope="col">What happened</th><th scope="col">Person</th><th scope="col">Domain</th><th scope="col">Kind</th><th scope="col">Stopped at</th><th scope="col" class="number">ms</th></tr></thead>
<tbody>${list.rows.map(row => signInRow(row, list.now))}</tbody></table>
${list.rows.length === 0 ? html`<div class="empty" id="nothing">${nothing(list)}</div>` : ''}
${older(list)}</section>`,
})

const filterForm = ({ domains, filters }: ShownList): Markup => html`<form class="filters" role="search">
${selectField({ name: 'outcome', label: 'Result', choices: outcomes, chosen: filters.outcome, none: 'any' })}
${selectField({ name: 'code', label: 'Refused because', choices: refusalTitles, chosen: filters.code, none: 'any' })}
${selectField({ name: 'kind', label: 'Kind', choices: kinds, chosen: filters.kind, none: 'any' })}
${domains.length < 2 ? '' : selectField({ name: 'domain', label: 'Domain', choices: offered(domains, filters), chosen: filters.domain, none: 'all' })}
${selectField({ name: 'within', label: 'Time', choices: spans, chosen: filters.within, none: 'any' })}
<label class="wide">Search <kbd>/</kbd><input type="search" name="q" maxlength="200" placeholder="an address, a NameID, a trace id" value="${filters.q ?? ''}"></label>
${filters.person ? html`<input type="hidden" name="person" value="${filters.person}">` : ''}
<button class="main">Filter</button></form>`

const mostOffered = 30

/** Of many domains the first ones and the one that is chosen; others are found by a part of an address. */
const offered = (domains: readonly NamedDomain[], { domain }: Filters) =>
  domains.filter(({ id }, at) => at < mostOffered || id === domain).map(({ id, name }) => [id, name] as const)

/** What is filtered by and no field shows. */
function chosen({ filters, rows }: ShownList): Markup | '' {
  if (!isFiltered(filters)) return ''
  const all = html`<a href="/sign-ins">Show everything</a>`
  const { person, ...rest } = filters
  if (person === undefined) return html`<p class="small">${all}</p>`
  const name = rows.find(row => row.person?.id === person)?.person?.name ?? person
  return html`<p class="small">Only those of <strong>${theirs(name, 80)}</strong> · <a href="/sign-ins${queryOf(rest)}">everybody</a> · ${all}</p>`
}

function nothing({ domains, filters, isNewest, lookedTo }: ShownList): Markup {
  if (lookedTo) return html`<p>Nothing matches among the newest.</p>`
  if (isFiltered(filters) || !isNewest)
    return html`<p>Nothing matches. <a href="/sign-ins">Show everything</a></p>`
  const [first] = domains
  return html`<p>Nobody has come in through SAML yet. ${
    first
      ? html`Set it up on the page of <a href="/domains/${first.id}#saml">${first.name}</a>, then start a test sign-in there.`
      : html`<a href="/">Add a domain</a> first; then its identity provider can sign people in.`
  }</p>`
}

function older({ rows, hasOlder, lookedTo, filters }: ShownList): Markup | '' {
  if (lookedTo)
    return html`<p class="row"><span class="small push">Looked back to ${on(lookedTo.created_at)}.</span><a class="button" href="/sign-ins${queryOf(filters, { before: lookedTo.id })}" rel="next">Look further back</a></p>`
  const last = rows.at(-1)
  if (!hasOlder || !last) return ''
  return html`<p class="row"><a class="button push" href="/sign-ins${queryOf(filters, { before: last.id })}" rel="next">Older</a></p>`
}
