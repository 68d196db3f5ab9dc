// The audit log of the organization: who changed what, before and after.
import { html } from 'hono/html'
import { readAuditLog } from '../../manage/audit.ts'
import type { Markup } from '../look/page.ts'
import { ago, theirs } from '../look/words.ts'
import type { OrganizationCall } from './call.ts'
import { showConsole } from './frame.ts'

type Row = Awaited<ReturnType<typeof readAuditLog>>['results'][number]

const rowsOnPage = 50
const mostPages = 10_000

export async function showAudit(call: OrganizationCall): Promise<Response> {
  const { ctx, c, caller } = call
  const search = c.req.query('q')?.trim().slice(0, 200) || undefined
  const page = Math.min(mostPages, Math.max(1, Math.trunc(Number(c.req.query('page') ?? 1)) || 1))
  const place = { limit: rowsOnPage, offset: (page - 1) * rowsOnPage }
  const { count, results } = await readAuditLog(ctx, caller, { search, ...place })
  const ndjson = `/api/organizations/${caller.organizationId}/audit_log?${new URLSearchParams({ format: 'ndjson', ...(search && { search }) })}`
  return showConsole(call, 200, {
    title: 'Audit log',
    section: 'audit',
    body: html`<section><form class="filters" role="search">
<label class="wide">Search <kbd>/</kbd><input type="search" name="q" maxlength="200" placeholder="who, what or which action" value="${search ?? ''}"></label>
<button class="main">Search</button><a class="button" href="${ndjson}">Everything as NDJSON</a></form>
${results.length === 0 ? html`<p class="empty">Nothing fits. <a href="/audit">Show everything</a></p>` : table(results, ctx.now())}
${pages({ page, count, search })}</section>`,
  })
}

const table = (rows: readonly Row[], now: Date): Markup => html`<table class="cards">
<thead><tr><th scope="col">When</th><th scope="col">Who</th><th scope="col">Action</th><th scope="col">Of what</th><th scope="col">Before → after</th></tr></thead>
<tbody>${rows.map(
  row => html`<tr><td class="tight">${ago(row.created_at, now)}</td><td>${theirs(row.actor.label, 80)} <span class="soft small">${kinds[row.actor.type]}</span></td>
<th scope="row" class="mono">${row.action}</th><td>${theirs(row.target.label, 80)}</td><td class="full">${changes(row)}</td></tr>`,
)}</tbody></table>`

const kinds: Readonly<Record<Row['actor']['type'], string>> = {
  user: '',
  api_key: 'by key',
  set_up_link: 'by set-up link',
  scim: 'by SCIM',
  saml: 'by SAML',
  system: 'by itself',
  operator: 'on the machine',
}

function changes({ changes: all, ip, request_id: requestId }: Row): Markup {
  const fields = Object.entries(all)
  const origin = html`<dt>From</dt><dd>${ip ?? '–'}${requestId === null ? '' : html`, request <code>${theirs(requestId)}</code>`}</dd>`
  return html`<details><summary>${fields.length === 0 ? 'nothing to compare' : fields.map(([field]) => field).join(', ')}</summary><dl>${fields.map(
    ([field, { before, after }]) =>
      html`<dt>${field}</dt><dd><code>${shown(before)}</code> → <code>${shown(after)}</code></dd>`,
  )}${origin}</dl></details>`
}

const shown = (value: unknown): Markup =>
  value === null || value === undefined
    ? html`nothing`
    : theirs(typeof value === 'string' ? value : JSON.stringify(value), 400)

function pages({ page, count, search }: { page: number; count: number; search: string | undefined }) {
  const link = (to: number, words: string) =>
    html`<a class="button" href="?${new URLSearchParams({ ...(search && { q: search }), page: String(to) })}">${words}</a>`
  const last = Math.ceil(count / rowsOnPage)
  return html`<p class="row small"><span class="soft">${count} in all</span><span class="push"></span>
${page > 1 ? link(page - 1, 'Newer') : ''}${page < last ? link(page + 1, 'Older') : ''}</p>`
}
