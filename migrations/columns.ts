// How columns are written so that both databases mean the same by them.
import { type ColumnDataType, type Kysely, type RawBuilder, sql } from 'kysely'

/** The column types that differ between the databases. `key` compares by byte value on both. */
export interface ColumnTypes {
  readonly key: ColumnDataType | RawBuilder<unknown>
  readonly time: ColumnDataType | RawBuilder<unknown>
}

export const sqliteTypes: ColumnTypes = { key: 'text', time: 'text' }
export const postgresTypes: ColumnTypes = { key: sql`text collate "C"`, time: 'timestamptz' }

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
