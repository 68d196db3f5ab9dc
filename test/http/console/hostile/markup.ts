// Our pages read as strictly as no browser does: every tag closed in its place, every attribute quoted, nothing left over.

export interface Element {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  /** What stands directly in it, with the character references resolved. */
  text: string
}

export interface Document {
  readonly elements: readonly Element[]
  /** All text outside of scripts, styles and fields. */
  readonly shown: string
}

/** They have no end tag. */
const empty = new Set(['input', 'link', 'meta', 'br', 'hr', 'img', 'wbr'])
/** What is in them is no markup. */
const opaque = new Set(['script', 'style'])

const references: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
}
const lone = new RegExp(`&(?!(?:${Object.keys(references).join('|')});)|[<>]`)
const tag = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z][\w:-]*(?:="[^"<>]*")?)*)\s*(\/?)>/y
const attribute = /([a-zA-Z][\w:-]*)(?:="([^"]*)")?/g

/** Throws at the first thing that is not as it should be. */
export function readMarkup(html: string): Document {
  const start = '<!doctype html>'
  if (!html.startsWith(start)) throw new Error(`expected ${start}, got ${html.slice(0, 60)}`)
  const elements: Element[] = []
  const open: Element[] = []
  const shown: string[] = []
  let at = start.length
  const near = () => JSON.stringify(html.slice(Math.max(0, at - 80), at + 80))
  while (at < html.length) {
    const inner = open.at(-1)
    if (inner && opaque.has(inner.name)) {
      const end = html.indexOf(`</${inner.name}`, at)
      if (end < 0) throw new Error(`${inner.name} has no end`)
      inner.text = html.slice(at, end)
      at = end
    }
    const next = html.indexOf('<', at)
    const text = html.slice(at, next < 0 ? html.length : next)
    if (text !== '') {
      const resolved = resolve(text, near)
      if (inner) inner.text += resolved
      else if (text.trim() !== '') throw new Error(`text outside of the page: ${near()}`)
      // A field gives back what is in it letter by letter.
      if (inner?.name !== 'textarea') shown.push(resolved)
    }
    if (next < 0) break
    at = next
    tag.lastIndex = at
    const [whole, slash = '', name = '', list = '', closed = ''] = tag.exec(html) ?? []
    if (whole === undefined) throw new Error(`no tag: ${near()}`)
    if (slash === '/') {
      const last = open.pop()
      if (last?.name !== name || list !== '') throw new Error(`</${name}> ends ${last?.name}: ${near()}`)
    } else {
      const element = { name, attributes: attributesIn(list, near), text: '' }
      elements.push(element)
      if (closed === '' && !empty.has(name)) open.push(element)
    }
    at += whole.length
  }
  if (open.length > 0) throw new Error(`not closed: ${open.map(({ name }) => name).join(' ')}`)
  return { elements, shown: shown.join('') }
}

function attributesIn(list: string, near: () => string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>()
  for (const [, name = '', value = ''] of list.matchAll(attribute)) {
    if (attributes.has(name)) throw new Error(`${name} twice: ${near()}`)
    attributes.set(name, resolve(value, near))
  }
  return attributes
}

function resolve(text: string, near: () => string): string {
  const odd = lone.exec(text)
  if (odd) throw new Error(`${odd[0]} by itself in ${JSON.stringify(text.slice(0, 80))}: ${near()}`)
  return text.replaceAll(/&([^;]+);/g, (_, name: string) => references[name] ?? '')
}
