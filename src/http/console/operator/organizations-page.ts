// How the list of all organizations looks, and the form that makes another one.
import { html } from 'hono/html'
import type { Refusal } from '../../../base/refusal.ts'
import type { readOverview } from '../../../manage/operators/organizations.ts'
import { pager } from '../../look/filters.ts'
import type { Markup } from '../../look/page.ts'
import { ago, csrfField, theirs } from '../../look/words.ts'
import type { ConsoleCall } from '../call.ts'
import { type ConsolePage, tabsOf } from '../frame.ts'
import { doneNotice, refusalNotice } from '../notice.ts'
import { onceField } from '../once.ts'

/** What the form came to. */
export interface Happened {
  readonly made?: { readonly id: string; readonly name: string; readonly owner: string }
  readonly refusal?: Refusal
  readonly typed?: { readonly name: string; readonly owner: string }
}

type Row = Awaited<ReturnType<typeof readOverview>>['results'][number]

interface Shown {
  readonly call: ConsoleCall
  readonly results: readonly Row[]
  readonly count: number
  readonly page: number
  readonly size: number
  readonly search: string | undefined
  readonly happened: Happened
}

export const operatorTabs = (here: 'organizations' | 'system'): Markup =>
  tabsOf('Operator', [
    ['/operator', 'Organizations', here === 'organizations'],
    ['/operator/system', 'System', here === 'system'],
  ])

export const organizationsPage = (shown: Shown): ConsolePage => ({
  title: 'Operator',
  section: 'operator',
  body: html`${operatorTabs('organizations')}
${notice(shown)}
<section><form class="filters" role="search" action="/operator">
<label class="wide">Search <kbd>/</kbd><input type="search" name="q" maxlength="200" placeholder="a name, a domain, an id" value="${shown.search ?? ''}"></label>
<button class="main">Search</button></form>
${shown.results.length === 0 ? nothing(shown) : table(shown)}
${pager({ ...shown, query: shown.search === undefined ? {} : { q: shown.search } })}</section>
${form(shown)}`,
})

function notice({ call, happened: { made, refusal } }: Shown): Markup | '' {
  if (refusal) return refusalNotice(refusal, { name: 'Name', owner: 'Owner' })
  if (!made) return ''
  const login = `${call.ctx.config.baseUrl}/login`
  return doneNotice(
    html`<strong>${theirs(made.name, 80)}</strong> is there. Tell ${theirs(made.owner)}, who owns it, to sign in at <a href="${login}">${login}</a>: a link comes by mail.`,
  )
}

const nothing = ({ search }: Shown): Markup =>
  search === undefined
    ? html`<p class="empty">There is no organization. Make the first one below.</p>`
    : html`<p class="empty">No organization matches. <a href="/operator">Show all</a></p>`

const table = ({ call, results }: Shown): Markup => html`<table class="cards">
<thead><tr><th scope="col">Organization</th><th scope="col">Members</th><th scope="col">Domains verified</th><th scope="col">Users pushed</th><th scope="col">Last push</th><th scope="col">Last refused</th><th scope="col">Made</th><th scope="col">Look at it</th></tr></thead>
<tbody>${results.map(row => organizationRow(call, row))}</tbody></table>`

const organizationRow = (
  call: ConsoleCall,
  row: Row,
): Markup => html`<tr><th scope="row" class="full">${theirs(row.name, 80)} <code class="soft">${row.slug}</code></th>
<td data-label="Members">${row.members}</td>
<td data-label="Domains verified">${row.domains === 0 ? html`<span class="soft">none</span>` : `${row.verified} of ${row.domains}`}</td>
<td data-label="Users pushed">${row.users}</td>
<td data-label="Last push" class="tight">${time(call, row.last_push_at)}</td>
<td data-label="Last refused" class="tight">${row.last_refused_at === null ? html`<span class="soft">never</span>` : html`<span class="warn">${time(call, row.last_refused_at)}</span>`}</td>
<td data-label="Made" class="tight">${ago(row.created_at, call.ctx.now())}</td>
<td class="full"><form method="post" action="/operator/organizations/${row.id}/enter">${csrfField(call)}<button aria-label="Open ${row.slug}">Open</button></form></td></tr>`

const time = ({ ctx }: ConsoleCall, iso: string | null): Markup =>
  iso === null ? html`<span class="soft">never</span>` : ago(iso, ctx.now())

const form = ({ call, happened: { typed } }: Shown): Markup => html`<section><h2>Make an organization</h2>
<p class="soft">For a customer: whoever has the address owns it from then on. You need not be in it to look after it.</p>
<form method="post" action="/operator" class="filters">${csrfField(call)}${onceField()}
<label class="wide">Name<input name="name" required maxlength="64" autocomplete="off" value="${typed?.name ?? ''}"></label>
<label class="wide">Owner’s e-mail address<input name="owner" type="email" required maxlength="254" autocomplete="off" value="${typed?.owner ?? ''}"></label>
<button class="main">Make organization</button></form></section>`
