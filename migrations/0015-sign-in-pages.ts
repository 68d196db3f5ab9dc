// What the pages about sign-ins need: those of a whole organization found fast, and the request and the result of each.
import { type Kysely, sql } from 'kysely'
import type { ColumnTypes } from './columns.ts'

export async function extendSignIns(db: Kysely<unknown>, { key, time }: ColumnTypes): Promise<void> {
  await db.schema
    .alterTable('sign_in_requests')
    .addColumn('xml', 'text', col => col.notNull().defaultTo(''))
    .execute()
  const added = [
    ['request_id', 'text'],
    ['requested_at', time],
    ['request_xml', 'text'],
    ['result', 'text'],
  ] as const
  for (const [name, type] of added) await db.schema.alterTable('sign_ins').addColumn(name, type).execute()
  await db.schema
    .alterTable('sign_ins')
    .addColumn('organization_id', key, col => col.notNull().defaultTo(''))
    .execute()
  await sql`update sign_ins set organization_id =
    (select organization_id from domains where domains.id = sign_ins.domain_id)`.execute(db)
  await index(db, 'sign_ins_by_organization', [])
  await index(db, 'sign_ins_by_outcome', ['outcome'])
  await index(db, 'sign_ins_by_code', ['code'])
  await index(db, 'sign_ins_by_kind', ['kind'])
  await index(db, 'sign_ins_by_email', ['email'])
  await index(db, 'sign_ins_by_trace', ['trace_id'])
}

/** Of one organization by a filter of its page, in the order of the page. */
const index = (db: Kysely<unknown>, name: string, filter: readonly string[]) =>
  db.schema
    .createIndex(name)
    .on('sign_ins')
    .columns(['organization_id', ...filter, 'id'])
    .execute()
