// PostgreSQL's values in the shape that SQLite gives: times as text, counts as numbers, flags as 0 or 1, JSON as text.

import pg from 'pg'

const { builtins } = pg.types

/** `2026-01-31 12:00:00.5+00` → `2026-01-31T12:00:00.500Z`; the session's time zone is UTC. */
const readTime = (text: string) => `${text.slice(0, 10)}T${text.slice(11, 19)}.${millisecondsOf(text)}Z`
const millisecondsOf = (text: string) => (/\.(\d{1,3})/.exec(text)?.[1] ?? '').padEnd(3, '0')

const readers = new Map<number, (text: string) => unknown>([
  [builtins.TIMESTAMPTZ, readTime],
  [builtins.INT8, Number],
  [builtins.NUMERIC, Number],
  [builtins.BOOL, text => Number(text === 't')],
  [builtins.JSON, text => text],
  [builtins.JSONB, text => text],
])

/** For the pool's own configuration: nothing is changed for other users of `pg`. */
export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => readers.get(oid) ?? pg.types.getTypeParser(oid, format),
}
