// One row of the SCIM log, in the page and as the live log sends it.
import { html } from 'hono/html'
import type { NamedRequest } from '../../../manage/domains/scim-log/names.ts'
import type { Markup } from '../../look/page.ts'
import { ago, state, type Tone, theirs } from '../../look/words.ts'
import { type Filters, providers, queryOf } from './filters.ts'

export interface Around {
  readonly filters: Filters
  readonly now: Date
}

/** Its links are relative, to keep a page of many rows light. */
export function logRow(row: NamedRequest, { filters, now }: Around): Markup {
  return html`<tr id="row-${row.id}"><td class="tight">${ago(row.created_at, now)}</td>
<td class="tight">${statusOf(row.response_status)}</td>
<td class="tight mono">${row.request_method || '–'}</td>
<th scope="row" class="full"><a href="scim-log/${row.id}">${theirs(row.outcome)}</a></th>
<td class="roomy">${whom(row, filters)}</td>
<td class="tight">${providerName(row.identity_provider)}</td>
<td class="tight number" data-label="ms">${Math.round(row.duration_ms)}</td>
<td class="tight mono">${row.token_hint === null ? '–' : html`…${theirs(row.token_hint)}`}</td></tr>`
}

export const toneOf = (status: number): Tone => (status >= 500 ? 'bad' : status >= 400 ? 'warn' : 'good')
const wordOf = (status: number) => (status >= 500 ? 'failed' : status >= 400 ? 'refused' : 'ok')

export const statusOf = (status: number): Markup => state(toneOf(status), `${status} ${wordOf(status)}`)

/** How the section with a verdict looks. */
export const answerClass = (status: number): string =>
  ({ good: 'yes', warn: 'maybe', bad: 'no', off: '' })[toneOf(status)]

export const providerName = (provider: string): string =>
  providers.find(([name]) => name === provider)?.[1] ?? provider

function whom({ resource_id: id, resource_name: name, resource_type: type }: NamedRequest, filters: Filters) {
  if (id === null) return html`<span class="soft">${type === null ? '–' : `${type}s`}</span>`
  return html`<a href="${queryOf(filters, { person: id })}">${name === null ? html`${type ?? ''} <code>${id.slice(0, 8)}</code>` : theirs(name, 80)}</a>`
}
