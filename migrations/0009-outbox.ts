// What is still to be sent, what was said already, answers that may be asked for again; invites that are mailed.
import type { Kysely } from 'kysely'
import { type ColumnTypes, tenantTable } from './columns.ts'

export async function createOutbox(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const { key, time } = types
  await db.schema
    .createTable('outbox')
    .addColumn('id', key, col => col.primaryKey())
    .addColumn('kind', key, col => col.notNull())
    .addColumn('about', key)
    .addColumn('organization_id', key)
    .addColumn('sealed', 'text', col => col.notNull())
    .addColumn('created_at', time, col => col.notNull())
    .addColumn('due_at', time, col => col.notNull())
    .addColumn('attempts', 'integer', col => col.notNull())
    .addColumn('leased_until', time)
    .addColumn('last_error', 'text')
    .addColumn('dead_at', time)
    .execute()
  await db.schema.createIndex('outbox_due').on('outbox').columns(['due_at']).execute()
  await db.schema.createIndex('outbox_by_subject').on('outbox').columns(['about']).execute()
  await createNotices(db, types)
  await createIdempotency(db, types)
  await extendInvites(db, types)
}

async function createNotices(db: Kysely<unknown>, { key, time }: ColumnTypes): Promise<void> {
  await tenantTable(db, 'notices', { key, tenant: 'domain_id' })
    .addColumn('name', key, col => col.notNull())
    .addColumn('created_at', time, col => col.notNull())
    .addPrimaryKeyConstraint('notices_pk', ['domain_id', 'name'])
    .execute()
}

async function createIdempotency(db: Kysely<unknown>, { key, time }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('idempotency')
    .addColumn('credential_id', key, col => col.notNull())
    .addColumn('digest', key, col => col.notNull())
    .addColumn('fingerprint', key, col => col.notNull())
    .addColumn('started_at', time, col => col.notNull())
    .addColumn('sealed', 'text')
    .addPrimaryKeyConstraint('idempotency_pk', ['credential_id', 'digest'])
    .execute()
  await db.schema.createIndex('idempotency_by_time').on('idempotency').columns(['started_at']).execute()
}

async function extendInvites(db: Kysely<unknown>, { key, time }: ColumnTypes): Promise<void> {
  const invites = db.schema.alterTable('invites')
  await invites.addColumn('is_setup_delegation', 'integer', col => col.notNull().defaultTo(0)).execute()
  await invites.addColumn('emailing_attempt_made', 'integer', col => col.notNull().defaultTo(0)).execute()
  await invites.addColumn('mailed_at', time).execute()
  await db.schema
    .createTable('setup_delegations')
    .addColumn('person_id', key, col => col.primaryKey().references('people.id').onDelete('cascade'))
    .addColumn('organization_id', key, col =>
      col.notNull().references('organizations.id').onDelete('cascade'),
    )
    .addColumn('invite_id', key, col => col.notNull())
    .addColumn('step', 'text', col => col.notNull())
    .addColumn('created_at', time, col => col.notNull())
    .execute()
}
