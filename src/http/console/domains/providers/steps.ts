// A guide as a numbered list: each step with the fields that it is about, our values to copy beside a drawing of the form.
import { html } from 'hono/html'
import type { Markup } from '../../../look/page.ts'
import { drawForm, type NumberedField } from './drawing.ts'
import type { Field, OurValue, Step, Walk } from './guide.ts'
import { type Filling, showValue, valueNames } from './values.ts'

/** `all`: what must be there to copy, whether or not a step asks for it. */
export function showWalk(provider: string, walk: Walk, filling: Filling, all: readonly OurValue[]): Markup {
  const numbered = numberFields(walk.steps)
  const used = new Set(walk.steps.flatMap(oursIn))
  const rest = all.filter(each => !used.has(each))
  return html`<ol class="guide">${walk.steps.map(
    (step, index) =>
      html`<li><p>${spoken(step.text)}</p>${showForm(provider, step, numbered[index] ?? [], filling)}</li>`,
  )}</ol>
${rest.length === 0 ? '' : html`<details><summary>Ours as well, should ${provider} ask for it</summary><dl>${rest.map(each => html`<dt>${valueNames[each]}</dt><dd>${showValue(each, filling)}</dd>`)}</dl></details>`}
${walk.pitfalls.length === 0 ? '' : html`<p class="small"><strong>What usually goes wrong</strong></p><ul class="small">${walk.pitfalls.map(each => html`<li>${spoken(each)}</li>`)}</ul>`}
${walk.manual === undefined ? '' : html`<p class="small soft">Their own words: <a href="${walk.manual}" rel="noreferrer">${new URL(walk.manual).host}</a></p>`}`
}

/** The numbers go on from step to step. */
function numberFields(steps: readonly Step[]): NumberedField[][] {
  let last = 0
  return steps.map(({ form }) =>
    (form?.fields ?? []).map(field => ({ field, number: field.does === 'leave' ? null : ++last })),
  )
}

const oursIn = ({ form }: Step): OurValue[] =>
  (form?.fields ?? []).flatMap(field => (field.does === 'paste' ? [field.ours] : []))

function showForm(
  provider: string,
  { form }: Step,
  fields: readonly NumberedField[],
  filling: Filling,
): Markup | '' {
  if (!form) return ''
  return html`<div class="their-form"><ul>${fields.flatMap(({ field, number }) =>
    number === null
      ? []
      : html`<li><b class="mark${field.does === 'bring' ? ' back' : ''}">${number}</b><div>${told(field, filling)}</div></li>`,
  )}</ul>${drawForm(provider, form, fields)}</div>`
}

function told(field: Field, filling: Filling): Markup {
  const label = html`<b>${field.label}</b>`
  switch (field.does) {
    case 'paste':
      return html`${label} <span class="soft">takes our ${valueNames[field.ours]}</span>${showValue(field.ours, filling)}`
    case 'choose':
      return html`${label}: ${field.choice}`
    case 'tick':
      return html`Tick ${label}`
    case 'map':
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
