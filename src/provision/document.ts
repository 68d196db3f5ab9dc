// A resource as stored text: put together once, sent as it is, with the base URL spliced in by position.
import { isDeepStrictEqual } from 'node:util'
import type { Resource } from '../scim/resource.ts'
import type { ResourceType } from '../scim/schema.ts'
import type { StoredRow } from '../store/query/pages.ts'

/** `W/"3"`: weak, since two representations of one version differ by projection (RFC 7232 §2.1). */
export const tagOf = (version: number): string => `W/"${version}"`

/** Below the domain's base URL. */
export const pathOf = (type: ResourceType, id: string) => `${type.endpoint}/${id}`

type Unwritten = Omit<StoredRow, 'doc'>

const metaOf = (type: ResourceType, row: Unwritten) => ({
  resourceType: type.name,
  created: row.created_at,
  lastModified: row.updated_at,
  version: tagOf(row.version),
  location: pathOf(type, row.id),
})

/** The text of a resource; `meta` is its last member and `location` the last of that, which `answerWith` relies on. */
export function composeDocument(type: ResourceType, row: Unwritten, resource: Resource): string {
  const { schemas, id: _id, externalId, meta: _meta, ...attributes } = resource
  return JSON.stringify({ schemas, id: row.id, externalId, ...attributes, meta: metaOf(type, row) })
}

/** What is put into a document when it is answered; texts that need no JSON escapes any more. */
interface Insertion {
  /** What `meta.location` begins with: an origin with a path. */
  readonly baseUrl: string
  /** A multi-valued attribute that is in no document. */
  readonly name: string | undefined
  readonly elements: readonly string[]
}

/** The document with an absolute `meta.location`, and with `elements` in front of `meta`. */
export function answerWith(
  type: ResourceType,
  row: StoredRow,
  { baseUrl, name, elements }: Insertion,
): string {
  const { doc } = row
  const end = doc.length - `${pathOf(type, row.id)}"}}`.length
  if (name === undefined || elements.length === 0) return doc.slice(0, end) + baseUrl + doc.slice(end)
  const metaAt = doc.length - `,"meta":${JSON.stringify(metaOf(type, row))}}`.length
  return `${doc.slice(0, metaAt)},"${name}":[${elements.join()}]${doc.slice(metaAt, end)}${baseUrl}${doc.slice(end)}`
}

export const locationOf = (type: ResourceType, base: string, row: StoredRow): string =>
  base + pathOf(type, row.id)

export const parseDocument = (text: string): Resource => JSON.parse(text) as Resource

/** Whether two resources say the same; `meta` does not count, nor does the order of members. */
export function isSameContent(a: Resource, b: Resource): boolean {
  return a === b || isDeepStrictEqual({ ...a, meta: null }, { ...b, meta: null })
}
