// How people sign in: sign-ins under way, assertions that were used, who a name stands for, links, keys, and the log.
import type { Kysely } from 'kysely'
import { type ColumnTypes, tenantTable } from './columns.ts'

export async function createSignIns(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await extendDomains(db)
  await createAssertions(db, types)
  await createLog(db, types)
  await createLinks(db, types)
  await createKeys(db, types)
  await createProjectMembers(db, types)
}

async function extendDomains(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('domains')
    .addColumn('saml_sso_binding', 'text', col => col.notNull().defaultTo('redirect'))
    .execute()
  await db.schema
    .alterTable('domains')
    .addColumn('saml_sign_requests', 'integer', col => col.notNull().defaultTo(0))
    .execute()
  await db.schema
    .alterTable('sessions')
    .addColumn('method', 'text', col => col.notNull().defaultTo('saml'))
    .execute()
}

async function createAssertions(db: Kysely<unknown>, { key, time }: ColumnTypes): Promise<void> {
  await tenantTable(db, 'sign_in_requests', { key, tenant: 'domain_id' })
    .addColumn('id', key, col => col.notNull())
    .addColumn('relay_digest', key, col => col.notNull().unique())
    .addColumn('binding_digest', key, col => col.notNull())
    .addColumn('kind', 'text', col => col.notNull())
    .addColumn('next', 'text', col => col.notNull())
    .addColumn('created_at', time, col => col.notNull())
    .addColumn('expires_at', time, col => col.notNull())
    .addPrimaryKeyConstraint('sign_in_requests_pk', ['domain_id', 'id'])
    .execute()
  await db.schema
    .createIndex('sign_in_requests_by_end')
    .on('sign_in_requests')
    .columns(['expires_at'])
    .execute()
  await tenantTable(db, 'used_assertions', { key, tenant: 'domain_id' })
    .addColumn('digest', key, col => col.notNull())
    .addColumn('expires_at', time, col => col.notNull())
    .addPrimaryKeyConstraint('used_assertions_pk', ['domain_id', 'digest'])
    .execute()
  await db.schema
    .createIndex('used_assertions_by_end')
    .on('used_assertions')
    .columns(['expires_at'])
    .execute()
  await tenantTable(db, 'identities', { key, tenant: 'domain_id' })
    .addColumn('name_id', key, col => col.notNull())
    .addColumn('person_id', key, col => col.notNull().references('people.id').onDelete('cascade'))
    .addColumn('created_at', time, col => col.notNull())
    .addPrimaryKeyConstraint('identities_pk', ['domain_id', 'name_id'])
    .execute()
  await db.schema.createIndex('identities_by_person').on('identities').columns(['person_id']).execute()
}

async function createLog(db: Kysely<unknown>, { key, time }: ColumnTypes): Promise<void> {
  await tenantTable(db, 'sign_ins', { key, tenant: 'domain_id' })
    .addColumn('id', key, col => col.notNull())
    .addColumn('trace_id', key, col => col.notNull())
    .addColumn('created_at', time, col => col.notNull())
    .addColumn('kind', 'text', col => col.notNull())
    .addColumn('outcome', 'text', col => col.notNull())
    .addColumn('code', 'text')
    .addColumn('email', 'text')
    .addColumn('name_id', 'text')
    .addColumn('person_id', key, col => col.references('people.id').onDelete('set null'))
    .addColumn('steps', 'text', col => col.notNull())
    .addColumn('attributes', 'text', col => col.notNull())
    .addColumn('certificate_fingerprint', 'text')
    .addColumn('idp_clock_offset_ms', 'double precision')
    .addColumn('duration_ms', 'double precision', col => col.notNull())
    .addColumn('ip', 'text')
    .addColumn('response_xml', 'text')
    .addPrimaryKeyConstraint('sign_ins_pk', ['domain_id', 'id'])
    .execute()
  await db.schema.createIndex('sign_ins_by_time').on('sign_ins').columns(['created_at']).execute()
  await db.schema.createIndex('sign_ins_by_person').on('sign_ins').columns(['person_id']).execute()
}

async function createLinks(db: Kysely<unknown>, { key, time }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('sign_in_links')
    .addColumn('person_id', key, col => col.notNull().references('people.id').onDelete('cascade'))
    .addColumn('digest', key, col => col.notNull().unique())
    .addColumn('kind', 'text', col => col.notNull())
    .addColumn('next', 'text', col => col.notNull())
    .addColumn('created_at', time, col => col.notNull())
    .addColumn('expires_at', time, col => col.notNull())
    .addPrimaryKeyConstraint('sign_in_links_pk', ['person_id', 'digest'])
    .execute()
  await db.schema
    .createTable('application_codes')
    .addColumn('digest', key, col => col.primaryKey())
    .addColumn('session_id', key, col => col.notNull().references('sessions.id').onDelete('cascade'))
    .addColumn('application', 'text', col => col.notNull())
    .addColumn('expires_at', time, col => col.notNull())
    .execute()
  await db.schema
    .createIndex('application_codes_by_session')
    .on('application_codes')
    .columns(['session_id'])
    .execute()
}

async function createKeys(db: Kysely<unknown>, { key, time }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('signing_keys')
    .addColumn('purpose', key, col => col.notNull())
    .addColumn('generation', 'integer', col => col.notNull())
    .addColumn('id', key, col => col.notNull().unique())
    .addColumn('sealed', 'text', col => col.notNull())
    .addColumn('public', 'text', col => col.notNull())
    .addColumn('created_at', time, col => col.notNull())
    .addColumn('active_at', time, col => col.notNull())
    .addColumn('retires_at', time)
    .addPrimaryKeyConstraint('signing_keys_pk', ['purpose', 'generation'])
    .execute()
}

async function createProjectMembers(db: Kysely<unknown>, { key, time }: ColumnTypes): Promise<void> {
  await tenantTable(db, 'project_members', { key, tenant: 'organization_id' })
    .addColumn('project_id', 'integer', col => col.notNull())
    .addColumn('person_id', key, col => col.notNull())
    .addColumn('level', 'text', col => col.notNull())
    .addColumn('created_at', time, col => col.notNull())
    .addPrimaryKeyConstraint('project_members_pk', ['organization_id', 'project_id', 'person_id'])
    .addForeignKeyConstraint(
      'project_members_project',
      ['organization_id', 'project_id'],
      'projects',
      ['organization_id', 'id'],
      reference => reference.onDelete('cascade'),
    )
    .addForeignKeyConstraint(
      'project_members_member',
      ['organization_id', 'person_id'],
      'members',
      ['organization_id', 'person_id'],
      reference => reference.onDelete('cascade'),
    )
    .execute()
  await db.schema
    .createIndex('project_members_by_member')
    .on('project_members')
    .columns(['organization_id', 'person_id'])
    .execute()
}
