// Writes a filter tree back as text, with every group in brackets, so that tests can say in one line what was understood.

import type { Filter } from '../../../src/scim/filter/ast.ts'
import type { AttributePath } from '../../../src/scim/schema.ts'

export function show(filter: Filter, inside = false): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return `(${filter.terms.map(term => show(term, inside)).join(` ${filter.kind} `)})`
    case 'not':
      return `not ${show(filter.term, inside)}`
    case 'present':
      return `${nameOf(filter.path, inside)} pr`
    case 'compare':
      return `${nameOf(filter.path, inside)} ${filter.operator} ${JSON.stringify(filter.value)}`
    case 'element':
      return `${nameOf(filter.path, inside)}[${show(filter.term, true)}]`
  }
}

function nameOf({ extension, attribute, sub }: AttributePath, inside: boolean): string {
  if (inside) return sub?.name ?? 'value'
  const name = sub ? `${attribute.name}.${sub.name}` : attribute.name
  return extension === undefined ? name : `${extension.split(':').at(-3)}:${name}`
}
