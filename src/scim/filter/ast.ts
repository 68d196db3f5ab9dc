// The one tree of a SCIM filter (RFC 7644 §3.4.2.2): paths already found in the schema, values already typed.
//
// The parser brings every filter to this form, so that the readers (match.ts, store/filter-sql.ts) need no rules of their own:
//   a ne x                  not (a eq x)            it also matches where a is absent
//   a eq null, a ne null    not (a pr), a pr
//   emails.type eq x        emails[type eq x]       any element; so `ne` means that no element is equal
//   emails co x             emails[value co x]      RFC 7643 §2.4: `value` is what the element stands for
//   primary eq false        not (primary eq true)   RFC 7643 §2.4: a missing primary is false
//   shoeSize eq x           or of nothing           false, where a list of several types has it unknown to this one
// Every term is true or false, never unknown: a comparison with an absent value is false.

import type { AttributePath } from '../schema.ts'

export type Operator = 'eq' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le'

/** Typed by the attribute it is compared with; a dateTime stays the text that came, checked to be an instant. */
export type Comparand = string | number | boolean

export interface Comparison {
  readonly kind: 'compare'
  readonly path: AttributePath
  readonly operator: Operator
  readonly value: Comparand
}

export type Filter =
  | { readonly kind: 'and' | 'or'; readonly terms: readonly Filter[] }
  | { readonly kind: 'not'; readonly term: Filter }
  | { readonly kind: 'present'; readonly path: AttributePath }
  | Comparison
  /**
   * One element of the multi-valued `path.attribute` satisfies the whole `term`. Each path in the term has the same
   * `attribute`; its `sub` names the part of the element, and without `sub` it is the element itself.
   */
  | { readonly kind: 'element'; readonly path: AttributePath; readonly term: Filter }

/** The path as RFC 7644 §3.10 writes it. */
export const nameOf = ({ extension, attribute, sub }: AttributePath): string =>
  (extension === undefined ? '' : `${extension}:`) + attribute.name + (sub ? `.${sub.name}` : '')
