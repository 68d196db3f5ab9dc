// One row of the SCIM log, in the page and as the live log sends it.
import { html } from 'hono/html'
import type { NamedRequest } from '../../../manage/domains/scim-log/names.ts'
import type { Markup } from '../../look/page.ts'
import { ago, state, type Tone, theirs } from '../../look/words.ts'
import { type Filters, providers, queryOf } from './filters.ts'

export interface Around {
  readonly domainId: string
  readonly filters: Filters
  readonly now: Date
}

export function logRow(row: NamedRequest, { domainId, filters, now }: Around): Markup {
  const entry = `/domains/${domainId}/scim-log/${row.id}`
  return html`<tr id="row-${row.id}"><td class="tight">${ago(row.created_at, now)}</td>
<td class="tight">${statusOf(row.response_status)}</td>
<td class="tight mono">${row.request_method || '–'}</td>
<th scope="row" class="full"><a href="${entry}">${theirs(row.outcome)}</a></th>
<td>${whom(row, filters)}</td>
<td class="tight">${providerName(row.identity_provider)}</td>
<td class="tight number" data-label="ms">${Math.round(row.duration_ms)}</td>
<td class="tight mono">${row.token_hint === null ? '–' : html`…${theirs(row.token_hint)}`}</td></tr>`
}

const toneOf = (status: number): Tone => (status >= 500 ? 'bad' : status >= 400 ? 'warn' : 'good')
const wordOf = (status: number) => (status >= 500 ? 'failed' : status >= 400 ? 'refused' : 'ok')

export const statusOf = (status: number): Markup => state(toneOf(status), `${status} ${wordOf(status)}`)

export const providerName = (provider: string): string =>
  providers.find(([name]) => name === provider)?.[1] ?? provider

function whom({ resource_id: id, resource_name: name, resource_type: type }: NamedRequest, filters: Filters) {
  if (id === null) return html`<span class="soft">${type === null ? '–' : `${type}s`}</span>`
  return html`<a href="${queryOf(filters, { person: id })}">${name === null ? html`${type ?? ''} <code>${id.slice(0, 8)}</code>` : theirs(name, 80)}</a>`
}
