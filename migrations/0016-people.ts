// What a person's timeline is read from: audit rows by whom they are about, users that are gone, and logs by their people.
import { type Kysely, sql } from 'kysely'
import { type ColumnTypes, tenantTable } from './columns.ts'

export async function createTimelines(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await createAuditAbout(db, types)
  await createFormerUsers(db, types)
  await extendSessions(db, types)
  await db.schema
    .createIndex('audit_by_target')
    .on('audit')
    .columns(['organization_id', 'target_id', 'id'])
    .execute()
  await db.schema
    .createIndex('sign_ins_of_person')
    .on('sign_ins')
    .columns(['organization_id', 'person_id', 'id'])
    .execute()
}

/** A subject is the id of a person or of a user, or the address of an invite. */
async function createAuditAbout(db: Kysely<unknown>, { key }: ColumnTypes): Promise<void> {
  await tenantTable(db, 'audit_about', { key, tenant: 'organization_id' })
    .addColumn('subject', key, col => col.notNull())
    .addColumn('audit_id', key, col => col.notNull())
    .addPrimaryKeyConstraint('audit_about_pk', ['organization_id', 'subject', 'audit_id'])
    .execute()
  await sql`insert into audit_about (organization_id, subject, audit_id)
    select audit.organization_id, people.id, audit.id from audit
    join people on people.email = audit.target_label
    where audit.target_type in ('member', 'session', 'person')`.execute(db)
  await sql`insert into audit_about (organization_id, subject, audit_id)
    select organization_id, target_label, id from audit where target_type = 'invite'`.execute(db)
}

async function createFormerUsers(db: Kysely<unknown>, { key, time }: ColumnTypes): Promise<void> {
  await tenantTable(db, 'former_users', { key, tenant: 'domain_id' })
    .addColumn('user_id', key, col => col.notNull())
    .addColumn('person_id', key, col => col.notNull().references('people.id').onDelete('cascade'))
    .addColumn('deleted_at', time, col => col.notNull())
    .addPrimaryKeyConstraint('former_users_pk', ['domain_id', 'user_id'])
    .execute()
  await db.schema.createIndex('former_users_of_person').on('former_users').columns(['person_id']).execute()
}

async function extendSessions(db: Kysely<unknown>, { time }: ColumnTypes): Promise<void> {
  await db.schema.alterTable('sessions').addColumn('ip', 'text').execute()
  await db.schema.alterTable('sessions').addColumn('last_seen_at', time).execute()
}
