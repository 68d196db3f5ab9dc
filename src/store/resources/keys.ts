// The values of unique attributes that domains registered: one row each, so that no two resources can have the same.
import { keyOf } from '../../scim/filter/key.ts'
import type { Json } from '../../scim/resource.ts'
import type { AttributePath } from '../../scim/schema.ts'
import type { Db } from '../db.ts'
import { type Places, prepare } from '../statement.ts'

/** An attribute with one value that no other resource of the schema may have. */
export interface UniqueAttribute {
  readonly path: AttributePath
  readonly schemaNumber: number
}

interface ResourceKey {
  domainId: string
  schemaNumber: number
  name: string
  value: string
  resourceId: string
}

const insert = prepare((db, key: Places<ResourceKey>) =>
  db.insertInto('resource_keys').values({
    domain_id: key.domainId,
    schema_number: key.schemaNumber,
    name: key.name,
    value: key.value,
    resource_id: key.resourceId,
  }),
)
const remove = prepare((db, key: Places<ResourceKey>) =>
  db
    .deleteFrom('resource_keys')
    .where('domain_id', '=', key.domainId)
    .where('schema_number', '=', key.schemaNumber)
    .where('name', '=', key.name)
    .where('value', '=', key.value)
    .where('resource_id', '=', key.resourceId),
)
const removeAll = prepare((db, { domainId, id }: Places<{ domainId: string; id: string }>) =>
  db.deleteFrom('resource_keys').where('domain_id', '=', domainId).where('resource_id', '=', id),
)

/** Throws a violation of `resource_keys_pk` when another resource has the value. */
export const insertResourceKey = (tx: Db, key: ResourceKey) => insert.run(tx, key)
export const deleteResourceKey = (tx: Db, key: ResourceKey) => remove.run(tx, key)
export const deleteResourceKeys = (tx: Db, domainId: string, id: string) =>
  removeAll.run(tx, { domainId, id })

/** What is compared in place of the value, which is text or a number. */
export const uniqueKeyOf = ({ path }: UniqueAttribute, value: Json): string => keyOf(path)(String(value))
