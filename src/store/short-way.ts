// The short way of a hot statement: from a handle to the connection below it, past Kysely's executor, which does nothing
// for a statement that is compiled but costs more than SQLite takes to run it.

import type { DatabaseConnection, Kysely } from 'kysely'

export type Runs = Pick<DatabaseConnection, 'executeQuery'>

const ways = new WeakMap<object, Runs>()

/** What runs the statements of this handle; undefined where only Kysely knows, as it always does. */
export const shortWayOf = <T>(db: Kysely<T>): Runs | undefined => ways.get(db)

/** For as long as the database is open. */
export const openShortWay = <T>(db: Kysely<T>, runs: Runs): void => void ways.set(db, runs)

/**
 * For as long as the work of a transaction takes, whose connection is its own; afterwards the handle is Kysely's again,
 * which refuses it.
 */
export async function withShortWay<T, Result>(tx: Kysely<T>, work: () => Promise<Result>): Promise<Result> {
  await tx.getExecutor().provideConnection(async connection => openShortWay(tx, connection))
  try {
    return await work()
  } finally {
    ways.delete(tx)
  }
}
