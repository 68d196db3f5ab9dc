// One sign-in as a row of the list, in the page and as the live list sends it.
import { html } from 'hono/html'
import type { ListedSignIn } from '../../../manage/sign-ins/list.ts'
import { titleOf } from '../../attempt/step-words.ts'
import type { Markup } from '../../look/page.ts'
import { ago, state, theirs } from '../../look/words.ts'
import { kinds } from './filters.ts'

export const pathOf = ({ domain_id, id }: Pick<ListedSignIn, 'domain_id' | 'id'>): string =>
  `/sign-ins/${domain_id}/${id}`

export const signInRow = (row: ListedSignIn, now: Date): Markup =>
  html`<tr id="row-${row.id}"><td class="tight">${ago(row.created_at, now)}</td>
<td class="tight">${result(row)}</td>
<th scope="row" class="full"><a href="${pathOf(row)}">${row.reason ?? (row.kind === 'test' ? 'The test went all the way' : 'Signed in')}</a></th>
<td>${whom(row)}</td>
<td class="tight">${row.domain}</td>
<td class="tight">${kindWords(row.kind)}</td>
<td class="tight"${row.stoppedAt === null ? '' : html` data-label="stopped at"`}>${row.stoppedAt === null ? '' : titleOf(row.stoppedAt)}</td>
<td class="tight number" data-label="ms">${Math.round(row.duration_ms)}</td></tr>`

export const result = ({ outcome }: Pick<ListedSignIn, 'outcome'>): Markup =>
  outcome === 'accepted' ? state('good', 'accepted') : state('bad', 'refused')

export const kindWords = (kind: ListedSignIn['kind']): string =>
  kinds.find(([name]) => name === kind)?.[1] ?? kind

/** By the name here, else by what came. */
export function whom({ person, email, name_id }: Pick<ListedSignIn, 'person' | 'email' | 'name_id'>): Markup {
  if (person) return html`<a href="/people/${person.id}">${theirs(person.name, 80)}</a>`
  if (email !== null)
    return html`<a href="/people?${new URLSearchParams({ email })}">${theirs(email, 80)}</a>`
  return name_id === null ? html`<span class="soft">not known</span>` : theirs(name_id, 80)
}
