// What has happened to resources, for whoever asks to be told; bulks that are worked off later; domains that insist on If-Match.
import type { Kysely } from 'kysely'
import { type ColumnTypes, tenantTable } from './columns.ts'

export async function createEvents(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const { key, time } = types
  await tenantTable(db, 'events', { key, tenant: 'organization_id' })
    .addColumn('id', key, col => col.notNull())
    .addColumn('domain_id', key, col => col.notNull())
    .addColumn('created_at', time, col => col.notNull())
    .addColumn('name', 'text')
    .addColumn('txn', key, col => col.notNull())
    .addColumn('payload', 'text', col => col.notNull())
    .addPrimaryKeyConstraint('events_pk', ['organization_id', 'id'])
    .execute()
  await db.schema.createIndex('events_by_time').on('events').columns(['created_at']).execute()
  await createBulks(db, types)
  await db.schema
    .alterTable('domains')
    .addColumn('scim_require_if_match', 'integer', col => col.notNull().defaultTo(0))
    .execute()
}

async function createBulks(db: Kysely<unknown>, { key, time }: ColumnTypes): Promise<void> {
  await tenantTable(db, 'bulks', { key, tenant: 'domain_id' })
    .addColumn('id', key, col => col.notNull().unique())
    .addColumn('token_id', key, col => col.notNull())
    .addColumn('request_id', key, col => col.notNull())
    .addColumn('ip', 'text')
    .addColumn('created_at', time, col => col.notNull())
    .addColumn('request', 'text')
    .addColumn('finished_at', time)
    .addPrimaryKeyConstraint('bulks_pk', ['domain_id', 'id'])
    .execute()
  await db.schema.createIndex('bulks_by_time').on('bulks').columns(['finished_at']).execute()
  await tenantTable(db, 'bulk_results', { key, tenant: 'domain_id' })
    .addColumn('bulk_id', key, col => col.notNull())
    .addColumn('position', 'integer', col => col.notNull())
    .addColumn('result', 'text', col => col.notNull())
    .addPrimaryKeyConstraint('bulk_results_pk', ['domain_id', 'bulk_id', 'position'])
    .addForeignKeyConstraint(
      'bulk_results_bulk',
      ['domain_id', 'bulk_id'],
      'bulks',
      ['domain_id', 'id'],
      fk => fk.onDelete('cascade'),
    )
    .execute()
}
