// The element that a value filter describes, for directories that "replace" what is not there yet (R71; Entra).

import type { Filter } from '../filter/ast.ts'
import { matchesElement } from '../filter/match.ts'
import type { JsonObject } from '../resource.ts'

/** Undefined unless the filter is made of equalities alone and an element can satisfy them all. */
export function seedOf(filter: Filter): JsonObject | undefined {
  const parts = partsOf(filter)
  if (!parts) return undefined
  const seed: JsonObject = Object.fromEntries(parts)
  return matchesElement(filter, seed) ? seed : undefined
}

function partsOf(filter: Filter): [string, string | number | boolean][] | undefined {
  if (filter.kind === 'and') {
    const terms = filter.terms.map(partsOf)
    return terms.every(term => term !== undefined) ? terms.flat() : undefined
  }
  // `primary eq false` reads as `not (primary eq true)`; an element that says nothing about primary satisfies it.
  if (filter.kind === 'not') return isPrimary(filter.term) ? [] : undefined
  if (filter.kind !== 'compare' || filter.operator !== 'eq') return undefined
  const { sub } = filter.path
  return sub && sub.mutability !== 'readOnly' ? [[sub.name, filter.value]] : undefined
}

const isPrimary = (filter: Filter): boolean =>
  filter.kind === 'compare' && filter.path.sub?.name === 'primary' && filter.value === true
