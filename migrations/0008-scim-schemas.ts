// The schemas that a domain registers, the resources of its own types, and the values that must be unique among them.
import type { Kysely } from 'kysely'
import { addParsed, type ColumnTypes, tenantTable } from './columns.ts'

export async function createScimSchemas(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const { key, time } = types
  await db.schema
    .alterTable('domains')
    .addColumn('scim_schemas_version', 'integer', col => col.notNull().defaultTo(0))
    .execute()
  await tenantTable(db, 'scim_schemas', { key, tenant: 'domain_id' })
    .addColumn('number', 'integer', col => col.notNull())
    .addColumn('urn', key, col => col.notNull())
    .addColumn('definition', 'text', col => col.notNull())
    .addColumn('created_at', time, col => col.notNull())
    .addColumn('updated_at', time, col => col.notNull())
    .addColumn('retired_at', time)
    .addPrimaryKeyConstraint('scim_schemas_pk', ['domain_id', 'number'])
    .addUniqueConstraint('scim_schemas_urn', ['domain_id', 'urn'])
    .execute()
  await createResources(db, types)
  await createKeys(db, types)
}

async function createResources(db: Kysely<unknown>, { key, time, keepsParsed }: ColumnTypes): Promise<void> {
  await tenantTable(db, 'resources', { key, tenant: 'domain_id' })
    .addColumn('type', 'integer', col => col.notNull())
    .addColumn('id', key, col => col.notNull())
    .addColumn('display_name', key)
    .addColumn('external_id', key)
    .addColumn('created_at', time, col => col.notNull())
    .addColumn('updated_at', time, col => col.notNull())
    .addColumn('version', 'integer', col => col.notNull())
    .addColumn('doc', 'text', col => col.notNull())
    .addPrimaryKeyConstraint('resources_pk', ['domain_id', 'type', 'id'])
    .addForeignKeyConstraint(
      'resources_type',
      ['domain_id', 'type'],
      'scim_schemas',
      ['domain_id', 'number'],
      reference => reference.onDelete('cascade'),
    )
    .execute()
  if (keepsParsed) await addParsed(db, 'resources')
  for (const column of ['external_id', 'display_name'])
    await db.schema
      .createIndex(`resources_${column}`)
      .on('resources')
      .columns(['domain_id', 'type', column, 'id'])
      .execute()
}

async function createKeys(db: Kysely<unknown>, { key }: ColumnTypes): Promise<void> {
  await tenantTable(db, 'resource_keys', { key, tenant: 'domain_id' })
    .addColumn('schema_number', 'integer', col => col.notNull())
    .addColumn('name', key, col => col.notNull())
    .addColumn('value', key, col => col.notNull())
    .addColumn('resource_id', key, col => col.notNull())
    .addPrimaryKeyConstraint('resource_keys_pk', ['domain_id', 'schema_number', 'name', 'value'])
    .addForeignKeyConstraint(
      'resource_keys_schema',
      ['domain_id', 'schema_number'],
      'scim_schemas',
      ['domain_id', 'number'],
      reference => reference.onDelete('cascade'),
    )
    .execute()
  await db.schema
    .createIndex('resource_keys_by_resource')
    .on('resource_keys')
    .columns(['domain_id', 'resource_id'])
    .execute()
}
