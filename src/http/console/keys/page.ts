// How the page of API keys looks.
import { html } from 'hono/html'
import type { readKeysOfOthers } from '../../../manage/api-keys/reach.ts'
import type { readApiKeys } from '../../../manage/api-keys.ts'
import { pager, selectField } from '../../look/filters.ts'
import type { Markup } from '../../look/page.ts'
import { ago, copyable, csrfField, on, state, theirs } from '../../look/words.ts'
import type { OrganizationCall } from '../call.ts'
import type { ConsolePage } from '../frame.ts'
import { onceField } from '../once.ts'
import { rowButton, rowForm } from '../row-form.ts'
import { scopeFields, scopeList } from './scopes.ts'

/** Of one's own and, below, of others. */
export const keysOnPage = 15

/** Of the organizations that one key opens. */
export const mostNamed = 3

export const expiries = [
  ['90', 'in 90 days', 90],
  ['7', 'in 7 days', 7],
  ['30', 'in 30 days', 30],
  ['365', 'in a year', 365],
  ['never', 'never', null],
] as const

type Own = Awaited<ReturnType<typeof readApiKeys>>
type Others = Awaited<ReturnType<typeof readKeysOfOthers>>

interface Shown {
  readonly own: Own
  /** Of the organizations that they open, by their ids. */
  readonly names: ReadonlyMap<string, string>
  /** Undefined for whoever may not see them. */
  readonly others: Others | undefined
  readonly pages: { readonly own: number; readonly others: number }
  readonly notice: Markup | ''
}

export const keysPage = (call: OrganizationCall, shown: Shown): ConsolePage => ({
  title: 'API keys',
  section: 'keys',
  body: html`${shown.notice}${rowForm(call)}
<section><h2>Your keys</h2>
${shown.own.results.length === 0 ? html`<p class="empty">You have no API key. Make one below for a script or another program; the <a href="/docs">documentation</a> says what it can call.</p>` : ownTable(call, shown)}
${pagerOf('own', shown.own.count, shown.pages)}</section>
${newKeyForm(call)}
${shown.others ? othersSection(call, shown.others, shown.pages) : ''}`,
})

function pagerOf(name: 'own' | 'others', count: number, pages: Shown['pages']): Markup | '' {
  if (count <= keysOnPage && pages[name] === 1) return ''
  const query = { own: String(pages.own), others: String(pages.others) }
  return pager({ name, page: pages[name], size: keysOnPage, count, query })
}

export const newKeyNotice = (label: string, value: string): Markup =>
  html`<div class="notice fine" role="status"><p><strong>The key “${theirs(label, 80)}”. It is shown only this once; copy it now.</strong></p>
${copyable('api-key', value)}</div>`

const ownTable = (
  call: OrganizationCall,
  { own: { results }, names }: Shown,
): Markup => html`<table class="cards">
<thead><tr><th scope="col">Name</th><th scope="col">Ends in</th><th scope="col">May</th><th scope="col">Organizations</th><th scope="col">Last used</th><th scope="col">Expires</th><th scope="col">End it</th></tr></thead>
<tbody>${results.map(
  key => html`<tr><th scope="row" class="full">${theirs(key.label, 80)}</th>
<td><code>…${key.hint}</code></td><td>${scopeList(key.scopes)}</td>
<td data-label="Organizations">${organizationsOf(names, key.organizations)}</td>
<td class="tight" data-label="Last used">${lastUse(call, key.last_used_at)}</td>
<td class="tight" data-label="Expires">${expiry(call, key.expires_at)}</td>
<td class="full"><details><summary>Revoke …</summary><p>${key.last_used_at === null ? 'Nobody has used it yet.' : html`It was used ${ago(key.last_used_at, call.ctx.now())}: whoever still has it is refused from then on.`}</p>
${rowButton({ to: `/keys/${key.id}/revoke`, words: `Revoke the key …${key.hint}`, isRisky: true })}</details></td></tr>`,
)}</tbody></table>`

function organizationsOf(names: Shown['names'], ids: readonly string[] | null): Markup | string {
  if (ids === null) return 'all of yours'
  const rest = ids.length - mostNamed
  return html`${ids.slice(0, mostNamed).map((id, at) => {
    const name = names.get(id)
    return html`${at > 0 ? ', ' : ''}${name === undefined ? html`<code>${id}</code>` : theirs(name, 60)}`
  })}${rest > 0 ? html` <span class="soft">and ${rest} more</span>` : ''}`
}

const lastUse = ({ ctx }: OrganizationCall, at: string | null): Markup =>
  at === null ? html`<span class="soft">never</span>` : ago(at, ctx.now())

function expiry({ ctx }: OrganizationCall, at: string | null): Markup {
  if (at === null) return html`<span class="soft">never</span>`
  return at <= ctx.now().toISOString() ? state('bad', 'expired') : on(at)
}

function newKeyForm(call: OrganizationCall): Markup {
  const { account, form } = call
  const { organization, hasMore } = account
  const open = hasMore && organization ? [organization] : account.organizations
  const organizations = open.map(({ id, name }) => [id, name] as const)
  const chosen = form.get('organization') ?? account.organization?.id
  return html`<section><h2>Make a key</h2><form method="post" action="/keys">${csrfField(call)}${onceField()}
<div class="filters"><label class="wide">Name<input name="label" required maxlength="128" placeholder="what it is for" value="${form.get('label')?.slice(0, 128) ?? ''}"></label>
${selectField({ name: 'expiry', label: 'Expires', choices: expiries, chosen: form.get('expiry') ?? undefined })}
${selectField({ name: 'organization', label: 'Opens', choices: organizations, chosen, none: 'all my organizations' })}</div>
${scopeFields(form.getAll('scope'))}
${hasMore ? html`<p class="soft small">To make a key for another organization, switch to it first.</p>` : ''}
<button class="main">Make the key</button></form></section>`
}

const othersSection = (
  call: OrganizationCall,
  { count, results }: Others,
  pages: Shown['pages'],
): Markup => html`<section>
<h2>Keys of others that open this organization</h2>
${results.length === 0 ? html`<p class="empty">Nobody else has a key that opens this organization.</p>` : othersTable(call, results)}
${pagerOf('others', count, pages)}</section>`

const othersTable = (call: OrganizationCall, keys: Others['results']): Markup => html`<table class="cards">
<thead><tr><th scope="col">Owner</th><th scope="col">Name</th><th scope="col">May</th><th scope="col">Last used</th><th scope="col">Expires</th><th scope="col">End it</th></tr></thead>
<tbody>${keys.map(
  key => html`<tr><th scope="row" class="full"><a href="/people/${key.owner.id}">${theirs(key.owner.email, 80)}</a></th>
<td>${theirs(key.label, 80)} <code>…${key.hint}</code></td><td>${scopeList(key.scopes)}</td>
<td class="tight" data-label="Last used">${lastUse(call, key.last_used_at)}</td>
<td class="tight" data-label="Expires">${expiry(call, key.expires_at)}</td>
<td class="full">${key.is_closable ? closing(key) : html`<span class="soft small">above your level</span>`}</td></tr>`,
)}</tbody></table>`

const closing = ({ id, hint, owner }: Others['results'][number]): Markup =>
  html`<details><summary>Close …</summary><p>It will no longer open this organization. For other organizations of ${theirs(owner.email, 60)} it stays valid.</p>
${rowButton({ to: `/keys/${id}/close`, words: `Close the key …${hint}`, isRisky: true })}</details>`
