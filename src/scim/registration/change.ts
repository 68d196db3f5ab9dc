// What of a registered schema can change while resources have values of it, and what cannot.

import type { Registration } from '../registration.ts'
import { quote } from '../resource.ts'
import type { Attribute } from '../schema.ts'

/**
 * What values that are stored could not live with, as a sentence; undefined when there is nothing. Attributes may come,
 * be told of in other words, be required no more, and be writable or shown otherwise.
 */
export function findBreak(before: Registration, after: Registration): string | undefined {
  if (useOf(before) !== useOf(after)) return `it would be ${useOf(after)} instead of ${useOf(before)}`
  return findBreakIn(before.schema.attributes, after.schema.attributes)
}

function useOf(registration: Registration): string {
  if (registration.kind === 'extension') return `an extension of ${registration.extended}`
  return `the type ${registration.name} at ${registration.endpoint}`
}

function findBreakIn(
  before: readonly Attribute[],
  after: readonly Attribute[],
  within = '',
): string | undefined {
  const known = new Set(before.map(each => each.name))
  for (const old of before) {
    const name = within + old.name
    const now = after.find(each => each.name === old.name)
    if (!now) return `${quote(name)} would be gone`
    const broken = fixed.find(part => old[part] !== now[part])
    if (broken) return `${broken} of ${quote(name)} would be ${now[broken]} instead of ${old[broken]}`
    if (now.required && !old.required) return `${quote(name)} would be required`
    if (now.returned === 'never' && old.returned !== 'never') return `${quote(name)} would be returned never`
    const inside = findBreakIn(old.subAttributes ?? [], now.subAttributes ?? [], `${name}.`)
    if (inside) return inside
  }
  const news = after.find(each => each.required && !known.has(each.name))
  return news && `${quote(within + news.name)} would be required`
}

const fixed = ['type', 'multiValued', 'caseExact', 'uniqueness'] as const
