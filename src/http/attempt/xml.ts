// A stranger's XML taken apart to be looked at: no meaning, no entities, never a failure, and no more than a page can show.

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

const mostNodes = 260
const mostCharacters = 16_000
/** Of one part; more of it is not shown. */
const mostOfPart = 800
const deepest = 24

interface Open {
  readonly name: string
  readonly tag: string
  readonly children: XmlNode[]
}

/** One pass over the text; what is not well-formed is shown as it is. */
export function outlineXml(xml: string): Outline {
  const open: Open[] = [{ name: '', tag: '', children: [] }]
  let at = 0
  let characters = 0
  for (let count = 0; at < xml.length && count < mostNodes && characters < mostCharacters; count++) {
    const end = endOfPart(xml, at)
    characters += Math.min(end - at, mostOfPart)
    take(open, xml.slice(at, end))
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

function take(open: Open[], part: string): void {
  const children = open.at(-1)?.children ?? []
  if (!part.startsWith('<')) {
    if (part.trim() !== '') children.push({ kind: 'text', text: part.trim() })
    return
  }
  const isOrdinary = /^<\/?[\p{L}_]/u.test(part) && part.endsWith('>')
  if (!isOrdinary) {
    if (!/^<\?xml\s/.test(part)) children.push({ kind: 'odd', text: part })
    return
  }
  const name = /^<\/?([^\s/>]{1,200})/.exec(part)?.[1] ?? ''
  if (part.startsWith('</')) {
    if (open.length > 1 && open.at(-1)?.name === name) close(open)
    else children.push({ kind: 'odd', text: part })
  } else if (part.endsWith('/>') || open.length > deepest) {
    children.push({ kind: 'element', tag: part, end: '', children: [] })
  } else {
    open.push({ name, tag: part, children: [] })
  }
}

function close(open: Open[]): void {
  const last = open.pop()
  if (last)
    open
      .at(-1)
      ?.children.push({ kind: 'element', tag: last.tag, end: `</${last.name}>`, children: last.children })
}
