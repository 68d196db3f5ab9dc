// An element of a document that has passed the strict reading, and how to look around in it.

export interface Attribute {
  /** As written, with its prefix. */
  readonly name: string
  readonly prefix: string
  readonly local: string
  readonly uri: string
  readonly value: string
}

export interface Element {
  /** As written, with its prefix. */
  readonly name: string
  readonly prefix: string
  readonly local: string
  readonly uri: string
  /** Without the namespace declarations. */
  readonly attributes: readonly Attribute[]
  /** The namespaces declared on this very element, by prefix. */
  readonly declared: ReadonlyMap<string, string>
  readonly parent: Element | undefined
  readonly children: readonly (Element | string)[]
}

export const is = (element: Element, uri: string, local: string): boolean =>
  element.local === local && element.uri === uri

export const elementsOf = (parent: Element): Element[] =>
  parent.children.filter(child => typeof child !== 'string')

export const childrenOf = (parent: Element, uri: string, local: string): Element[] =>
  elementsOf(parent).filter(child => is(child, uri, local))

/** The first of its name, for places where the reading has made sure that there is at most one. */
export const childOf = (parent: Element, uri: string, local: string): Element | undefined =>
  childrenOf(parent, uri, local)[0]

/** An attribute in no namespace. */
export const attributeOf = (element: Element, name: string): string | undefined =>
  element.attributes.find(attribute => attribute.name === name)?.value

/** The exact text, white space included; undefined when there are elements in it. */
export function textOf(element: Element): string | undefined {
  const isPlain = element.children.every(child => typeof child === 'string')
  return isPlain ? element.children.join('') : undefined
}

/** The element and everything below it, in document order. */
export function allOf(element: Element, found: Element[] = []): Element[] {
  found.push(element)
  for (const child of element.children) if (typeof child !== 'string') allOf(child, found)
  return found
}

/** The namespace that a prefix stands for at this element; undefined when it stands for none. */
export function namespaceOf(element: Element, prefix: string): string | undefined {
  for (let at: Element | undefined = element; at; at = at.parent) {
    const uri = at.declared.get(prefix)
    if (uri !== undefined) return uri
  }
  return undefined
}
