// Selects that go through all the rows of a large domain: SQLite runs them in a thread of their own (sqlite/aside.ts).
import type { CompiledQuery } from 'kysely'

const marked = new WeakSet<CompiledQuery>()

/** Marks a select that may take long. Outside transactions only; PostgreSQL runs it like every other. */
export function aside<Row>(query: CompiledQuery<Row>): CompiledQuery<Row> {
  marked.add(query)
  return query
}

export const isAside = (query: CompiledQuery): boolean => marked.has(query)
