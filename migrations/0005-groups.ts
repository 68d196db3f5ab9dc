// The groups of a domain, who is in them, and the level that a group may give to those people.
import type { Kysely } from 'kysely'
import { addParsed, type ColumnTypes, tenantTable } from './columns.ts'

export async function createGroups(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const { key, time, keepsParsed } = types
  await tenantTable(db, 'groups', { key, tenant: 'domain_id' })
    .addColumn('id', key, col => col.notNull())
    .addColumn('display_name', key, col => col.notNull())
    .addColumn('external_id', key)
    .addColumn('level', 'integer')
    .addColumn('created_at', time, col => col.notNull())
    .addColumn('updated_at', time, col => col.notNull())
    .addColumn('version', 'integer', col => col.notNull())
    .addColumn('doc', 'text', col => col.notNull())
    .addPrimaryKeyConstraint('groups_pk', ['domain_id', 'id'])
    .addUniqueConstraint('groups_display_name', ['domain_id', 'display_name'])
    .execute()
  if (keepsParsed) await addParsed(db, 'groups')
  await db.schema
    .createIndex('groups_external_id')
    .on('groups')
    .columns(['domain_id', 'external_id'])
    .execute()
  await createLink(db, types, { table: 'group_users', member: 'user_id', of: 'users' })
  await createLink(db, types, { table: 'group_groups', member: 'nested_id', of: 'groups' })
  await db.schema.alterTable('members').addColumn('level_group_id', key).execute()
}

/** A row for each member of a group; it goes with either of the two, and through them with the domain. */
async function createLink(
  db: Kysely<unknown>,
  { key }: ColumnTypes,
  { table, member, of }: { table: string; member: string; of: string },
): Promise<void> {
  await db.schema
    .createTable(table)
    .addColumn('domain_id', key, col => col.notNull())
    .addColumn('group_id', key, col => col.notNull())
    .addColumn(member, key, col => col.notNull())
    .addPrimaryKeyConstraint(`${table}_pk`, ['domain_id', 'group_id', member])
    .addForeignKeyConstraint(
      `${table}_group`,
      ['domain_id', 'group_id'],
      'groups',
      ['domain_id', 'id'],
      reference => reference.onDelete('cascade'),
    )
    .addForeignKeyConstraint(`${table}_member`, ['domain_id', member], of, ['domain_id', 'id'], reference =>
      reference.onDelete('cascade'),
    )
    .execute()
  await db.schema
    .createIndex(`${table}_by_member`)
    .on(table)
    .columns(['domain_id', member, 'group_id'])
    .execute()
}
