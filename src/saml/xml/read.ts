// The strict reading: one linear pass from text to a tree of elements, without anything that two readers could read differently.
import { SaxesParser, type SaxesTagNS } from 'saxes'
import { malformed } from '../refusal.ts'
import { type Attribute, type Element, namespaceOf } from './element.ts'

const deepest = 40
const mostElements = 5000
const mostAttributes = 40
const xmlns = 'http://www.w3.org/2000/xmlns/'
const absoluteUri = /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/

interface Growing extends Element {
  readonly children: (Element | string)[]
}

/**
 * `context`: the element in whose place the text stands, for what was decrypted: its namespaces are in scope.
 * Throws `saml_malformed`.
 */
export function readXml(text: string, context?: Element): Element {
  if (text.startsWith('\uFEFF')) throw malformed('XML from the first character on', 'a byte order mark')
  const open: Growing[] = []
  let root: Element | undefined
  let count = 0
  const parser = strictParser(context)
  // Counted as they come: the parser compares and resolves them all at the end of the tag.
  let attributes = 0
  parser.on('attribute', () => {
    attributes += 1
    if (attributes > mostAttributes) {
      throw malformed(`at most ${mostAttributes} attributes on an element`, 'more')
    }
  })
  parser.on('opentag', tag => {
    attributes = 0
    count += 1
    if (count > mostElements) throw malformed(`at most ${mostElements} elements`, 'more')
    if (open.length >= deepest) throw malformed(`at most ${deepest} levels of elements`, 'more')
    const parent = open.at(-1)
    const element = elementFrom(tag, parent ?? context)
    parent?.children.push(element)
    root ??= element
    open.push(element)
  })
  parser.on('text', part => {
    open.at(-1)?.children.push(part)
  })
  parser.on('closetag', () => {
    open.pop()
  })
  parser.write(text).close()
  if (!root) throw malformed('an XML document', 'none')
  return root
}

function strictParser(context: Element | undefined): SaxesParser<{ xmlns: true }> {
  const parser = new SaxesParser({
    xmlns: true,
    position: false,
    ...(context && { resolvePrefix: (prefix: string) => namespaceOf(context, prefix) }),
  })
  const refuse = (what: string) => () => {
    throw malformed('a document of elements, attributes and text only', what)
  }
  parser.on('doctype', refuse('a document type declaration'))
  parser.on('processinginstruction', refuse('a processing instruction'))
  parser.on('comment', refuse('a comment'))
  parser.on('cdata', refuse('a CDATA section'))
  parser.on('error', error => {
    throw malformed('well-formed XML', `an error: ${error.message}`)
  })
  parser.on('xmldecl', ({ version, encoding = 'UTF-8' }) => {
    if (version !== '1.0') throw malformed('XML 1.0', `XML ${version}`)
    if (encoding.toUpperCase() !== 'UTF-8') throw malformed('the encoding UTF-8', encoding)
  })
  return parser
}

function elementFrom(tag: SaxesTagNS, parent: Element | undefined): Growing {
  const all: Attribute[] = Object.values(tag.attributes)
  const declared = new Map<string, string>()
  const attributes = all.filter(attribute => attribute.uri !== xmlns)
  for (const { prefix, local, uri, value } of all) {
    if (uri !== xmlns) continue
    if (value !== '' && !absoluteUri.test(value)) throw malformed('absolute namespace URIs', `"${value}"`)
    declared.set(prefix === '' ? '' : local, value)
  }
  const { name, prefix, local, uri } = tag
  return { name, prefix, local, uri, attributes, declared, parent, children: [] }
}
