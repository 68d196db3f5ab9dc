// A request or response as XML to read: indented, folded where it is long-winded, and nothing but text.
import { html } from 'hono/html'
import type { Markup } from '../look/page.ts'
import { readable } from '../look/words.ts'
import { outlineXml, type XmlNode } from './xml.ts'

export function xmlDocument(xml: string, label: string): Markup {
  const { nodes, rest } = outlineXml(xml)
  return html`<div class="xml" role="group" tabindex="0" aria-label="${label}">${nodes.map(show)}</div>
${rest > 0 ? html`<p class="soft small">${rest} more characters are not shown here; the API has them.</p>` : ''}`
}

function show(node: XmlNode): Markup {
  if (node.kind !== 'element') {
    const text = shortened(node.text)
    return html`<p>${node.kind === 'odd' ? html`<mark>${text}</mark>` : text}</p>`
  }
  const { tag, end, children } = node
  const [only] = children
  if (!only) return html`<p>${tagText(tag)}${end}</p>`
  if (children.length === 1 && only.kind === 'text')
    return html`<p>${tagText(tag)}<b>${shortened(only.text)}</b>${end}</p>`
  return html`<details${isLongWinded(tag) ? '' : html` open`}><summary>${tagText(tag)}</summary>${children.map(show)}<p>${end}</p></details>`
}

/** Signatures and ciphers are for machines. */
const isLongWinded = (tag: string): boolean =>
  /^<(?:[\w.-]+:)?(?:Signature|EncryptedData|KeyInfo)[\s>]/.test(tag)

const mostTag = 800
const tagText = (tag: string): string => {
  const text = tag.replaceAll(/\s+/g, ' ')
  return readable(text.length > mostTag ? `${text.slice(0, mostTag)}…` : text)
}

const mostText = 300
const mostBase64 = 48

/** Base64 says nothing to people: its beginning is enough to recognise it by. */
function shortened(text: string): string {
  const isBase64 =
    text.length > 2 * mostBase64 &&
    /^[A-Za-z0-9+/=\s]+$/.test(text.slice(0, 400)) &&
    !/\S \S/.test(text.slice(0, 400))
  const most = isBase64 ? mostBase64 : mostText
  if (text.length <= most) return readable(text)
  return `${readable(text.slice(0, most))}… (${text.length - most} more characters)`
}
