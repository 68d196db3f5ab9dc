// Which operator made an invite or a set-up link: what they sent ends when they are no operator any more.
import type { Kysely } from 'kysely'
import type { ColumnTypes } from './columns.ts'

export async function nameOperators(db: Kysely<unknown>, { key }: ColumnTypes): Promise<void> {
  for (const table of ['invites', 'set_up_links']) {
    await db.schema
      .alterTable(table)
      .addColumn('operator_id', key, col => col.references('people.id').onDelete('cascade'))
      .execute()
    await db.schema.createIndex(`${table}_by_operator`).on(table).columns(['operator_id']).execute()
  }
}
