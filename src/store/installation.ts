// What the database says of itself: which one it is, how large, and what time it has.
import { sql } from 'kysely'
import { requireFile } from './backup.ts'
import type { Db } from './db.ts'
import { type DatabaseKind, kindOf } from './dialect.ts'

export interface DatabaseFacts {
  readonly kind: DatabaseKind
  readonly version: string
  readonly bytes: number
  /** RFC 3339. */
  readonly now: string
  /** The file of SQLite. */
  readonly file: string | null
  /** How many connections of servers like this one PostgreSQL has. */
  readonly connections: number | null
}

export const readDatabaseFacts = (db: Db): Promise<DatabaseFacts> =>
  kindOf(db) === 'postgres' ? readPostgres(db) : readSqlite(db)

interface Row {
  readonly version: string
  readonly bytes: number
  readonly now: string
}

async function readPostgres(db: Db): Promise<DatabaseFacts> {
  const { rows } = await sql<Row & { connections: number }>`
    select current_setting('server_version') as version,
           pg_database_size(current_database()) as bytes,
           clock_timestamp() as now,
           (select count(*) from pg_stat_activity
             where datname = current_database() and application_name = current_setting('application_name')) as connections
  `.execute(db)
  const { connections, ...facts } = only(rows)
  return { ...shaped(facts), kind: 'postgres', file: null, connections: Number(connections) }
}

async function readSqlite(db: Db): Promise<DatabaseFacts> {
  const { rows } = await sql<Row>`
    select sqlite_version() as version,
           (select page_count from pragma_page_count()) * (select page_size from pragma_page_size()) as bytes,
           strftime('%Y-%m-%dT%H:%M:%fZ', 'now') as now
  `.execute(db)
  return { ...shaped(only(rows)), kind: 'sqlite', file: await requireFile(db), connections: null }
}

const shaped = ({ version, bytes, now }: Row) => ({ version, bytes: Number(bytes), now: String(now) })

function only<T>([row]: readonly T[]): T {
  if (row === undefined) throw new Error('expected the database to say what it is, but it said nothing')
  return row
}
