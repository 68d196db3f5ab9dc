// Before and after: what a request changed or would change, attribute by attribute.
import { html } from 'hono/html'
import type { Effect, Effects } from '../../../../manage/domains/scim-log/effects.ts'
import { isObject } from '../../../../scim/resource.ts'
import type { Markup } from '../../../look/page.ts'
import { theirs } from '../../../look/words.ts'
import { type Line, linesOf } from '../../audit/changes.ts'
import { levelName } from '../../level.ts'

export interface Answered {
  readonly method: string
  readonly status: number
  /** The body of the answer: what something new was made with. */
  readonly answer: unknown
  /** Whether it was only tried. */
  readonly isTrial?: true
}

/** Empty for what was refused and for look-ups, which change nothing anyway. */
export function effectsOf(effects: Effects, answered: Answered): Markup | '' {
  const { method, status, isTrial } = answered
  if (status >= 400) return ''
  if (effects.all.length > 0) return html`${effects.all.map(effect => effectOf(effect, effects, answered))}`
  return method === 'GET'
    ? ''
    : html`<p class="soft">Nothing: everything ${isTrial ? 'is' : 'was'} so already.</p>`
}

function effectOf(effect: Effect, { all, names }: Effects, { answer }: Answered): Markup {
  const { action, target, changes } = effect
  const isNew = action.endsWith('.created')
  // Of what is new the audit log has no more than what followed from it.
  const lines = [...(isNew && all.length <= mostWithAnswer ? newLines(answer) : []), ...linesOf(changes)]
  const told = theirs(names.get(target.id) ?? target.label, 80)
  const heading = html`<h3>${sentences.get(action) ?? action.replace('.', ' ')}: ${told}</h3>`
  if (action.endsWith('.deleted'))
    return html`${heading}<p class="soft">What it held is kept nowhere.</p>${lines.length > 0 ? table(lines, names) : ''}`
  return html`${heading}${lines.length > 0 ? table(lines, names) : ''}`
}

/** The answer of a single request, not of a bulk: the new resource and levels that followed from it. */
const mostWithAnswer = 20

const sentences = new Map([
  ['user.created', 'New user'],
  ['user.updated', 'User'],
  ['user.deleted', 'User deleted'],
  ['group.created', 'New group'],
  ['group.updated', 'Group'],
  ['group.deleted', 'Group deleted'],
  ['member.level_changed', 'Level of'],
])

const ours = new Set(['schemas', 'id', 'meta', 'Operations', 'members'])

function newLines(answer: unknown): Line[] {
  if (!isObject(answer)) return []
  const told = Object.entries(answer).filter(([name]) => !ours.has(name))
  return linesOf(Object.fromEntries(told.map(([name, value]) => [name, { before: null, after: value }])))
}

const mostLines = 60

const table = (lines: readonly Line[], names: Effects['names']): Markup => html`<table class="cards compare">
<thead><tr><th scope="col">Attribute</th><th scope="col">Before</th><th scope="col">After</th></tr></thead>
<tbody>${lines.slice(0, mostLines).map(line => row(line, names))}</tbody></table>
${lines.length > mostLines ? html`<p class="soft small">And ${lines.length - mostLines} more.</p>` : ''}`

function row({ field, kind, values }: Line, names: Effects['names']): Markup {
  const was = kind === 'added' ? [] : kind === 'changed' ? values.slice(0, 1) : values
  const is = kind === 'removed' ? [] : kind === 'changed' ? values.slice(1) : values
  const side = (label: string, mark: 'del' | 'ins', all: readonly string[]) =>
    html`<td data-label="${label}">${all.length === 0 ? html`<span class="soft">–</span>` : shown(all, mark, value => worded(field, value, names))}</td>`
  const isLeft = field === 'membership' && is[0] !== 'active'
  return html`<tr><th scope="row" class="full">${fieldName(field)}</th>${side('Before', 'del', was)}${side('After', 'ins', is)}</tr>
${isLeft ? html`<tr><td></td><td colspan="2" class="soft small full">Sessions, API keys and invites end with it.</td></tr>` : ''}`
}

const fields = new Map([['group', 'given by the group']])

/** Of an attribute of an extension without the URN in front of it. */
const fieldName = (field: string): Markup =>
  theirs(fields.get(field) ?? field.slice(field.lastIndexOf(':') + 1), 80)

const mostValues = 20
const longestValue = 300
/** Of one side of one attribute. */
const mostCharacters = 900

function shown(all: readonly string[], mark: 'del' | 'ins', worded: (value: string) => string): Markup {
  const first = beginningOf(all.slice(0, mostValues).map(worded))
  const marked = (text: Markup) => (mark === 'del' ? html`<del>${text}</del>` : html`<ins>${text}</ins>`)
  return html`${first.map((value, at) => html`${at > 0 ? ' ' : ''}${marked(theirs(value, longestValue))}`)}${all.length > first.length ? html` <span class="soft">and ${all.length - first.length} more</span>` : ''}`
}

/** Few long values say as much as many short ones. */
function beginningOf(values: readonly string[]): readonly string[] {
  let left = mostCharacters
  return values.filter((value, at) => {
    left -= Math.min(value.length, longestValue)
    return at === 0 || left >= 0
  })
}

function worded(field: string, value: string, names: Effects['names']): string {
  if (field === 'level' && /^\d+$/.test(value)) return levelName(Number(value))
  return names.get(value) ?? value
}
