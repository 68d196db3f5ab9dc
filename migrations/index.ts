// Every migration in its order; the list is explicit so that nothing runs because a file happens to lie here.
import { type ColumnDataType, type Kysely, type RawBuilder, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { createFoundation } from './0001-foundation.ts'

/** The column types that differ between the databases. `key` compares by byte value on both. */
export interface ColumnTypes {
  readonly key: ColumnDataType | RawBuilder<unknown>
  readonly time: ColumnDataType | RawBuilder<unknown>
}

export const sqliteTypes: ColumnTypes = { key: 'text', time: 'text' }
export const postgresTypes: ColumnTypes = { key: sql`text collate "C"`, time: 'timestamptz' }

const steps: Record<string, (db: Kysely<unknown>, types: ColumnTypes) => Promise<void>> = {
  '0001-foundation': createFoundation,
}

export const migrationsFor = (types: ColumnTypes): Record<string, Migration> =>
  Object.fromEntries(
    Object.entries(steps).map(([name, step]) => [name, { up: (db: Kysely<unknown>) => step(db, types) }]),
  )
