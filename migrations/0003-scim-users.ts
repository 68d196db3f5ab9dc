// What SCIM keeps of a domain: its users, how many there are, and the log of every request.
import type { Kysely } from 'kysely'
import { addParsed, type ColumnTypes, tenantTable } from './columns.ts'

export async function createScimUsers(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await createUsers(db, types)
  await createLog(db, types)
}

async function createUsers(db: Kysely<unknown>, { key, time, keepsParsed }: ColumnTypes): Promise<void> {
  await tenantTable(db, 'users', { key, tenant: 'domain_id' })
    .addColumn('id', key, col => col.notNull())
    .addColumn('person_id', key, col => col.references('people.id').onDelete('set null'))
    .addColumn('user_name', key, col => col.notNull())
    .addColumn('display_name', key)
    .addColumn('external_id', key)
    .addColumn('email', key)
    .addColumn('active', 'integer', col => col.notNull())
    .addColumn('created_at', time, col => col.notNull())
    .addColumn('updated_at', time, col => col.notNull())
    .addColumn('version', 'integer', col => col.notNull())
    .addColumn('doc', 'text', col => col.notNull())
    .addPrimaryKeyConstraint('users_pk', ['domain_id', 'id'])
    .addUniqueConstraint('users_user_name', ['domain_id', 'user_name'])
    .execute()
  if (keepsParsed) await addParsed(db, 'users')
  // They end in the id, the order of every page: else SQLite reads the whole domain in that order instead.
  await db.schema
    .createIndex('users_external_id')
    .on('users')
    .columns(['domain_id', 'external_id', 'id'])
    .execute()
  await db.schema
    .createIndex('users_display_name')
    .on('users')
    .columns(['domain_id', 'display_name', 'id'])
    .execute()
  await db.schema.createIndex('users_person').on('users').columns(['person_id']).execute()
  await tenantTable(db, 'user_emails', { key, tenant: 'domain_id' })
    .addColumn('value', key, col => col.notNull())
    .addColumn('user_id', key, col => col.notNull())
    .addPrimaryKeyConstraint('user_emails_pk', ['domain_id', 'value', 'user_id'])
    .addForeignKeyConstraint('user_emails_user', ['domain_id', 'user_id'], 'users', ['domain_id', 'id'], fk =>
      fk.onDelete('cascade'),
    )
    .execute()
  await db.schema
    .createIndex('user_emails_by_user')
    .on('user_emails')
    .columns(['domain_id', 'user_id'])
    .execute()
  await tenantTable(db, 'resource_counts', { key, tenant: 'domain_id' })
    .addColumn('kind', key, col => col.notNull())
    .addColumn('shard', 'integer', col => col.notNull())
    .addColumn('total', 'integer', col => col.notNull())
    .addPrimaryKeyConstraint('resource_counts_pk', ['domain_id', 'kind', 'shard'])
    .execute()
}

async function createLog(db: Kysely<unknown>, { key, time }: ColumnTypes): Promise<void> {
  await tenantTable(db, 'scim_log', { key, tenant: 'domain_id' })
    .addColumn('id', key, col => col.notNull())
    .addColumn('created_at', time, col => col.notNull())
    .addColumn('request_id', key, col => col.notNull())
    .addColumn('request_method', 'text', col => col.notNull())
    .addColumn('request_path', 'text', col => col.notNull())
    .addColumn('request_headers', 'text', col => col.notNull())
    .addColumn('request_body', 'text')
    .addColumn('response_status', 'integer', col => col.notNull())
    .addColumn('response_body', 'text')
    .addColumn('identity_provider', 'text', col => col.notNull())
    .addColumn('duration_ms', 'double precision', col => col.notNull())
    .addColumn('scim_type', 'text')
    .addColumn('token_hint', 'text')
    .addColumn('resource_type', 'text')
    .addColumn('resource_id', key)
    .addColumn('outcome', 'text', col => col.notNull())
    .addColumn('accommodations', 'text', col => col.notNull())
    .addPrimaryKeyConstraint('scim_log_pk', ['domain_id', 'id'])
    .execute()
  await db.schema.createIndex('scim_log_by_time').on('scim_log').columns(['created_at']).execute()
  await tenantTable(db, 'scim_quirks', { key, tenant: 'domain_id' })
    .addColumn('name', key, col => col.notNull())
    .addColumn('total', 'integer', col => col.notNull())
    .addColumn('last_seen_at', time, col => col.notNull())
    .addPrimaryKeyConstraint('scim_quirks_pk', ['domain_id', 'name'])
    .execute()
}
