// Brings the tables up to date, all or nothing on both databases.

import { type MigrationProvider, Migrator } from 'kysely/migration'
import { migrationsFor, postgresTypes, sqliteTypes } from '../../migrations/index.ts'
import type { Db } from './db.ts'
import { kindOf } from './dialect.ts'

/** Runs every migration that is missing, in one transaction; does nothing when none is. */
export async function migrateToLatest(db: Db, provider = providerFor(db)): Promise<void> {
  const { error } = await new Migrator({ db, provider }).migrateToLatest()
  if (error) throw new Error('the migration failed; the database is as it was before', { cause: error })
}

export async function isUpToDate(db: Db): Promise<boolean> {
  const migrations = await new Migrator({ db, provider: providerFor(db) }).getMigrations()
  return migrations.every(migration => migration.executedAt !== undefined)
}

function providerFor(db: Db): MigrationProvider {
  const types = kindOf(db) === 'postgres' ? postgresTypes : sqliteTypes
  return { getMigrations: async () => migrationsFor(types) }
}
