// Filters of a list, which stand in the URL of its page, and the way through its pages.
import { html } from 'hono/html'
import { storableText } from '../../base/storable.ts'
import type { Markup } from './page.ts'
import { readable } from './words.ts'

/** Values with the words for them. */
export type Choices = readonly (readonly [value: string, words: string, ...more: unknown[]])[]

/** The text of a parameter when it is one of the choices. */
export function readChoice<const C extends Choices>(
  params: URLSearchParams,
  name: string,
  choices: C,
): C[number][0] | undefined {
  const text = params.get(name)
  return choices.find(([value]) => value === text)?.[0]
}

export interface Field {
  readonly name: string
  readonly label: string
  readonly choices: Choices
  readonly chosen: string | undefined
  /** What stands for no choice; left out where there has to be one. */
  readonly none?: string | undefined
}

export const selectField = ({ name, label, choices, chosen, none }: Field): Markup =>
  html`<label>${label}<select name="${name}">${none === undefined ? '' : html`<option value="">${none}</option>`}
${choices.map(([value, words]) => html`<option value="${value}"${value === chosen ? html` selected` : ''}>${readable(words)}</option>`)}</select></label>`

const longestSearch = 200

/** What is looked for, as every database takes it; empty when nothing is. */
export const readSearch = (params: URLSearchParams): string =>
  storableText(params.get('q')?.trim().slice(0, longestSearch) ?? '')

const mostPages = 10_000

/** From 1, whatever stands there. */
export const readPage = (params: URLSearchParams, name = 'page'): number =>
  Math.min(mostPages, Math.max(1, Math.trunc(Number(params.get(name) ?? 1)) || 1))

interface Place {
  /** Of the parameter, where a page has several lists. */
  readonly name?: string
  readonly page: number
  readonly size: number
  readonly count: number
  /** What the URL of each page carries besides. */
  readonly query: Readonly<Record<string, string>>
}

export function pager({ name = 'page', page, size, count, query }: Place): Markup {
  const last = Math.max(1, Math.ceil(count / size))
  const link = (to: number, words: string, rel: string) =>
    html`<a class="button" rel="${rel}" href="?${new URLSearchParams({ ...query, [name]: String(to) })}">${words}</a>`
  return html`<p class="row small"><span class="soft">${count} in all${last > 1 ? `, page ${page} of ${last}` : ''}</span><span class="push"></span>
${page > 1 ? link(Math.min(page - 1, last), 'Back', 'prev') : ''}${page < last ? link(page + 1, 'Next', 'next') : ''}</p>`
}
