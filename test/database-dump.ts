// Everything that a database holds, as text: two dumps are equal when nothing has changed in between.
import { sql } from 'kysely'
import type { Db } from '../src/store/db.ts'
import { kindOf } from '../src/store/dialect.ts'

const tables = {
  sqlite: sql<{ name: string }>`select name from sqlite_master where type = 'table' order by name`,
  postgres: sql<{ name: string }>`select table_name as name from information_schema.tables
    where table_schema = 'public' order by table_name`,
}

/** Each table with its rows, in an order of their own. */
export async function dumpDatabase(db: Db): Promise<Record<string, string[]>> {
  const { rows } = await tables[kindOf(db)].execute(db)
  const dump: Record<string, string[]> = {}
  for (const { name } of rows) {
    const all = await sql`select * from ${sql.table(name)}`.execute(db)
    dump[name] = all.rows.map(row => JSON.stringify(row)).sort()
  }
  return dump
}
