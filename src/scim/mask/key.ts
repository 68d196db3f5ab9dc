// What the key of a body says of the value under it, and what the path of a PATCH says of the value beside it.

import { remembered } from './memory.ts'
import { holdPersonal, namesOf } from './personal.ts'
import { maskText } from './text.ts'

export interface Attribute {
  /** What leads to it, lower-cased, from the outside in; its own name comes last. */
  readonly names: readonly string[]
  readonly name: string | undefined
  /** The name before the last, when there is one. */
  readonly outer: string | undefined
  readonly isPersonal: boolean
}

export interface Key {
  readonly attribute: Attribute
  /** As a log shows it: strangers make keys, too. */
  readonly shown: string
  /** Of a person, or of a thing: in a document about attributes. */
  readonly isName: boolean
  /** A filter can stand here: in the path of a PATCH, and in a search by POST. */
  readonly isFilter: boolean
  /** What the path beside it is about, if there is one. */
  readonly isValue: boolean
}

export function attributeAt(path: string): Attribute {
  const names = namesOf(path)
  return { names, name: names.at(-1), outer: names.at(-2), isPersonal: holdPersonal(names) }
}

export const keyOf = remembered((key): Key => {
  const lower = key.toLowerCase()
  return {
    attribute: attributeAt(key),
    shown: maskText(key),
    isName: key === 'name',
    isFilter: lower === 'path' || lower === 'filter',
    isValue: lower === 'value',
  }
})
