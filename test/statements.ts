// The statements that a piece of work runs on a database on their own, outside of transactions, in their order.
import type { CompiledQuery } from 'kysely'
import { vi } from 'vitest'
import type { Db } from '../src/store/db.ts'
import { shortWayOf } from '../src/store/short-way.ts'

/** Listens on both ways to the database: Kysely's own and that of prepared statements. */
export async function statementsOf(db: Db, work: () => Promise<unknown>): Promise<CompiledQuery[]> {
  const ways = [db.getExecutor(), shortWayOf(db)].filter(way => way !== undefined)
  const spies = ways.map(way => vi.spyOn(way, 'executeQuery'))
  try {
    await work()
    const run = spies.flatMap(({ mock }) =>
      mock.calls.map(([query], at) => ({ query, order: mock.invocationCallOrder[at] ?? 0 })),
    )
    return run.toSorted((a, b) => a.order - b.order).map(({ query }) => query)
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}
