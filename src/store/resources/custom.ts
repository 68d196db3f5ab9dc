// The resources of types that domains registered: one row each with its document as text.
import type { Db } from '../db.ts'
import { type Places, prepare } from '../statement.ts'
import type { ResourcesTable } from '../tables/schemas.ts'

export type CustomResource = ResourcesTable

interface Key {
  domainId: string
  type: number
  id: string
}

// Not all of them: PostgreSQL has a parsed copy of the document besides, for filters only.
const columns = [
  'domain_id',
  'type',
  'id',
  'display_name',
  'external_id',
  'created_at',
  'updated_at',
  'version',
  'doc',
] as const satisfies readonly (keyof CustomResource)[]

const rowAt = (db: Db, { domainId, type, id }: Places<Key>) =>
  db
    .selectFrom('resources')
    .select(columns)
    .where('domain_id', '=', domainId)
    .where('type', '=', type)
    .where('id', '=', id)

const find = prepare(rowAt)
const findForUpdate = prepare((db, key: Places<Key>) => rowAt(db, key).forUpdate())

export const findResource = (db: Db, key: Key): Promise<CustomResource | undefined> => find.first(db, key)

/** As `findResource`, and nobody else changes the row before the transaction ends. */
export const lockResource = (tx: Db, key: Key): Promise<CustomResource | undefined> =>
  findForUpdate.first(tx, key)

const insert = prepare((db, row: Places<CustomResource>) =>
  db.insertInto('resources').values({
    domain_id: row.domain_id,
    type: row.type,
    id: row.id,
    display_name: row.display_name,
    external_id: row.external_id,
    created_at: row.created_at,
    updated_at: row.updated_at,
    version: row.version,
    doc: row.doc,
  }),
)
const update = prepare((db, row: Places<CustomResource>) =>
  db
    .updateTable('resources')
    .set({
      display_name: row.display_name,
      external_id: row.external_id,
      updated_at: row.updated_at,
      version: row.version,
      doc: row.doc,
    })
    .where('domain_id', '=', row.domain_id)
    .where('type', '=', row.type)
    .where('id', '=', row.id),
)
const remove = prepare((db, { domainId, type, id }: Places<Key>) =>
  db.deleteFrom('resources').where('domain_id', '=', domainId).where('type', '=', type).where('id', '=', id),
)

export const insertResource = (tx: Db, row: CustomResource) => insert.run(tx, row)
export const updateResource = (tx: Db, row: CustomResource) => update.run(tx, row)
export const deleteResource = (tx: Db, key: Key) => remove.run(tx, key)
