// Hot statements: Kysely builds and compiles each once per database, and it runs with new values from then on.

import { type CompiledQuery, type Expression, type QueryResult, sql } from 'kysely'
import type { Db } from './db.ts'
import { type DatabaseKind, kindOf } from './dialect.ts'
import { keepAnswersTo } from './kept.ts'
import { shortWayOf } from './short-way.ts'

/** The places of a statement's values, by name; they go wherever Kysely takes an expression. */
export type Places<Values> = { readonly [Name in keyof Values]: Expression<Values[Name]> }

/** A statement that is built; `all`, `first` and `run` take the database or a transaction. */
export interface Prepared<Values, Row> {
  all(db: Db, values: Values): Promise<Row[]>
  first(db: Db, values: Values): Promise<Row | undefined>
  /** How many rows it inserted, changed or deleted. */
  run(db: Db, values: Values): Promise<number>
}

/** What one value stands in for until the statement runs. */
class Place {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

/**
 * Prepares a statement:
 * `prepare((db, p: Places<{ id: string }>) => db.selectFrom('people').selectAll().where('id', '=', p.id))`.
 * `keepsAnswers` is for a select whose rows nobody changes, as kept.ts says.
 */
export function prepare<Values extends object, Row>(
  build: (db: Db, places: Places<Values>) => { compile(db: Db): CompiledQuery<Row> },
  { keepsAnswers = false } = {},
): Prepared<Values, Row> {
  const compiled = new Map<DatabaseKind, CompiledQuery<Row>>()
  const compileFor = (db: Db): CompiledQuery<Row> => {
    const query = build(db, places as Places<Values>).compile(db)
    compiled.set(kindOf(db), query)
    if (keepsAnswers) keepAnswersTo(query.sql)
    return query
  }
  const execute = (db: Db, values: Values): Promise<QueryResult<Row>> => {
    const query = compiled.get(kindOf(db)) ?? compileFor(db)
    const filled = { ...query, parameters: fill(query.parameters, values) }
    return (shortWayOf(db) ?? db).executeQuery<Row>(filled)
  }
  return {
    all: async (db, values) => (await execute(db, values)).rows,
    first: async (db, values) => (await execute(db, values)).rows[0],
    run: async (db, values) => Number((await execute(db, values)).numAffectedRows ?? 0n),
  }
}

/** Makes up a place for whatever name it is asked for; the types know which there are. */
const places = new Proxy({}, { get: (_, name) => sql.val(new Place(String(name))) })

function fill(parameters: readonly unknown[], values: object): unknown[] {
  return parameters.map(parameter =>
    parameter instanceof Place ? valueAt(values, parameter.name) : parameter,
  )
}

function valueAt(values: object, name: string): unknown {
  const value: unknown = Reflect.get(values, name)
  if (value === undefined) throw new Error(`expected a value for ${name}, but got none`)
  return value
}
