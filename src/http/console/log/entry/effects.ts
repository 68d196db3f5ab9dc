// Before and after: what a request changed or would change, attribute by attribute.
import { html } from 'hono/html'
import type { Effect, Effects } from '../../../../manage/domains/scim-log/effects.ts'
import { isObject } from '../../../../scim/resource.ts'
import type { Markup } from '../../../look/page.ts'
import { fitting, theirs } from '../../../look/words.ts'
import { type Line, linesOf } from '../../audit/changes.ts'
import { levelName } from '../../level.ts'

export interface Answered {
  readonly method: string
  readonly path: string
  readonly status: number
  /** The body of the answer: what something new was made with. */
  readonly answer: unknown
  /** Whether it was only tried. */
  readonly isTrial?: true
}

/** Of a page; a bulk may change a thousand resources. */
const mostBytes = 9000

/** Empty for what was refused and for look-ups, which change nothing anyway. */
export function effectsOf(effects: Effects, answered: Answered): Markup | '' {
  const { status, isTrial } = answered
  const { all, hasMore } = effects
  if (status >= 400 || (all.length === 0 && isLookUp(answered))) return ''
  if (all.length === 0)
    return status === 202
      ? html`<p class="soft">Nothing yet: it was accepted, and is done a little later.</p>`
      : html`<p class="soft">Nothing: everything ${isTrial ? 'is' : 'was'} so already.</p>`
  // What was asked for stands before what followed from it.
  const [asked, followed] = [all.filter(isAsked), all.filter(effect => !isAsked(effect))]
  const told = fitting(
    [...asked, ...followed].map(effect => effectOf(effect, effects, answered)),
    mostBytes,
  )
  const isAll = !hasMore && told.length === all.length
  return html`${told}${isAll ? '' : html`<p class="soft">And more${isTrial ? '' : ', which the audit log has'}.</p>`}`
}

const isAsked = ({ action }: Effect): boolean => !action.startsWith('member.')

const isLookUp = ({ method, path }: Answered): boolean =>
  method === 'GET' || method === 'HEAD' || /\/\.search(?:\?|$)/i.test(path)

function effectOf(effect: Effect, { all, names }: Effects, { answer }: Answered): Markup {
  const { action, target, changes } = effect
  const isNew = action.endsWith('.created')
  // Of what is new the audit log has no more than what followed from it.
  const lines = [...(isNew && all.length <= mostWithAnswer ? newLines(answer) : []), ...linesOf(changes)]
  const told = theirs(names.get(target.id) ?? target.label, 80)
  return html`<h3>${sentences.get(action) ?? action.replace('.', ' ')}: ${told}</h3>
${action.endsWith('.deleted') ? html`<p class="soft">What it held is kept nowhere.</p>` : ''}${lines.length > 0 ? table(lines, effect, names) : ''}`
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

/** Of one table. */
const mostTableBytes = 7000

function table(lines: readonly Line[], effect: Effect, names: Effects['names']): Markup {
  const rows = fitting(
    lines.map(line => row(line, wordsFor(effect, line, names))),
    mostTableBytes,
  )
  return html`<table class="cards compare">
<thead><tr><th scope="col">Attribute</th><th scope="col">Before</th><th scope="col">After</th></tr></thead>
<tbody>${rows}</tbody></table>
${lines.length > rows.length ? html`<p class="soft small">And ${lines.length - rows.length} more.</p>` : ''}`
}

/** How a line is worded. */
interface Words {
  readonly name: string
  readonly value: (value: string) => string
  readonly after?: string
}

function row({ kind, values }: Line, { name, value, after }: Words): Markup {
  const was = kind === 'added' ? [] : kind === 'changed' ? values.slice(0, 1) : values
  const is = kind === 'removed' ? [] : kind === 'changed' ? values.slice(1) : values
  const side = (label: string, mark: 'del' | 'ins', all: readonly string[]) =>
    html`<td data-label="${label}">${all.length === 0 ? html`<span class="soft">–</span>` : shown(all.map(value), mark)}</td>`
  return html`<tr><th scope="row" class="full">${theirs(name, 80)}</th>${side('Before', 'del', was)}${side('After', 'ins', is)}</tr>
${after === undefined ? '' : html`<tr><td></td><td colspan="2" class="soft small full">${after}</td></tr>`}`
}

/** What became of a member is told in our words; what a resource is said to be, in those that came. */
function wordsFor({ action }: Effect, { field, kind, values }: Line, names: Effects['names']): Words {
  const named = (value: string) => names.get(value) ?? value
  const area = action.slice(0, action.indexOf('.'))
  if (area === 'member' && field === 'level') return { name: field, value: level => levelName(Number(level)) }
  if (area === 'member' && field === 'group') return { name: 'given by the group', value: named }
  if (area === 'group' && field === 'members') return { name: field, value: named }
  const isLeft =
    area === 'user' && field === 'membership' && (kind === 'removed' || values.at(-1) !== 'active')
  return {
    // Of an attribute of an extension without the URN in front of it.
    name: field.slice(field.lastIndexOf(':') + 1),
    value: value => value,
    ...(isLeft && { after: 'Sessions, API keys and invites end with it.' }),
  }
}

const mostValues = 20
const longestValue = 300
/** Of one side of one attribute. */
const mostCharacters = 900

function shown(all: readonly string[], mark: 'del' | 'ins'): Markup {
  const first = beginningOf(all.slice(0, mostValues))
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
