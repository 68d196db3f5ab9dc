// Tables that are their own key on SQLite: what each push adds is written once, and not beside a row number as well.
import { type Kysely, sql } from 'kysely'
import type { ColumnTypes } from './columns.ts'

/** None of them is referred to by others, and none is wide. */
const narrow = ['user_emails', 'resource_counts', 'audit_about', 'events']

/** Old events and old rows of the SCIM log are found by the time in their ids. */
export async function keyTables(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  for (const index of ['events_by_time', 'scim_log_by_time']) await db.schema.dropIndex(index).execute()
  if (!types.hasRowNumbers) return
  for (const name of narrow) await keyTable(db, name)
}

async function keyTable(db: Kysely<unknown>, name: string): Promise<void> {
  const { rows } = await sql<{ type: string; definition: string }>`
    select type, sql as definition from sqlite_master where tbl_name = ${name} and sql is not null`.execute(
    db,
  )
  const [table] = rows.filter(({ type }) => type === 'table')
  if (!table) throw new Error(`expected a table ${name}, but found none`)
  const next = `${name}_keyed`
  await sql`${sql.raw(table.definition.replace(`"${name}"`, `"${next}"`))} without rowid`.execute(db)
  await sql`insert into ${sql.table(next)} select * from ${sql.table(name)}`.execute(db)
  await db.schema.dropTable(name).execute()
  await db.schema.alterTable(next).renameTo(name).execute()
  for (const { definition } of rows.filter(({ type }) => type === 'index'))
    await sql.raw(definition).execute(db)
}
