// What a deed changed, as lines that can be read: what was added, what was removed, and what became of what.
import type { AuditObject } from '../../../manage/audit.ts'

export interface Line {
  /** `emails.value`. */
  readonly field: string
  readonly kind: 'added' | 'removed' | 'changed'
  /** In the order in which they are read; of what was changed, what it was and what it is. */
  readonly values: readonly string[]
}

const deepest = 4

export const linesOf = (changes: AuditObject['changes']): Line[] =>
  Object.entries(changes).flatMap(([field, { before, after }]) => compare(field, before, after, 1))

function compare(field: string, before: unknown, after: unknown, depth: number): Line[] {
  if (isNothing(before) && isNothing(after)) return []
  const [old, now] = [fieldsOf(before), fieldsOf(after)]
  if (old && now && depth < deepest) {
    const names = [...new Set([...Object.keys(old), ...Object.keys(now)])]
    return names.flatMap(name => compare(`${field}.${name}`, old[name], now[name], depth + 1))
  }
  if (isNothing(before)) return [{ field, kind: 'added', values: itemsOf(after) }]
  if (isNothing(after)) return [{ field, kind: 'removed', values: itemsOf(before) }]
  if (Array.isArray(before) && Array.isArray(after))
    return compareLists(field, before.map(textOf), after.map(textOf))
  const values = [textOf(before), textOf(after)]
  return values[0] === values[1] ? [] : [{ field, kind: 'changed', values }]
}

function compareLists(field: string, before: readonly string[], after: readonly string[]): Line[] {
  const added = after.filter(each => !before.includes(each))
  const removed = before.filter(each => !after.includes(each))
  const lists = [before.join(', '), after.join(', ')]
  // The same ones in another order, or another number of times.
  if (added.length + removed.length === 0)
    return lists[0] === lists[1] ? [] : [{ field, kind: 'changed', values: lists }]
  return [
    ...(added.length > 0 ? [{ field, kind: 'added' as const, values: added }] : []),
    ...(removed.length > 0 ? [{ field, kind: 'removed' as const, values: removed }] : []),
  ]
}

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** Where there was nothing, there were no fields. */
function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (isNothing(value)) return {}
  return typeof value === 'object' && !Array.isArray(value) ? { ...value } : undefined
}

const itemsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(textOf) : [textOf(value)])

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
