// The organizations that one belongs to: looked through where they are many, and the one that is looked at chosen.
import { html } from 'hono/html'
import { readOwnOrganizations } from '../../manage/account.ts'
import { enterOrganization } from '../../manage/caller.ts'
import { leaveOrganization } from '../../manage/operators/entering.ts'
import { pager, readPage, readSearch } from '../look/filters.ts'
import type { Markup } from '../look/page.ts'
import { state, theirs } from '../look/words.ts'
import type { ConsoleCall } from './call.ts'
import { showConsole } from './frame.ts'
import { levelName } from './level.ts'
import { rowButton, rowForm } from './row-form.ts'

const onPage = 25

type Own = Awaited<ReturnType<typeof readOwnOrganizations>>['results'][number]

export async function list(call: ConsoleCall): Promise<Response> {
  const params = new URL(call.c.req.url).searchParams
  const q = readSearch(params)
  const page = readPage(params)
  const place = { search: q || undefined, limit: onPage, offset: (page - 1) * onPage }
  const { count, results } = await readOwnOrganizations(call.ctx, call.principal, place)
  return showConsole(call, 200, {
    title: 'Your organizations',
    body: html`<section><form class="filters" role="search">
<label class="wide">Search <kbd>/</kbd><input type="search" name="q" maxlength="200" placeholder="part of a name" value="${q}"></label>
<button class="main">Search</button></form>
${results.length > 0 ? table(call, results) : count > 0 ? html`<p class="empty">There is nothing on this page.</p>` : nothing(q)}
${pager({ page, size: onPage, count, query: q === '' ? {} : { q } })}</section>`,
  })
}

const nothing = (q: string): Markup =>
  q === ''
    ? html`<p class="empty">You are not in any organization at present. Ask an administrator for an invite.</p>`
    : html`<p class="empty">No organization of yours matches. <a href="/organizations">Show all</a></p>`

const table = (
  call: ConsoleCall,
  results: readonly Own[],
): Markup => html`${rowForm(call)}<table class="cards">
<thead><tr><th scope="col">Organization</th><th scope="col">Your level</th><th scope="col">Look at it</th></tr></thead>
<tbody>${results.map(own => row(call, own))}</tbody></table>`

const row = ({ account }: ConsoleCall, { id, name, slug, membership_level: level }: Own): Markup =>
  html`<tr><th scope="row" class="full">${theirs(name, 80)} <code class="soft">${slug}</code></th>
<td data-label="Your level">${levelName(level)}</td>
<td class="push">${id === account.organization?.id ? state('good', 'here') : rowButton({ to: '/organization', words: 'Open', label: `Open ${slug}`, value: ['organization', id] })}</td></tr>`

/** What is looked at from now on; refused for organizations that one is not in. An operator is one no longer there. */
export async function choose({ ctx, c, principal, form }: ConsoleCall): Promise<Response> {
  await enterOrganization(ctx, principal, form.get('organization') ?? '')
  await leaveOrganization(ctx, principal)
  return c.redirect('/', 303)
}
