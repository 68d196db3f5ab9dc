// What one operation of a PATCH (RFC 7644 §3.5.2) comes to once it is read: a place in the schema and a change to make there.

import type { Filter } from '../filter/ast.ts'
import type { Json, JsonObject } from '../resource.ts'
import type { Attribute } from '../schema.ts'

/** Where: an attribute, in `extension` (a URN) or the core; of many elements those that `filter` chooses; `sub` is the part. */
export interface Place {
  readonly extension: string | undefined
  readonly attribute: Attribute
  readonly filter: Filter | undefined
  readonly sub: Attribute | undefined
}

/** What: values are canonical and typed, so that applying them needs no further look at the schema of the value. */
export type Change =
  /** The value becomes this one; for a whole multi-valued attribute it is the new list. */
  | { readonly kind: 'set'; readonly value: Json }
  /** A complex value keeps what is not mentioned; `clear` are the sub-attributes that came as null. */
  | { readonly kind: 'merge'; readonly set: JsonObject; readonly clear: readonly string[] }
  /** These elements join the list. */
  | { readonly kind: 'append'; readonly elements: readonly Json[] }
  /** These elements leave the list. */
  | { readonly kind: 'withdraw'; readonly elements: readonly Json[] }
  | { readonly kind: 'clear' }

export type PatchOperation =
  | {
      readonly op: 'add' | 'remove' | 'replace'
      readonly place: Place
      readonly change: Change
      /** The path as the client wrote it, for error messages. */
      readonly path: string
    }
  /** A whole extension goes. */
  | { readonly op: 'drop'; readonly extension: string; readonly path: string }
