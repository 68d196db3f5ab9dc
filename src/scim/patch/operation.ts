// What one operation of a PATCH (RFC 7644 §3.5.2) comes to once it is read: a place in the schema and a change to make there.

import type { Filter } from '../filter/ast.ts'
import type { Json, JsonObject } from '../resource.ts'
import type { Attribute } from '../schema.ts'

/** An attribute, in `extension` (a URN) or the core; of many elements only those that `filter` chooses. */
export interface Place {
  readonly extension: string | undefined
  readonly attribute: Attribute
  readonly filter: Filter | undefined
}

/** Values are canonical and typed. With a filter, set, merge and clear are about each chosen element. */
export type Change =
  /** The value becomes this one; without a filter on a multi-valued attribute it is the new list. */
  | { readonly kind: 'set'; readonly value: Json }
  /** A complex value keeps what is not mentioned; `clear` names the sub-attributes that go. */
  | { readonly kind: 'merge'; readonly set: JsonObject; readonly clear: readonly string[] }
  /** These elements join the list. */
  | { readonly kind: 'append'; readonly elements: readonly Json[] }
  /** These elements leave the list. */
  | { readonly kind: 'withdraw'; readonly elements: readonly Json[] }
  | { readonly kind: 'clear' }

export type Op = 'add' | 'remove' | 'replace'

export interface AttributeOperation {
  readonly op: Op
  readonly place: Place
  readonly change: Change
  /** The path as the client wrote it, for messages. */
  readonly path: string
}

/** A whole extension goes. */
interface DropOperation {
  readonly op: 'drop'
  readonly extension: string
}

export type PatchOperation = AttributeOperation | DropOperation
