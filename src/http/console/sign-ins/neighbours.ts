// What stands around a sign-in: the ones before and after it at its domain, and others of the same person.
import { html } from 'hono/html'
import type { SignInEntry } from '../../../manage/sign-ins/entry.ts'
import type { Markup } from '../../look/page.ts'
import { ago, theirs } from '../../look/words.ts'
import { queryOf } from './filters.ts'
import { kindWords, pathOf, result } from './row.ts'

export function neighbours({ domain, olderId, newerId }: SignInEntry): Markup {
  const link = (id: string | null, words: string) =>
    id === null
      ? html`<span class="soft">${words}</span>`
      : html`<a href="${pathOf({ domain_id: domain.id, id })}">${words}</a>`
  return html`<nav class="row small" aria-label="Neighbours"><a href="/sign-ins">All sign-ins</a> · <a href="/sign-ins${queryOf({ domain: domain.id })}">those of ${domain.domain}</a><span class="push"></span>${link(olderId, '← Older')}${link(newerId, 'Newer →')}</nav>`
}

export function others({ address, others: all }: SignInEntry, now: Date): Markup | '' {
  if (address === null) return ''
  return html`<section><h2>Others of ${theirs(address, 100)}</h2>
${
  all.length === 0
    ? html`<p class="soft">This is the only attempt.</p>`
    : html`<ul>${all.map(each => html`<li><a href="${pathOf(each)}">${each.reason ?? (each.kind === 'test' ? 'The test went all the way' : 'Signed in')}</a> ${result(each)} <span class="soft small">${ago(each.created_at, now)}, ${kindWords(each.kind)}</span></li>`)}</ul>
<p class="small"><a href="/sign-ins${queryOf({ q: address })}">All of this address</a></p>`
}</section>`
}
