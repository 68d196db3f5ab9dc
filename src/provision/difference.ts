// In what a resource differs from what it was: for the audit log, for events, and in the words of the SCIM log.
import { isDeepStrictEqual } from 'node:util'
import { isObject, type Json, type Resource } from '../scim/resource.ts'
import type { Story } from './log/outcome.ts'

/** The top-level attributes that differ, for the audit log. */
export function changesBetween(
  before: Resource,
  after: Resource,
): Record<string, { before: Json; after: Json }> {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  const changes: Record<string, { before: Json; after: Json }> = {}
  for (const name of names) {
    if (name === 'meta') continue
    const [old, now] = [before[name] ?? null, after[name] ?? null]
    if (!isDeepStrictEqual(old, now)) changes[name] = { before: old, after: now }
  }
  return changes
}

/** Whether the change switched the resource on or off. A new one is ready for use unless it says otherwise. */
export function turnBetween(
  before: Resource | undefined,
  after: Resource | undefined,
): 'on' | 'off' | undefined {
  const [was, is] = [before?.active ?? true, after?.active ?? true]
  if (after === undefined || was === is) return undefined
  return is === true ? 'on' : 'off'
}

const deeds = { on: 'Reactivated', off: 'Deactivated' } as const

/** Says in the story which attributes changed, before what followed from it; gives the deed as its sentence begins. */
export function tellDifference(story: Story, before: Resource, after: Resource): string {
  const turn = turnBetween(before, after)
  const names = attributesBetween(before, after)
    .map(path => path.slice(path.lastIndexOf(':') + 1))
    .filter(name => !turn || name !== 'active')
  const last = names.pop()
  if (last !== undefined)
    story.effects.unshift(`${[names.join(', '), last].filter(Boolean).join(' and ')} changed`)
  return turn ? deeds[turn] : 'Updated'
}

const notTold = new Set(['schemas', 'meta'])

/** The paths (RFC 7644 §3.5.2) of what was set, changed or cleared; inside an extension, attribute by attribute. */
export function attributesBetween(before: Resource | undefined, after: Resource | undefined): string[] {
  return differing(before, after).flatMap(name => {
    if (notTold.has(name)) return []
    if (!name.startsWith('urn:')) return [name]
    return differing(before?.[name], after?.[name]).map(inner => `${name}:${inner}`)
  })
}

function differing(a: Json | undefined, b: Json | undefined): string[] {
  const [before, after] = [isObject(a) ? a : {}, isObject(b) ? b : {}]
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].filter(name => !isDeepStrictEqual(before[name], after[name]))
}
