// A resource as stored text: put together once, sent as it is, with the base URL spliced in by position.
import { isDeepStrictEqual } from 'node:util'
import type { Json, Resource } from '../scim/resource.ts'
import type { ResourceType } from '../scim/schema.ts'
import type { StoredRow } from '../store/pages.ts'

/** `W/"3"`: weak, since two representations of one version differ by projection (RFC 7232 §2.1). */
export const tagOf = (version: number): string => `W/"${version}"`

/** Below the domain's base URL. */
export const pathOf = (type: ResourceType, id: string) => `${type.endpoint}/${id}`

/** The text of a resource; `meta` is its last member and `location` the last of that, which `withLocation` relies on. */
export function composeDocument(type: ResourceType, row: Omit<StoredRow, 'doc'>, resource: Resource): string {
  const { schemas, id: _id, externalId, meta: _meta, ...attributes } = resource
  const meta = {
    resourceType: type.name,
    created: row.created_at,
    lastModified: row.updated_at,
    version: tagOf(row.version),
    location: pathOf(type, row.id),
  }
  return JSON.stringify({ schemas, id: row.id, externalId, ...attributes, meta })
}

/** The document with an absolute `meta.location`. `base` is an origin with a path, so it needs no JSON escapes. */
export function withLocation(type: ResourceType, base: string, row: StoredRow): string {
  const at = row.doc.length - `${pathOf(type, row.id)}"}}`.length
  return row.doc.slice(0, at) + base + row.doc.slice(at)
}

export const locationOf = (type: ResourceType, base: string, row: StoredRow): string =>
  base + pathOf(type, row.id)

export const parseDocument = (text: string): Resource => JSON.parse(text) as Resource

/** Whether two resources say the same; `meta` does not count, nor does the order of members. */
export function isSameContent(a: Resource, b: Resource): boolean {
  return a === b || isDeepStrictEqual({ ...a, meta: null }, { ...b, meta: null })
}

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
