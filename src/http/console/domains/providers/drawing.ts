// A form at an identity provider, drawn from the list of its fields: where each marked value goes.
import { html } from 'hono/html'
import type { Markup } from '../../../look/page.ts'
import type { Field, Form } from './guide.ts'
import { values } from './values.ts'

/** A field with its mark in the steps; what is only left alone has none. */
export interface MarkedField {
  readonly field: Field
  readonly mark: string | null
}

const width = 320
/** Where labels and boxes begin; the marks stand before. */
const left = 38
const right = width - 14
const head = 30
const lineHeight = 14
const boxHeight = 20
const gap = 9
/** So many characters fit on a line, in a whole box and in half of one. */
const most = { label: 42, box: 38, half: 17 }

/** One field, drawn from its own top downwards; `height` is what it takes, without the gap to the next. */
interface Piece {
  readonly height: number
  readonly lines: Markup
}

export function drawForm(provider: string, { title }: Form, fields: readonly MarkedField[]): Markup {
  let y = head + gap + 2
  const pieces = fields.map(field => {
    const { height, lines } = drawField(field)
    const placed = html`<g transform="translate(0 ${y})">${lines}</g>`
    y += height + gap
    return placed
  })
  return html`<svg class="drawing" viewBox="0 0 ${width} ${y + 3}" role="img" aria-label="Drawing of “${title}” at ${provider}: which marked value goes where">
<rect class="card" x=".5" y=".5" width="${width - 1}" height="${y + 2}" rx="7"/><path class="rule" d="M1 ${head}.5h${width - 2}"/>${write('head', 12, 20, shorten(title, 44))}${pieces}</svg>`
}

function drawField({ field, mark }: MarkedField): Piece {
  switch (field.does) {
    case 'tick':
      return drawTick(field.label, mark)
    case 'press':
      return drawButton(field.label, mark)
    case 'map':
    case 'see':
      return drawPair(field, mark)
    default:
      return drawBox(field, mark)
  }
}

type BoxField = Exclude<Field, { does: 'tick' | 'press' | 'map' | 'see' }>

/** A label above a box with what goes into it. */
function drawBox(field: BoxField, mark: string | null): Piece {
  const words = wrap(field.label, most.label)
  const top = words.length * lineHeight + 3
  const isBack = field.does === 'bring'
  const quiet = field.does === 'leave' ? ' quiet' : ''
  return {
    height: top + boxHeight,
    lines: html`${words.map((line, index) => write(`label${quiet}`, left, index * lineHeight + 11, line))}${box(left, top, right - left, quiet)}${write(`what${quiet}${isBack ? ' back' : ''}`, left + 7, top + 14, shorten(within(field), most.box))}${field.does === 'choose' ? html`<path class="arrow" d="M${right - 16} ${top + 8}l4 5 4-5"/>` : ''}${stamp(mark, top + 10, isBack)}`,
  }
}

function within(field: BoxField): string {
  switch (field.does) {
    case 'paste':
      return values[field.ours].hint
    case 'choose':
      return field.choice
    case 'enter':
      return field.text
    case 'bring':
      return '→ to us'
    case 'leave':
      return field.why
  }
}

function drawTick(label: string, mark: string | null): Piece {
  const words = wrap(label, most.label - 4)
  return {
    height: words.length * lineHeight + 2,
    lines: html`<rect class="box" x="${left}" y="1" width="13" height="13" rx="3"/><path class="check" d="M${left + 3} 7.5l3 3 5-6"/>${words.map((line, index) => write('label', left + 20, index * lineHeight + 12, line))}${stamp(mark, 8)}`,
  }
}

function drawButton(label: string, mark: string | null): Piece {
  const words = shorten(label, most.label - 6)
  return {
    height: boxHeight + 2,
    lines: html`<rect class="button" x="${left}" y="0" width="${Math.round(words.length * 6.2 + 24)}" height="${boxHeight + 2}" rx="5"/>${write('label', left + 12, 15, words)}${stamp(mark, 11)}`,
  }
}

/** The name that goes out, and what it is filled from. */
function drawPair({ label, from }: Extract<Field, { does: 'map' | 'see' }>, mark: string | null): Piece {
  const half = (right - left - 22) / 2
  const second = left + half + 22
  return {
    height: boxHeight - 1,
    lines: html`${box(left, 0, half)}${write('what', left + 7, 14, shorten(label, most.half))}<path class="arrow" d="M${second - 5} 10h-12m4-4l-4 4 4 4"/>${box(second, 0, half, ' quiet')}${write('what quiet', second + 7, 14, shorten(from, most.half))}${stamp(mark, 10)}`,
  }
}

const write = (kind: string, x: number, y: number, words: string): Markup =>
  html`<text class="${kind}" x="${x}" y="${y}">${words}</text>`

const box = (x: number, y: number, boxWidth: number, kind = ''): Markup =>
  html`<rect class="box${kind}" x="${x}" y="${y}" width="${boxWidth}" height="${boxHeight}" rx="3"/>`

const stamp = (mark: string | null, y: number, isBack = false): Markup | '' =>
  mark === null
    ? ''
    : html`<rect class="mark${isBack ? ' back' : ''}" x="7" y="${y - 8}" width="24" height="16" rx="8"/>${write('number', 19, y + 4, mark)}`

const shorten = (words: string, longest: number): string =>
  words.length > longest ? `${words.slice(0, longest - 1)}…` : words

function wrap(words: string, longest: number): string[] {
  const lines: string[] = []
  for (const word of words.split(' ').map(each => shorten(each, longest))) {
    const line = lines.at(-1)
    if (line !== undefined && line.length + 1 + word.length <= longest) lines.splice(-1, 1, `${line} ${word}`)
    else lines.push(word)
  }
  return lines
}
