// When what was sent to somebody got there, and from where a token was used last.
import type { Kysely } from 'kysely'
import type { ColumnTypes } from './columns.ts'

export async function noteDeliveries(db: Kysely<unknown>, { time }: ColumnTypes): Promise<void> {
  await db.schema.alterTable('legal_documents').addColumn('sent_at', time).execute()
  await db.schema.alterTable('integrations').addColumn('pushed_at', time).execute()
  await db.schema.alterTable('scim_tokens').addColumn('last_used_ip', 'text').execute()
}
