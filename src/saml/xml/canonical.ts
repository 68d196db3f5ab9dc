// Exclusive XML Canonicalization 1.0: the one text of an element that is digested and signed.
import { type Element, namespaceOf } from './element.ts'

/**
 * `without`: the signature that an enveloped signature leaves out of what it signs.
 * `inclusive`: the PrefixList of InclusiveNamespaces, `#default` for the default namespace.
 *
 * A mistake here can refuse a good document but never accept a bad one: meaning is read from the very text whose
 * digest was signed, and no text but the signer's own has that digest.
 */
export function canonicalize(
  element: Element,
  { without, inclusive = [] }: { without?: Element | undefined; inclusive?: readonly string[] } = {},
): string {
  const prefixes = inclusive.map(prefix => (prefix === '#default' ? '' : prefix))
  const parts: string[] = []
  write(element, new Map(), { parts, without, prefixes })
  return parts.join('')
}

interface Writing {
  readonly parts: string[]
  readonly without: Element | undefined
  readonly prefixes: readonly string[]
}

/** `rendered`: the namespaces that the elements around this one have already declared in the text. */
function write(element: Element, rendered: ReadonlyMap<string, string>, writing: Writing): void {
  const { parts, without, prefixes } = writing
  const added = namespacesToDeclare(element, rendered, prefixes)
  parts.push('<', element.name)
  for (const [prefix, uri] of added) {
    parts.push(prefix === '' ? ' xmlns="' : ` xmlns:${prefix}="`, escapeAttribute(uri), '"')
  }
  for (const { name, value } of sorted(element.attributes)) {
    parts.push(' ', name, '="', escapeAttribute(value), '"')
  }
  parts.push('>')
  const inside = added.length > 0 ? new Map([...rendered, ...added]) : rendered
  for (const child of element.children) {
    if (typeof child === 'string') parts.push(escapeText(child))
    else if (child !== without) write(child, inside, writing)
  }
  parts.push('</', element.name, '>')
}

/** Those that the element's own names use or that are listed, unless the text around has them already; by prefix. */
function namespacesToDeclare(
  element: Element,
  rendered: ReadonlyMap<string, string>,
  inclusive: readonly string[],
): readonly (readonly [prefix: string, uri: string])[] {
  const added: (readonly [string, string])[] = []
  const want = (prefix: string, uri: string) => {
    if (prefix === 'xml' || (rendered.get(prefix) ?? '') === uri) return
    if (!added.some(([each]) => each === prefix)) added.push([prefix, uri])
  }
  want(element.prefix, element.uri)
  for (const { prefix, uri } of element.attributes) if (prefix !== '') want(prefix, uri)
  for (const prefix of inclusive) want(prefix, namespaceOf(element, prefix) ?? rendered.get(prefix) ?? '')
  return added.length < 2 ? added : added.sort(([a], [b]) => compare(a, b))
}

const sorted = (attributes: Element['attributes']) =>
  attributes.length < 2
    ? attributes
    : attributes.toSorted((a, b) => compare(a.uri, b.uri) || compare(a.local, b.local))

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const textEscapes = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['\r', '&#xD;'],
])
const attributeEscapes = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['"', '&quot;'],
  ['\t', '&#x9;'],
  ['\n', '&#xA;'],
  ['\r', '&#xD;'],
])

const escapeText = (text: string) => text.replaceAll(/[&<>\r]/g, found => textEscapes.get(found) ?? found)

/** Also for values that we write between double quotes ourselves. */
export const escapeAttribute = (value: string) =>
  value.replaceAll(/[&<"\t\n\r]/g, found => attributeEscapes.get(found) ?? found)
