// The kind of resource of a type that a domain registered: nothing is behind it but its document.
import { keyOf } from '../../scim/filter/key.ts'
import type { Json, JsonObject, Resource } from '../../scim/resource.ts'
import { findPath, type ResourceType } from '../../scim/schema.ts'
import type { Pages } from '../../store/query/pages.ts'
import {
  type CustomResource,
  deleteResource,
  findResource,
  insertResource,
  lockResource,
  updateResource,
} from '../../store/resources/custom.ts'
import { parseDocument } from '../document.ts'
import type { Effects, Kind, Rows } from '../kind.ts'

const effects: Effects<CustomResource> = {
  created: async (_tx, _push, { row }) => row,
  changed: async (_tx, _push, { row }) => row,
  removed: async () => {},
}

/** `number` is that of its schema. */
export function customKind(type: ResourceType, number: number, pages: Pages): Kind<CustomResource> {
  const rows: Rows<CustomResource> = {
    find: (db, domainId, id) => findResource(db, { domainId, type: number, id }),
    lock: (tx, domainId, id) => lockResource(tx, { domainId, type: number, id }),
    ...pages,
    async insert(tx, row) {
      await insertResource(tx, row)
    },
    async replace(tx, row) {
      await updateResource(tx, row)
    },
    async remove(tx, row) {
      await deleteResource(tx, { domainId: row.domain_id, type: number, id: row.id })
    },
  }
  return {
    type,
    patchAnswer: 'resource',
    rows,
    effects,
    nameIn: nameOf,
    labelOf: row => nameOf(parseDocument(row.doc)) ?? row.id,
    complete: resource => resource,
    toRow: (base, resource) => ({
      ...base,
      type: number,
      display_name: displayKey(type, resource),
      external_id: textOf(resource.externalId) ?? null,
    }),
  }
}

/** The first of these that says anything. */
const nameOf = (body: JsonObject): string | undefined =>
  [body.displayName, body.name, body.externalId].map(textOf).find(text => text !== undefined)

function displayKey(type: ResourceType, { displayName }: Resource): string | null {
  const path = findPath(type, 'displayName')
  const text = textOf(displayName)
  return path && text !== undefined ? keyOf(path)(text) : null
}

const textOf = (value: Json | undefined) => (typeof value === 'string' && value !== '' ? value : undefined)
