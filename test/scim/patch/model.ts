// A second, much plainer PATCH: maps and arrays, one method per thing an operation can mean. The engine must agree with it.

import type { Resource } from '../../../src/scim/resource.ts'
import { core, enterprise } from '../patching.ts'

export interface Element {
  value?: string
  type?: string
  display?: string
  primary?: boolean
}
export type Part = keyof Element
export type ListName = 'emails' | 'roles'

/** `title`, `name.givenName`, `enterprise/department`, `enterprise/manager.value` → value. */
type Singles = Map<string, string | boolean>

/** What the strict profile answers with noTarget, or with invalidValue for two primaries. */
export class Refused extends Error {}

export class Model {
  readonly strict: boolean
  readonly singles: Singles
  readonly lists: Record<ListName, Element[]>

  constructor(strict: boolean, from?: Model) {
    this.strict = strict
    this.singles = new Map(from?.singles ?? [['userName', 'bjensen']])
    this.lists = structuredClone(from?.lists ?? { emails: [], roles: [] })
  }

  set(name: string, value: string | boolean | null): void {
    if (value === null) this.removeAll(name)
    else this.singles.set(name, value)
  }

  /** The attribute of that name and all its parts; `enterprise` is the whole extension. */
  removeAll(name: string): void {
    for (const key of this.singles.keys())
      if (key === name || key.startsWith(`${name}.`) || key.startsWith(`${name}/`)) this.singles.delete(key)
  }

  add(list: ListName, given: readonly Element[]): void {
    const news = withoutTwins(given)
    if (news.some(each => each.primary)) this.demote(list)
    for (const element of news) {
      const same = this.findSame(this.lists[list], element)
      if (!same) this.lists[list].push({ ...element })
      else takeOver(same, element)
    }
  }

  replace(list: ListName, given: readonly Element[]): void {
    this.lists[list] = withoutTwins(given)
  }

  withdraw(list: ListName, given: readonly Element[]): void {
    this.lists[list] = this.lists[list].filter(element => !given.some(each => agrees(each, element)))
  }

  removeTyped(list: ListName, type: string): void {
    const left = this.lists[list].filter(element => element.type !== type)
    if (this.strict && left.length === this.lists[list].length) throw new Refused()
    this.lists[list] = left
  }

  /** Sets or, with null, clears one part of every element of that type. */
  setTyped(list: ListName, type: string, [part, value]: [Part, string | boolean | null]): void {
    const chosen = this.lists[list].filter(element => element.type === type)
    if (chosen.length === 0) this.createTyped(list, type, value === null ? undefined : { [part]: value })
    this.put(list, chosen, { [part]: value })
  }

  /** `add` merges into the elements of that type, `replace` puts `value` in their place. */
  changeTyped(list: ListName, type: string, { op, value }: { op: 'add' | 'replace'; value: Element }): void {
    const chosen = this.lists[list].filter(element => element.type === type)
    if (chosen.length === 0) this.createTyped(list, type, value)
    if (op === 'replace') for (const element of chosen) for (const part of parts) delete element[part]
    this.put(list, chosen, value)
  }

  setOnAll(list: ListName, part: Part, value: string): void {
    if (this.lists[list].length === 0) this.lists[list].push({ [part]: value })
    else this.put(list, this.lists[list], { [part]: value })
  }

  /** What each operation leaves: nothing empty, the same type and value once. */
  settle(): void {
    for (const list of ['emails', 'roles'] as const)
      this.lists[list] = withoutTwins(this.lists[list].filter(each => Object.keys(each).length > 0))
  }

  toResource(): Resource {
    const resource: Resource = { schemas: [core] }
    const extension: Resource = { schemas: [] }
    for (const [key, value] of this.singles) {
      const [name = '', inside] = key.split('/')
      const home = inside === undefined ? resource : extension
      const [head = '', tail] = (inside ?? name).split('.')
      const before = home[head]
      home[head] =
        tail === undefined ? value : { ...(typeof before === 'object' ? before : {}), [tail]: value }
    }
    const { schemas: _, ...content } = extension
    if (Object.keys(content).length > 0) {
      resource.schemas.push(enterprise)
      resource[enterprise] = content
    }
    for (const list of ['emails', 'roles'] as const)
      if (this.lists[list].length > 0) resource[list] = this.lists[list].map(element => ({ ...element }))
    return resource
  }

  private createTyped(list: ListName, type: string, value: Element | undefined): void {
    if (this.strict) throw new Refused()
    if (value) this.add(list, [{ type, ...value }])
  }

  private put(list: ListName, chosen: readonly Element[], value: Nullable): void {
    if (value.primary && chosen.length > 1 && this.strict) throw new Refused()
    for (const element of chosen) {
      // R73: the last one that is marked wins.
      if (value.primary) this.demote(list)
      for (const part of parts)
        if (value[part] === null) delete element[part]
        else if (value[part] !== undefined) Object.assign(element, { [part]: value[part] })
    }
  }

  private demote(list: ListName): void {
    for (const element of this.lists[list]) if (element.primary) element.primary = false
  }

  private findSame(list: readonly Element[], given: Element): Element | undefined {
    if (given.value === undefined) return list.find(element => isEqual(element, given))
    const namesakes = list.filter(each => each.value?.toLowerCase() === given.value?.toLowerCase())
    if (given.type === undefined) return namesakes[0]
    return namesakes.find(each => each.type === given.type) ?? namesakes.find(each => each.type === undefined)
  }
}

type Nullable = { readonly [part in Part]?: string | boolean | null }

const parts = ['value', 'type', 'display', 'primary'] as const

/** What `element` says beyond the value, which stays in its first spelling. */
function takeOver(known: Element, element: Element): void {
  const { value: _, ...news } = element
  Object.assign(known, news)
}

function withoutTwins(elements: readonly Element[]): Element[] {
  const kept: Element[] = []
  for (const element of elements) {
    const same = kept.find(each => isTwin(each, element))
    if (same) takeOver(same, element)
    else kept.push({ ...element })
  }
  return kept
}

const isEqual = (a: Element, b: Element) => parts.every(part => a[part] === b[part])

function isTwin(a: Element, b: Element): boolean {
  if (a.value === undefined || b.value === undefined) return isEqual(a, b)
  return a.value.toLowerCase() === b.value.toLowerCase() && a.type === b.type
}

function agrees(given: Element, element: Element): boolean {
  if (given.value === undefined)
    return parts.every(part => given[part] === undefined || given[part] === element[part])
  if (given.value.toLowerCase() !== element.value?.toLowerCase()) return false
  return given.type === undefined || element.type === undefined || given.type === element.type
}
