// Keeps the unique attributes of schemas that a domain registered unique, for any kind of resource.

import { uniqueness } from '../../scim/errors.ts'
import { nameOf } from '../../scim/filter/ast.ts'
import { isObject, type Resource } from '../../scim/resource.ts'
import type { Db } from '../../store/db.ts'
import { isUniqueViolation } from '../../store/dialect.ts'
import type { StoredRow } from '../../store/query/pages.ts'
import {
  deleteResourceKey,
  deleteResourceKeys,
  insertResourceKey,
  type UniqueAttribute,
  uniqueKeyOf,
} from '../../store/resources/keys.ts'
import type { Rows } from '../kind.ts'

/** The rows of a kind, with the values of these attributes kept beside them. */
export function keepingUnique<Row extends StoredRow>(
  rows: Rows<Row>,
  uniques: readonly UniqueAttribute[],
): Rows<Row> {
  if (uniques.length === 0) return rows
  return {
    ...rows,
    async insert(tx, row, resource) {
      await rows.insert(tx, row, resource)
      await moveKeys(tx, row, { uniques, before: undefined, after: resource })
    },
    async replace(tx, row, change) {
      await rows.replace(tx, row, change)
      await moveKeys(tx, row, { uniques, ...change })
    },
    async remove(tx, row) {
      await deleteResourceKeys(tx, row.domain_id, row.id)
      await rows.remove(tx, row)
    },
  }
}

interface Move {
  readonly uniques: readonly UniqueAttribute[]
  readonly before: Resource | undefined
  readonly after: Resource
}

async function moveKeys(
  tx: Db,
  { domain_id, id }: StoredRow,
  { uniques, before, after }: Move,
): Promise<void> {
  for (const unique of uniques) {
    const { path, schemaNumber } = unique
    const old = before && keyIn(before, unique)
    const now = keyIn(after, unique)
    if (old === now) continue
    const place = { domainId: domain_id, schemaNumber, name: path.attribute.name, resourceId: id }
    if (old !== undefined) await deleteResourceKey(tx, { ...place, value: old })
    if (now !== undefined) await insertResourceKey(tx, { ...place, value: now }).catch(refuseTaken(unique))
  }
}

function keyIn(resource: Resource, unique: UniqueAttribute): string | undefined {
  const { extension, attribute } = unique.path
  const home = extension === undefined ? resource : resource[extension]
  const value = isObject(home) ? home[attribute.name] : undefined
  return value === undefined ? undefined : uniqueKeyOf(unique, value)
}

const refuseTaken =
  ({ path }: UniqueAttribute) =>
  (error: unknown): never => {
    if (!isUniqueViolation(error, 'resource_keys_pk')) throw error
    const like = path.attribute.caseExact ? '' : ', regardless of case'
    throw uniqueness(
      `${nameOf(path)} must be unique in the domain${like}, but another resource has this value.`,
    )
  }
