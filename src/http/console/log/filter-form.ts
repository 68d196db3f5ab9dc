// The form that filters the SCIM log, and what it cannot show in a field.
import { html } from 'hono/html'
import { selectField } from '../../look/filters.ts'
import type { Markup } from '../../look/page.ts'
import { theirs } from '../../look/words.ts'
import { type Filters, methods, providers, queryOf, spans, statusClasses } from './filters.ts'
import type { Wanted } from './wanted.ts'

export interface FilterForm {
  readonly path: string
  readonly filters: Filters
  readonly wanted: Wanted
  readonly tokenHints: readonly string[]
}

export function filterForm({ filters, wanted, tokenHints }: FilterForm): Markup {
  const { status, method, provider, within, token, from, to, q, person } = filters
  const hints = [...new Set([...tokenHints, ...(token === undefined ? [] : [token])])]
  const tokens = hints.map(hint => [hint, `…${hint}`] as const)
  const moment = (name: 'from' | 'to', label: string, value: string | undefined) =>
    html`<label>${label}<input type="datetime-local" name="${name}" value="${value ?? ''}"></label>`
  const isOpen = [method, provider, token, within, from, to].some(each => each !== undefined)
  return html`<form role="search"><div class="filters">
${selectField({ name: 'status', label: 'Status', choices: statusClasses, chosen: status, none: 'any' })}
<label class="wide">Person or group<input name="who" maxlength="200" placeholder="a name or an address" value="${wanted.text}"></label>
<label class="wide">Search <kbd>/</kbd><input type="search" name="q" maxlength="200" placeholder="a value, an id, a path" value="${q ?? ''}"></label>
${person === undefined ? '' : html`<input type="hidden" name="person" value="${person}">`}
<button class="main">Filter</button></div>
<details${isOpen ? html` open` : ''}><summary class="small">More filters</summary><div class="filters">
${selectField({ name: 'method', label: 'Method', choices: methods, chosen: method, none: 'any' })}
${selectField({ name: 'provider', label: 'From', choices: providers, chosen: provider, none: 'any' })}
${tokens.length === 0 ? '' : selectField({ name: 'token', label: 'Token', choices: tokens, chosen: token, none: 'any' })}
${selectField({ name: 'within', label: 'Time', choices: spans, chosen: within, none: 'any' })}
${moment('from', 'After (UTC)', from)}${moment('to', 'Until (UTC)', to)}</div></details></form>`
}

/** Whether it is known whom the rows are to be about, be it everybody. */
export const isSettled = ({ filters: { person }, wanted }: Pick<FilterForm, 'filters' | 'wanted'>): boolean =>
  wanted.text === '' || (person !== undefined && wanted.subjects.every(({ id }) => id === person))

/** What came of the name that was typed, and the way out of the filters. */
export function chosen({ path, filters, wanted }: FilterForm): Markup | '' {
  const { person, ...rest } = filters
  const all = html`<a href="${path}">Show everything</a>`
  if (isSettled({ filters, wanted }) && person !== undefined)
    return html`<p class="small">Only about <strong>${theirs(wanted.text)}</strong> · <a href="${path}${queryOf(rest)}">everybody</a> · ${all}</p>`
  if (wanted.text === '') return Object.keys(filters).length === 0 ? '' : html`<p class="small">${all}</p>`
  if (wanted.subjects.length === 0)
    return html`<p role="status">Nobody and no group here is called <strong>${theirs(wanted.text)}</strong>. Requests about somebody who is gone are found by searching. ${all}</p>`
  return html`<p role="status">Several are called like <strong>${theirs(wanted.text)}</strong>. Which one?</p>
<ul>${wanted.subjects.map(
    ({ id, type, name }) =>
      html`<li><a href="${path}${queryOf({ ...rest, person: id })}">${theirs(name)}</a> <span class="soft small">${type} <code>${id}</code></span></li>`,
  )}</ul>`
}
