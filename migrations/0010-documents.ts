// What an organization has with others: integrations with vendors, and legal documents that are signed.
import { type Kysely, sql } from 'kysely'
import { type ColumnTypes, tenantTable } from './columns.ts'

export async function createDocuments(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await createIntegrations(db, types)
  await createLegalDocuments(db, types)
}

async function createIntegrations(db: Kysely<unknown>, { key, time }: ColumnTypes): Promise<void> {
  await tenantTable(db, 'integrations', { key, tenant: 'organization_id' })
    .addColumn('id', key, col => col.notNull())
    .addColumn('kind', key, col => col.notNull())
    .addColumn('type', key, col => col.notNull())
    .addColumn('integration_id', key, col => col.notNull())
    .addColumn('config', 'text', col => col.notNull())
    .addColumn('sealed', 'text', col => col.notNull())
    .addColumn('created_by', key)
    .addColumn('created_at', time, col => col.notNull())
    .addColumn('updated_at', time, col => col.notNull())
    .addPrimaryKeyConstraint('integrations_pk', ['organization_id', 'id'])
    .addUniqueConstraint('integrations_vendor_id', ['organization_id', 'kind', 'integration_id'])
    .execute()
  // An installation of the marketplace has made its organization, and so belongs to one alone.
  await db.schema
    .createIndex('integrations_installation')
    .unique()
    .on('integrations')
    .columns(['kind', 'integration_id'])
    .where(sql.ref('type'), '=', sql.lit('marketplace'))
    .execute()
}

async function createLegalDocuments(db: Kysely<unknown>, { key, time }: ColumnTypes): Promise<void> {
  await tenantTable(db, 'legal_documents', { key, tenant: 'organization_id' })
    .addColumn('id', key, col => col.notNull())
    .addColumn('document_type', key, col => col.notNull())
    .addColumn('company_name', 'text', col => col.notNull())
    .addColumn('company_address', 'text', col => col.notNull())
    .addColumn('representative_email', 'text', col => col.notNull())
    .addColumn('status', key, col => col.notNull())
    .addColumn('provider', key, col => col.notNull())
    .addColumn('agreement', 'text')
    .addColumn('link_digest', key, col => col.unique())
    .addColumn('envelope_id', key, col => col.unique())
    .addColumn('opened_at', time)
    .addColumn('signature', 'text')
    .addColumn('stored_at', time)
    .addColumn('created_by', key)
    .addColumn('created_at', time, col => col.notNull())
    .addColumn('updated_at', time, col => col.notNull())
    .addPrimaryKeyConstraint('legal_documents_pk', ['organization_id', 'id'])
    .addUniqueConstraint('legal_documents_type', ['organization_id', 'document_type'])
    .execute()
}
