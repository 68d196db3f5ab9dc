// The little markup in the document's sentences, `code` and **bold**, as HTML.
import { html } from 'hono/html'
import type { Markup } from '../look/page.ts'

const piece = /`([^`]+)`|\*\*([^*]+)\*\*/g

/** One paragraph or less. */
export function inline(text: string): (Markup | string)[] {
  const parts: (Markup | string)[] = []
  let end = 0
  for (const match of text.matchAll(piece)) {
    const [whole, code, bold] = match
    parts.push(text.slice(end, match.index))
    parts.push(code === undefined ? html`<strong>${bold}</strong>` : html`<code>${code}</code>`)
    end = match.index + whole.length
  }
  return [...parts, text.slice(end)]
}

/** Paragraphs, and lines that begin with a hyphen as a list. */
export const paragraphs = (text: string): Markup[] =>
  text.split('\n\n').map(block => {
    if (!block.startsWith('- ')) return html`<p>${inline(block)}</p>`
    return html`<ul>${block.split('\n').map(line => html`<li>${inline(line.slice(2))}</li>`)}</ul>`
  })
