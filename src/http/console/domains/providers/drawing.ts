// A form at an identity provider, drawn from the list of its fields: where each numbered value goes.
import { html } from 'hono/html'
import type { Markup } from '../../../look/page.ts'
import type { Field, Form } from './guide.ts'
import { hints } from './values.ts'

/** A field with its number in the steps; what is only left alone has none. */
export interface NumberedField {
  readonly field: Field
  readonly number: number | null
}

const width = 320
const margin = 34
const lineHeight = 14
/** So many characters of a label fit on a line. */
const perLine = 44

/** One field, drawn from its own top; `height` is what it takes. */
interface Piece {
  readonly height: number
  readonly marks: Markup
}

export function drawForm(provider: string, form: Form, fields: readonly NumberedField[]): Markup {
  const pieces = fields.map(drawField)
  const tops = pieces.map((_, index) => pieces.slice(0, index).reduce((sum, each) => sum + each.height, 44))
  const height = pieces.reduce((sum, each) => sum + each.height, 44) + 6
  return html`<svg class="drawing" viewBox="0 0 ${width} ${height}" role="img" aria-label="Drawing of “${form.title}” at ${provider}, with the numbers of the fields beside them"><rect class="card" x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="7"/><path class="rule" d="M.5 30.5h${width - 1}"/><text class="head" x="12" y="20">${shorten(form.title, 46)}</text>${pieces.map(({ marks }, index) => html`<g transform="translate(0 ${tops[index] ?? 0})">${marks}</g>`)}</svg>`
}

function drawField({ field, number }: NumberedField): Piece {
  if (field.does === 'tick') return drawTick(field.label, number)
  if (field.does === 'press') return drawButton(field.label, number)
  if (field.does === 'map') return drawMapping(field.label, field.from, number)
  const lines = wrap(field.label)
  const top = lines.length * lineHeight
  const quiet = field.does === 'leave' ? ' quiet' : ''
  const box = html`<rect class="box${quiet}" x="${margin}" y="${top - 6}" width="${width - margin - 14}" height="20" rx="3"/><text class="what${quiet}" x="${margin + 7}" y="${top + 8}">${shorten(within(field), 42)}</text>${field.does === 'choose' ? html`<path class="arrow" d="M${width - 29} ${top + 1}l4 5 4-5"/>` : ''}`
  return {
    height: top + 24,
    marks: html`${lines.map((line, index) => html`<text class="label${quiet}" x="${margin}" y="${index * lineHeight + 2}">${line}</text>`)}${box}${mark(number, top + 4, field.does === 'bring')}`,
  }
}

function within(field: Field): string {
  switch (field.does) {
    case 'paste':
      return hints[field.ours]
    case 'choose':
      return field.choice
    case 'leave':
      return field.why
    case 'bring':
      return '→ to us'
    default:
      return ''
  }
}

function drawTick(label: string, number: number | null): Piece {
  const lines = wrap(label, perLine - 4)
  return {
    height: lines.length * lineHeight + 12,
    marks: html`<rect class="box" x="${margin}" y="-5" width="13" height="13" rx="3"/><path class="check" d="M${margin + 3} 1.5l3 3 5-6"/>${lines.map((line, index) => html`<text class="label" x="${margin + 20}" y="${index * lineHeight + 5}">${line}</text>`)}${mark(number, 1.5, false)}`,
  }
}

function drawButton(label: string, number: number | null): Piece {
  const shown = shorten(label, perLine - 6)
  return {
    height: 32,
    marks: html`<rect class="button" x="${margin}" y="-7" width="${Math.round(shown.length * 6.1 + 22)}" height="22" rx="4"/><text class="label" x="${margin + 11}" y="8">${shown}</text>${mark(number, 4, false)}`,
  }
}

function drawMapping(label: string, from: string, number: number | null): Piece {
  const half = (width - margin - 14 - 20) / 2
  const right = margin + half + 20
  return {
    height: 27,
    marks: html`<rect class="box" x="${margin}" y="-7" width="${half}" height="20" rx="3"/><text class="what" x="${margin + 7}" y="7">${shorten(label, 18)}</text><path class="arrow" d="M${right - 16} 3h12m-4-4l4 4-4 4"/><rect class="box quiet" x="${right}" y="-7" width="${half}" height="20" rx="3"/><text class="what quiet" x="${right + 7}" y="7">${shorten(from, 18)}</text>${mark(number, 3, false)}`,
  }
}

const mark = (number: number | null, y: number, isBack: boolean): Markup | '' =>
  number === null
    ? ''
    : html`<circle class="mark${isBack ? ' back' : ''}" cx="18" cy="${y}" r="9"/><text class="number" x="18" y="${y + 4}">${number}</text>`

const shorten = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text

function wrap(text: string, most = perLine): string[] {
  const lines = ['']
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trim()
    if (longer.length > most && lines.at(-1) !== '') lines.push(word)
    else lines[lines.length - 1] = longer
  }
  return lines
}
