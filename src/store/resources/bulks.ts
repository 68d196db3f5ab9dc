// The bulks that are worked off after their request was answered, and what became of each of their operations.
import type { Db } from '../db.ts'
import type { BulksTable } from '../tables/records.ts'

export type AcceptedBulk = BulksTable

export const insertBulk = (tx: Db, bulk: AcceptedBulk) => tx.insertInto('bulks').values(bulk).execute()

export const findBulk = (db: Db, domainId: string, id: string): Promise<AcceptedBulk | undefined> =>
  db.selectFrom('bulks').selectAll().where('domain_id', '=', domainId).where('id', '=', id).executeTakeFirst()

/** For the worker, which knows nothing but the id. */
export const findBulkOfAnyDomain = (db: Db, id: string): Promise<AcceptedBulk | undefined> =>
  db.selectFrom('bulks').selectAll().where('id', '=', id).executeTakeFirst()

/** Marks the bulk as done and forgets what was asked for. */
export const finishBulk = (tx: Db, { domain_id, id }: AcceptedBulk, now: string) =>
  tx
    .updateTable('bulks')
    .set({ finished_at: now, request: null })
    .where('domain_id', '=', domain_id)
    .where('id', '=', id)
    .execute()

export const insertBulkResult = (
  tx: Db,
  { domain_id, id }: AcceptedBulk,
  { position, result }: { position: number; result: string },
) => tx.insertInto('bulk_results').values({ domain_id, bulk_id: id, position, result }).execute()

/** In the order of the operations. */
export const listBulkResults = (db: Db, { domain_id, id }: AcceptedBulk) =>
  db
    .selectFrom('bulk_results')
    .select(['position', 'result'])
    .where('domain_id', '=', domain_id)
    .where('bulk_id', '=', id)
    .orderBy('position')
    .execute()

/** Those that were done by then, and those that nobody could do in all the time since; their results go with them. */
export const deleteOldBulks = (
  db: Db,
  { finishedBefore, createdBefore }: { finishedBefore: string; createdBefore: string },
) =>
  db
    .deleteFrom('bulks')
    .where(({ or, eb }) => or([eb('finished_at', '<', finishedBefore), eb('created_at', '<', createdBefore)]))
    .execute()
