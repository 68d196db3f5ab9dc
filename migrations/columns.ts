// How columns are written so that both databases mean the same by them.
import { type ColumnDataType, type Kysely, type RawBuilder, sql } from 'kysely'

/** The column types that differ between the databases. `key` compares by byte value on both. */
export interface ColumnTypes {
  readonly key: ColumnDataType | RawBuilder<unknown>
  readonly time: ColumnDataType | RawBuilder<unknown>
  /** Whether filters read a parsed copy of `doc`, kept beside the text that is sent. */
  readonly keepsParsed: boolean
  /** Whether a row has a number besides its key, unless its table is made without. */
  readonly hasRowNumbers: boolean
}

export const sqliteTypes: ColumnTypes = { key: 'text', time: 'text', keepsParsed: false, hasRowNumbers: true }
export const postgresTypes: ColumnTypes = {
  key: sql`text collate "C"`,
  time: 'timestamptz',
  keepsParsed: true,
  hasRowNumbers: false,
}

/** A table that belongs to an organization or a domain and goes with it. The tenant begins its primary key. */
export const tenantTable = (
  db: Kysely<unknown>,
  name: string,
  { key, tenant }: { key: ColumnTypes['key']; tenant: 'organization_id' | 'domain_id' },
) =>
  db.schema.createTable(name).addColumn(tenant, key, column =>
    column
      .notNull()
      .references(tenant === 'domain_id' ? 'domains.id' : 'organizations.id')
      .onDelete('cascade'),
  )

/**
 * Adds the column `parsed` to a table with `doc`. PostgreSQL parses a document of 1 KB in some 14 µs and finds a value in
 * a parsed one in less than one; documents that fit into a page are left uncompressed for the same reason.
 */
export async function addParsed(db: Kysely<unknown>, table: string): Promise<void> {
  const name = sql.table(table)
  await sql`alter table ${name} add column parsed jsonb generated always as (doc::jsonb) stored`.execute(db)
  await sql`alter table ${name} set (toast_tuple_target = 8160)`.execute(db)
}
