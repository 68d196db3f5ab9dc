// Domains whose identity provider puts into groups whom it never pushed: what becomes of such members.
import type { Kysely } from 'kysely'

export async function addUnknownMembers(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('domains')
    .addColumn('scim_unknown_members', 'text', col => col.notNull().defaultTo('refuse'))
    .execute()
}
