// One line of what a deed changed: what was added or removed, or what became of what.
import { html } from 'hono/html'
import type { Markup } from '../../look/page.ts'
import { theirs } from '../../look/words.ts'
import { levelName } from '../level.ts'
import type { Line } from './changes.ts'

const tones = { added: 'good', removed: 'bad', changed: 'warn' } as const
const mostValues = 6

/** `most`: characters of each value. */
export function lineOf({ field, kind, values }: Line, most = 120): Markup {
  const shown = values
    .slice(0, mostValues)
    .map(value => html`<code>${theirs(worded(field, value), most)}</code>`)
  const joined = shown.map((value, at) => html`${at === 0 ? '' : kind === 'changed' ? ' → ' : ', '}${value}`)
  return html`<div><span class="${tones[kind]}">${kind}</span> ${theirs(field, 80)}: ${joined}${values.length > mostValues ? ' …' : ''}</div>`
}

/** Levels by their names, and times as they are written elsewhere. */
function worded(field: string, value: string): string {
  if (/(^|_)level$/.test(field) && /^\d+$/.test(value)) return levelName(Number(value))
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? `${value.slice(0, 16).replace('T', ' ')} UTC` : value
}
