// A guide as a numbered list: each step with the fields that it is about, our values to copy beside a drawing of the form.
import { html } from 'hono/html'
import type { Markup } from '../../../look/page.ts'
import { copyable } from '../../../look/words.ts'
import { drawForm, type MarkedField } from './drawing.ts'
import type { Field, Guide, Step } from './guide.ts'
import { type Filling, showValue, type ValueName, values } from './values.ts'

/** What must be there to copy, whether or not a step asks for it. */
const always = {
  saml: ['entity-id', 'acs-url', 'metadata-url', 'name-id-format', 'login-url'],
  scim: ['base-url', 'token'],
} as const

export function showWalk({ name, ...guide }: Guide, kind: 'saml' | 'scim', filling: Filling): Markup {
  const { without, steps, pitfalls, manual } = guide[kind]
  const marked = steps.map(markFields)
  const used = new Set(steps.flatMap(oursIn))
  const rest = always[kind].filter(each => !used.has(each))
  return html`${without === undefined ? '' : html`<p class="notice without"><b>${without}</b> What to do instead:</p>`}<ol class="guide">${steps.map(
    (step, index) =>
      html`<li><p>${spoken(step.text)}</p>${showForm(name, step, marked[index] ?? [], filling)}</li>`,
  )}</ol>
${rest.length === 0 ? '' : html`<details><summary>More of our values, in case you are asked for them</summary><dl>${rest.map(each => html`<dt>${values[each].name}</dt><dd>${showValue(each, 'more', filling)}</dd>`)}</dl></details>`}
<p class="small"><strong>What usually goes wrong</strong></p><ul class="small">${pitfalls.map(each => html`<li>${spoken(each)}</li>`)}</ul>
${manual === null ? '' : html`<p class="small soft">Their own manual: <a href="${manual}" rel="noreferrer">${new URL(manual).host}</a></p>`}`
}

/** `2a`, `2b` … in the second step. */
function markFields({ form }: Step, index: number): MarkedField[] {
  const letters = 'abcdefghijkl'[Symbol.iterator]()
  return (form?.fields ?? []).map(field => ({
    field,
    mark: field.does === 'leave' ? null : `${index + 1}${letters.next().value ?? ''}`,
  }))
}

const oursIn = ({ form }: Step): ValueName[] =>
  (form?.fields ?? []).flatMap(field => (field.does === 'paste' ? [field.ours] : []))

function showForm(
  provider: string,
  { form }: Step,
  fields: readonly MarkedField[],
  filling: Filling,
): Markup | '' {
  if (!form) return ''
  return html`<div class="their-form"><ul>${fields.flatMap(({ field, mark }) =>
    mark === null
      ? []
      : html`<li><b class="mark${field.does === 'bring' ? ' back' : ''}">${mark}</b><div>${told(field, mark, filling)}</div></li>`,
  )}</ul>${drawForm(provider, form, fields)}</div>`
}

function told(field: Field, mark: string, filling: Filling): Markup {
  const label = html`<b>${field.label}</b>`
  switch (field.does) {
    case 'paste':
      return html`${label} <span class="soft">takes our ${values[field.ours].name}</span>${showValue(field.ours, mark, filling)}`
    case 'choose':
      return html`${label}: ${field.choice}`
    case 'enter':
      return html`${label}: ${field.text}`
    case 'tick':
      return html`Tick ${label}`
    case 'map':
      return html`<div class="named">${copyable(`${filling.id}-${mark}-attribute`, field.label)}<span>from <b>${field.from}</b></span></div>`
    case 'see':
      return html`<code>${field.label}</code> from <b>${field.from}</b>`
    case 'press':
      return html`Press ${label}`
    case 'bring':
      return html`${label} <span class="soft">comes back to us</span>`
    case 'leave':
      return html`${label} <span class="soft">${field.why}</span>`
  }
}

/** Their words in bold, what is typed as code. */
function spoken(text: string): Markup {
  const parts = text.split(/("[^"]+"|`[^`]+`)/)
  return html`${parts.map(part => {
    if (part.startsWith('"')) return html`<b>${part.slice(1, -1)}</b>`
    return part.startsWith('`') ? html`<code>${part.slice(1, -1)}</code>` : part
  })}`
}
