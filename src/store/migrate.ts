// Brings the tables up to date, all or nothing on both databases, with a copy of the file as it was before.

import { type MigrationProvider, Migrator } from 'kysely/migration'
import { postgresTypes, sqliteTypes } from '../../migrations/columns.ts'
import { migrationsFor } from '../../migrations/index.ts'
import { copyFile, requireFile } from './backup.ts'
import type { Db } from './db.ts'
import { kindOf } from './dialect.ts'

/** Runs every migration that is missing, in one transaction; does nothing when none is. Safe in two processes at once. */
export async function migrateToLatest(db: Db, provider = providerFor(db)): Promise<void> {
  const { error } = await new Migrator({ db, provider }).migrateToLatest()
  if (error) throw new Error('the migration failed; the database is as it was before', { cause: error })
}

export async function isUpToDate(db: Db, provider = providerFor(db)): Promise<boolean> {
  const migrations = await new Migrator({ db, provider }).getMigrations()
  return migrations.every(migration => migration.executedAt)
}

/** Every migration of this version, and when it ran; null where it has not yet. */
export async function listMigrations(db: Db): Promise<{ name: string; at: string | null }[]> {
  const migrations = await new Migrator({ db, provider: providerFor(db) }).getMigrations()
  return migrations.map(({ name, executedAt }) => ({ name, at: executedAt?.toISOString() ?? null }))
}

/**
 * Copies a SQLite file that has been migrated before and will be again, to a name beside it that tells when.
 * Returns that name, or undefined when there was nothing to copy; PostgreSQL has its own tools for this.
 */
export async function backUpBeforeMigrating(
  db: Db,
  now: Date,
  provider = providerFor(db),
): Promise<string | undefined> {
  if (kindOf(db) === 'postgres') return undefined
  const migrations = await new Migrator({ db, provider }).getMigrations()
  const executed = migrations.filter(migration => migration.executedAt)
  if (executed.length === 0 || executed.length === migrations.length) return undefined
  const file = await requireFile(db)
  const copy = `${file}.before-migration-${now.toISOString().replaceAll(':', '-')}`
  copyFile(file, copy)
  return copy
}

function providerFor(db: Db): MigrationProvider {
  const types = kindOf(db) === 'postgres' ? postgresTypes : sqliteTypes
  return { getMigrations: async () => migrationsFor(types) }
}
