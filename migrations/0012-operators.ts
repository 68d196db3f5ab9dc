// The operators of the installation: who they are, where a session of theirs is, what they did, and how the first one comes in.
import type { Kysely } from 'kysely'
import type { ColumnTypes } from './columns.ts'

export async function createOperators(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const { key, time } = types
  await db.schema
    .alterTable('people')
    .addColumn('is_operator', 'integer', col => col.notNull().defaultTo(0))
    .execute()
  await db.schema
    .alterTable('sessions')
    .addColumn('operating_in', key, col => col.references('organizations.id').onDelete('set null'))
    .execute()
  await db.schema.createIndex('sessions_operating').on('sessions').columns(['operating_in']).execute()
  await db.schema.alterTable('jobs').addColumn('last_run_at', time).execute()
  await db.schema
    .createTable('first_run')
    .addColumn('id', key, col => col.primaryKey())
    .addColumn('digest', key, col => col.notNull())
    .addColumn('expires_at', time, col => col.notNull())
    .execute()
  await createOperatorLog(db, types)
}

async function createOperatorLog(db: Kysely<unknown>, { key, time }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('operator_log')
    .addColumn('id', key, col => col.primaryKey())
    .addColumn('created_at', time, col => col.notNull())
    .addColumn('actor_id', key)
    .addColumn('actor_label', 'text', col => col.notNull())
    .addColumn('action', key, col => col.notNull())
    .addColumn('target', 'text', col => col.notNull())
    .addColumn('outcome', 'text')
    .addColumn('ip', 'text')
    .addColumn('request_id', 'text')
    .execute()
  await db.schema.createIndex('operator_log_by_action').on('operator_log').columns(['action', 'id']).execute()
}
