// The text of an agreement, as whoever signs it reads it.
import { html } from 'hono/html'
import type { Block, Span } from '../../base/markdown.ts'
import type { Markup } from './page.ts'
import { readable } from './words.ts'

export const paper = (title: string, text: readonly Block[]): Markup =>
  html`<article class="paper" tabindex="0" aria-label="${title}">${elementsOf(text)}</article>`

/** Items that follow each other are one list. */
function elementsOf(blocks: readonly Block[]): Markup[] {
  const elements: Markup[] = []
  let items: Markup[] = []
  const close = () => {
    if (items.length > 0) elements.push(html`<ul>${items}</ul>`)
    items = []
  }
  for (const block of blocks) {
    if (block.kind === 'item')
      items.push(html`<li><span aria-hidden="true">${block.marker}</span> ${spansOf(block.spans)}</li>`)
    else {
      close()
      elements.push(elementOf(block))
    }
  }
  close()
  return elements
}

function elementOf(block: Exclude<Block, { kind: 'item' }>): Markup {
  const inside = spansOf(block.spans)
  if (block.kind === 'paragraph') return html`<p>${inside}</p>`
  return block.level === 1
    ? html`<h2>${inside}</h2>`
    : block.level === 2
      ? html`<h3>${inside}</h3>`
      : html`<h4>${inside}</h4>`
}

const spansOf = (spans: readonly Span[]): (Markup | string)[] =>
  spans.map(({ text, isBold, isItalic }) => {
    const shown = readable(text)
    return isBold ? html`<strong>${shown}</strong>` : isItalic ? html`<em>${shown}</em>` : shown
  })
