// Set-up links: by one of them somebody without an account sets up a domain, as far as it goes and for as long.
import type { Kysely } from 'kysely'
import { type ColumnTypes, tenantTable } from './columns.ts'

export async function createSetUpLinks(db: Kysely<unknown>, { key, time }: ColumnTypes): Promise<void> {
  await tenantTable(db, 'set_up_links', { key, tenant: 'organization_id' })
    .addColumn('id', key, col => col.notNull())
    .addColumn('domain_id', key, col => col.references('domains.id').onDelete('cascade'))
    .addColumn('digest', key, col => col.notNull().unique())
    .addColumn('label', 'text', col => col.notNull())
    .addColumn('sent_to', 'text')
    .addColumn('parts', 'text', col => col.notNull())
    .addColumn('created_by', key)
    .addColumn('created_at', time, col => col.notNull())
    .addColumn('expires_at', time, col => col.notNull())
    .addColumn('opened_at', time)
    .addColumn('last_used_at', time)
    .addColumn('last_used_ip', 'text')
    .addColumn('revoked_at', time)
    .addPrimaryKeyConstraint('set_up_links_pk', ['organization_id', 'id'])
    // A membership that ends takes the links along that were made by it.
    .addForeignKeyConstraint(
      'set_up_links_maker',
      ['organization_id', 'created_by'],
      'members',
      ['organization_id', 'person_id'],
      reference => reference.onDelete('cascade'),
    )
    .execute()
  await db.schema
    .createIndex('set_up_links_by_maker')
    .on('set_up_links')
    .columns(['organization_id', 'created_by'])
    .execute()
  await db.schema
    .createIndex('set_up_links_by_domain')
    .on('set_up_links')
    .columns(['domain_id', 'created_at'])
    .execute()
  await db.schema.createIndex('set_up_links_by_end').on('set_up_links').columns(['expires_at']).execute()
}
