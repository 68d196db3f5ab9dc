// The one tree of a SCIM filter (RFC 7644 §3.4.2.2): paths already found in the schema, values already typed.

import type { AttributePath } from '../schema.ts'

export type Operator = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le'

/** Typed by the attribute it is compared with; `null` only with eq and ne. */
export type Comparand = string | number | boolean | null

export type Filter =
  | { readonly kind: 'and' | 'or'; readonly terms: readonly Filter[] }
  | { readonly kind: 'not'; readonly term: Filter }
  | { readonly kind: 'present'; readonly path: AttributePath }
  | {
      readonly kind: 'compare'
      readonly path: AttributePath
      readonly operator: Operator
      readonly value: Comparand
    }
  /** `attr[…]`: one element satisfies the whole `term`; each path in it has the same `attribute`, and `sub` names the part. */
  | { readonly kind: 'element'; readonly path: AttributePath; readonly term: Filter }
