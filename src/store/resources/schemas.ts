// The schemas that domains registered, and the version by which everybody knows whether they know them all.
import { type SqlBool, sql } from 'kysely'
import type { Registration } from '../../scim/registration.ts'
import { aside } from '../aside.ts'
import type { Db } from '../db.ts'
import { documentColumn, jsonAt, kindOf } from '../dialect.ts'
import { type Places, prepare } from '../statement.ts'
import type { ScimSchemasTable } from '../tables/schemas.ts'

export interface ScimSchema {
  readonly domainId: string
  readonly number: number
  readonly registration: Registration
  readonly createdAt: string
  readonly updatedAt: string
  /** Nobody knows it any more, though resources may still have values of it. */
  readonly isRetired: boolean
}

const listWithVersion = prepare((db, { domainId }: Places<{ domainId: string }>) =>
  db
    .selectFrom('domains')
    .leftJoin('scim_schemas', 'scim_schemas.domain_id', 'domains.id')
    .select('domains.scim_schemas_version as version')
    .selectAll('scim_schemas')
    .where('domains.id', '=', domainId)
    .orderBy('scim_schemas.number'),
)

/** In the order in which they were registered, retired ones too, and the version that they make up together. */
export async function listScimSchemas(
  db: Db,
  domainId: string,
): Promise<{ version: number; schemas: ScimSchema[] }> {
  const rows = await listWithVersion.all(db, { domainId })
  const schemas = rows.flatMap(({ version: _, ...row }) => (isFilled(row) ? [schemaOf(row)] : []))
  return { version: rows[0]?.version ?? 0, schemas }
}

type Nullable<Row> = { [Name in keyof Row]: Row[Name] | null }
const isFilled = (row: Nullable<ScimSchemasTable>): row is ScimSchemasTable => row.number !== null

const schemaOf = (row: ScimSchemasTable): ScimSchema => ({
  domainId: row.domain_id,
  number: row.number,
  registration: JSON.parse(row.definition) as Registration,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  isRetired: row.retired_at !== null,
})

const findVersion = prepare((db, { domainId }: Places<{ domainId: string }>) =>
  db.selectFrom('domains').select('scim_schemas_version').where('id', '=', domainId).forKeyShare(),
)

/** The version, which stays until the transaction ends. */
export const keepSchemasVersion = async (tx: Db, domainId: string): Promise<number | undefined> =>
  (await findVersion.first(tx, { domainId }))?.scim_schemas_version

/** The domain is locked. Everybody who pushes from now on will see that the schemas are others. */
async function nextVersion(tx: Db, domainId: string): Promise<number> {
  const { version } = await tx
    .updateTable('domains')
    .set(({ eb }) => ({ scim_schemas_version: eb('scim_schemas_version', '+', 1) }))
    .where('id', '=', domainId)
    .returning('scim_schemas_version as version')
    .executeTakeFirstOrThrow()
  return version
}

/** The version that it brings about is its number. */
export async function insertScimSchema(
  tx: Db,
  { domainId, registration, now }: { domainId: string; registration: Registration; now: string },
): Promise<ScimSchema> {
  const row: ScimSchemasTable = {
    domain_id: domainId,
    number: await nextVersion(tx, domainId),
    urn: registration.schema.id.toLowerCase(),
    definition: JSON.stringify(registration),
    created_at: now,
    updated_at: now,
    retired_at: null,
  }
  await tx.insertInto('scim_schemas').values(row).execute()
  return schemaOf(row)
}

export const findScimSchema = async (db: Db, { domainId, number }: Key): Promise<ScimSchema | undefined> =>
  (await listScimSchemas(db, domainId)).schemas.find(each => each.number === number)

type Key = Pick<ScimSchema, 'domainId' | 'number'>

async function change(tx: Db, { domainId, number }: Key, set: Partial<ScimSchemasTable>): Promise<void> {
  await nextVersion(tx, domainId)
  await tx
    .updateTable('scim_schemas')
    .set(set)
    .where('domain_id', '=', domainId)
    .where('number', '=', number)
    .execute()
}

export const replaceScimSchema = (tx: Db, schema: ScimSchema) =>
  change(tx, schema, {
    definition: JSON.stringify(schema.registration),
    updated_at: schema.updatedAt,
  })

export const retireScimSchema = (tx: Db, key: Key, now: string) => change(tx, key, { retired_at: now })

/** With the keys of its unique attributes. */
export async function deleteScimSchema(tx: Db, { domainId, number }: Key): Promise<void> {
  await nextVersion(tx, domainId)
  await tx.deleteFrom('scim_schemas').where('domain_id', '=', domainId).where('number', '=', number).execute()
}

/** Whether any resource of the domain has values of the schema. */
export async function isInUse(tx: Db, { domainId, number, registration }: ScimSchema): Promise<boolean> {
  if (registration.kind === 'extension')
    return (await holdersOf(tx, domainId, registration).limit(1).executeTakeFirst()) !== undefined
  const resources = tx.selectFrom('resources').select('id').where('domain_id', '=', domainId)
  return (await resources.where('type', '=', number).limit(1).executeTakeFirst()) !== undefined
}

/** The ids of the next resources that have values of the extension, in their order. */
export async function listHolders(
  db: Db,
  extension: Extension,
  { domainId, after, limit }: { domainId: string; after: string; limit: number },
): Promise<string[]> {
  const holders = holdersOf(db, domainId, extension).where('id', '>', after).orderBy('id').limit(limit)
  const { rows } = await db.executeQuery(aside(holders.compile()))
  return rows.map(({ id }) => id)
}

type Extension = Registration & { kind: 'extension' }

function holdersOf(db: Db, domainId: string, { extended, schema }: Extension) {
  const kind = kindOf(db)
  return db
    .selectFrom(extended === 'User' ? 'users' : ('groups' as 'users'))
    .select('id')
    .where('domain_id', '=', domainId)
    .where(sql<SqlBool>`${jsonAt(kind, sql.ref(documentColumn(kind)), [schema.id])} is not null`)
}
