// The timeline of a person's page: filters, entries with what they changed folded, and the way to older ones.
import { html } from 'hono/html'
import type { TimelineEntry } from '../../../manage/people/entries.ts'
import type { TimelineKind } from '../../../manage/people/timeline.ts'
import type { Markup } from '../../look/page.ts'
import { ago, state, theirs } from '../../look/words.ts'
import { linesOf } from '../audit/changes.ts'
import { lineOf } from '../audit/line.ts'
import { queryOf } from '../log/filters.ts'
import { type Told, tell } from './sentences.ts'

export interface ShownTimeline {
  readonly entries: readonly TimelineEntry[]
  readonly hasOlder: boolean
  readonly isNewest: boolean
  readonly kind: TimelineKind | undefined
  /** What the URL carries besides. */
  readonly query: Readonly<Record<string, string>>
  readonly domains: ReadonlyMap<string, string>
  /** By what their refused requests can be looked for, and in the logs of which domains. */
  readonly address: string | null
  readonly pushing: readonly { readonly id: string; readonly name: string }[]
  readonly userIds: ReadonlySet<string>
  readonly now: Date
}

export const kinds = [
  ['scim', 'SCIM'],
  ['sign-ins', 'Sign-ins'],
  ['changes', 'Changes'],
] as const satisfies readonly (readonly [TimelineKind, string])[]

export function timelineSection(shown: ShownTimeline): Markup {
  const { entries, isNewest, kind, query } = shown
  const url = (more: Record<string, string>) => {
    const text = new URLSearchParams({ ...query, ...more }).toString()
    return text === '' ? '?' : `?${text}`
  }
  const choice = kind === undefined ? {} : { show: kind }
  return html`<section id="timeline"><h2>Timeline</h2>
<nav class="choice" aria-label="What is shown">${[[undefined, 'Everything'] as const, ...kinds].map(
    ([name, words]) =>
      html`<a href="${url(name === undefined ? {} : { show: name })}"${name === kind ? html` aria-current="true"` : ''}>${words}</a>`,
  )}</nav>
${isNewest ? '' : html`<p><a class="button" href="${url(choice)}">Newest</a></p>`}
${entries.length === 0 ? nothing(shown) : html`<ol class="timeline">${entries.map(entry => item(shown, entry))}</ol>`}
${older(shown, before => url({ ...choice, before }))}${refusedBefore(shown)}</section>`
}

/** Their rows are masked, and fit others as well: no timeline can say that they are somebody's. */
function refusedBefore({ kind, address, pushing }: ShownTimeline): Markup | '' {
  const isOfScim = kind === undefined || kind === 'scim'
  if (!isOfScim || address === null || pushing.length === 0) return ''
  const query = queryOf({ status: '4xx', q: address })
  return html`<p class="soft small">What was refused before there was a user is not here, but in the SCIM log: look for requests that may be theirs at ${pushing.map(
    ({ id, name }, at) => html`${at > 0 ? ', ' : ''}<a href="/domains/${id}/scim-log${query}">${name}</a>`,
  )}.</p>`
}

function nothing({ kind, isNewest }: ShownTimeline): Markup {
  if (!isNewest) return html`<p class="empty">There is nothing older.</p>`
  return kind === undefined
    ? html`<p class="empty">Nothing is known yet. Pushes, sign-ins and invites appear here as they happen.</p>`
    : html`<p class="empty">There is nothing of this kind.</p>`
}

function older({ entries, hasOlder }: ShownTimeline, url: (before: string) => string): Markup | '' {
  const last = entries.at(-1)
  if (!hasOlder || !last) return ''
  return html`<p class="row"><a class="button push" rel="next" href="${url(last.id)}">Older</a></p>`
}

function item(shown: ShownTimeline, entry: TimelineEntry): Markup {
  const told: Told = tell(entry, shown)
  return html`<li class="${told.tone}"><p class="what">${ago(entry.at, shown.now)}<a href="${told.href}">${told.sentence}</a></p>
<p class="small">${state(told.tone, told.kind)} <span class="soft">${told.by}</span></p>
${told.advice === undefined ? '' : html`<p class="small">${theirs(told.advice, 400)}</p>`}${changed(entry)}</li>`
}

/** So many lines of each entry are shown; the log that it leads to has the others. */
const mostLines = 3
const mostCharacters = 40

function changed(entry: TimelineEntry): Markup | '' {
  const changes = entry.kind === 'change' ? [entry.first, ...entry.changes] : entry.changes
  // Who else came into a group or left it is on the page of the group.
  const told = changes.filter(({ action, target }) => action !== 'session.created' && target.type !== 'group')
  const lines = told.flatMap(({ action, changes: of }) => linesOf(of).map(line => ({ action, line })))
  if (lines.length === 0) return ''
  const fields = [...new Set(lines.map(({ line }) => line.field))]
  const shown = [...Map.groupBy(lines.slice(0, mostLines), ({ action }) => action)]
  return html`<details><summary>${fields.slice(0, 4).map((field, at) => html`${at > 0 ? ', ' : ''}${theirs(field, 40)}`)}${fields.length > 4 ? ` and ${fields.length - 4} more` : ''}</summary>
${shown.map(([action, some]) => html`<p class="small"><code>${action}</code></p>${some.map(({ line }) => lineOf(line, mostCharacters))}`)}${lines.length > mostLines ? html`<p class="small soft">and ${lines.length - mostLines} more</p>` : ''}</details>`
}
