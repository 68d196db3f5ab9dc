// A request or response as XML to read: indented, folded where it is long-winded, and nothing but text.
import { html } from 'hono/html'
import type { Markup } from '../look/page.ts'
import { readable } from '../look/words.ts'
import { outlineXml, type XmlNode } from './xml.ts'

interface Labelled {
  readonly label: string
  /** Of a page. */
  readonly mostBytes: number
}

export function xmlDocument(xml: string, { label, mostBytes }: Labelled): Markup {
  const { nodes, rest } = outlineXml(xml, mostBytes)
  return html`<div class="xml" role="group" tabindex="0" aria-label="${label}">${nodes.map(show)}</div>
${rest > 0 ? html`<p class="soft small">${rest} more characters are not shown here; the API has them.</p>` : ''}`
}

function show(node: XmlNode): Markup {
  if (node.kind !== 'element') {
    const text = readable(node.text)
    return html`<p>${node.kind === 'odd' ? html`<mark>${text}</mark>` : text}</p>`
  }
  const { tag, end, children } = node
  const [only] = children
  if (!only) return html`<p>${readable(tag)}${readable(end)}</p>`
  if (children.length === 1 && only.kind === 'text')
    return html`<p>${readable(tag)}<b>${readable(only.text)}</b>${readable(end)}</p>`
  return html`<details${isLongWinded(tag) ? '' : html` open`}><summary>${readable(tag)}</summary>${children.map(show)}<p>${readable(end)}</p></details>`
}

/** Signatures and ciphers are for machines. */
const isLongWinded = (tag: string): boolean =>
  /^<(?:[\w.-]+:)?(?:Signature|EncryptedData|KeyInfo)[\s>]/.test(tag)
