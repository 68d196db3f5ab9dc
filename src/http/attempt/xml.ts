// A stranger's XML taken apart to be looked at: no meaning, no entities, never a failure, and no more than a page can show.
import { bytesOf } from '../look/words.ts'

export type XmlNode =
  | {
      readonly kind: 'element'
      readonly tag: string
      readonly end: string
      readonly children: readonly XmlNode[]
    }
  /** What an honest response has none of: a comment, a document type, an end without a beginning. */
  | { readonly kind: 'text' | 'odd'; readonly text: string }

export interface Outline {
  readonly nodes: readonly XmlNode[]
  /** Characters at the end that are not in it. */
  readonly rest: number
}

const deepest = 24

interface Open {
  readonly name: string
  readonly tag: string
  readonly children: XmlNode[]
}

/** One pass over the text, for so many bytes of a page; what is not well-formed is shown as it is. */
export function outlineXml(xml: string, mostBytes: number): Outline {
  const open: Open[] = [{ name: '', tag: '', children: [] }]
  let at = 0
  for (let left = mostBytes; at < xml.length && left > 0; ) {
    const end = endOfPart(xml, at)
    left -= take(open, xml.slice(at, end))
    at = end
  }
  while (open.length > 1) close(open)
  return { nodes: open[0]?.children ?? [], rest: xml.length - at }
}

/** Of the text up to the next `<`, or of the markup that begins here. */
function endOfPart(xml: string, at: number): number {
  if (xml[at] !== '<') return endOr(xml, xml.indexOf('<', at))
  const special = specials.find(([start]) => xml.startsWith(start, at))
  if (!special) return endOfTag(xml, at)
  const end = xml.indexOf(special[1], at + special[0].length)
  return end < 0 ? xml.length : end + special[1].length
}

const specials = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const

const endOr = (xml: string, end: number) => (end < 0 ? xml.length : end)

/** A `>` within quotes ends nothing. */
function endOfTag(xml: string, start: number): number {
  let quote = ''
  for (let at = start + 1; at < xml.length; at++) {
    const character = xml[at] ?? ''
    if (quote !== '') quote = character === quote ? '' : quote
    else if (character === '"' || character === "'") quote = character
    else if (character === '>') return at + 1
  }
  return xml.length
}

/** Of the markup around a part. */
const bytesAround = 45

/** Puts a part in its place; gives about how many bytes of a page it takes. */
function take(open: Open[], part: string): number {
  const children = open.at(-1)?.children ?? []
  const put = (node: XmlNode) => {
    children.push(node)
    return bytesAround + bytesOf(node.kind === 'element' ? node.tag : node.text)
  }
  if (!part.startsWith('<'))
    return part.trim() === '' ? 0 : put({ kind: 'text', text: shortText(part.trim()) })
  const isOrdinary = /^<\/?[\p{L}_]/u.test(part) && part.endsWith('>')
  if (!isOrdinary) return /^<\?xml\s/.test(part) ? 0 : put({ kind: 'odd', text: shortText(part) })
  const name = /^<\/?([^\s/>]{1,200})/.exec(part)?.[1] ?? ''
  const tag = shortTag(part)
  if (part.startsWith('</')) {
    if (open.length === 1 || open.at(-1)?.name !== name) return put({ kind: 'odd', text: tag })
    close(open)
    return bytesAround + bytesOf(tag)
  }
  if (part.endsWith('/>') || open.length > deepest)
    return put({ kind: 'element', tag, end: '', children: [] })
  open.push({ name, tag, children: [] })
  return bytesAround + bytesOf(tag)
}

function close(open: Open[]): void {
  const last = open.pop()
  if (last)
    open
      .at(-1)
      ?.children.push({ kind: 'element', tag: last.tag, end: `</${last.name}>`, children: last.children })
}

const mostOfTag = 800

function shortTag(tag: string): string {
  const text = tag.replaceAll(/\s+/g, ' ')
  return text.length > mostOfTag ? `${text.slice(0, mostOfTag)}…` : text
}

const mostOfText = 300
const mostOfBase64 = 48

/** Base64 says nothing to people: its beginning is enough to recognise it by. */
function shortText(text: string): string {
  const isBase64 =
    text.length > 2 * mostOfBase64 &&
    /^[A-Za-z0-9+/=\s]+$/.test(text.slice(0, 400)) &&
    !/\S \S/.test(text.slice(0, 400))
  const most = isBase64 ? mostOfBase64 : mostOfText
  return text.length <= most ? text : `${text.slice(0, most)}… (${text.length - most} more characters)`
}
