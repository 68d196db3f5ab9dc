// The requests that may come again, by whose they are and the client's key for them.
import type { Db } from '../db.ts'
import type { IdempotencyTable } from '../tables/records.ts'

type Key = Pick<IdempotencyTable, 'credential_id' | 'digest'>
type Run = Key & Pick<IdempotencyTable, 'started_at'>

/** Whether there was none of this key yet. */
export async function insertRequest(db: Db, row: IdempotencyTable): Promise<boolean> {
  const result = await db
    .insertInto('idempotency')
    .values(row)
    .onConflict(conflict => conflict.columns(['credential_id', 'digest']).doNothing())
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Whether the one of this key is too old to count, and the new one has its place; of two callers at once one gets it. */
export async function takeOverRequest(
  db: Db,
  { credential_id, digest, ...row }: IdempotencyTable,
  { keptAfter, runningAfter }: { keptAfter: string; runningAfter: string },
): Promise<boolean> {
  const result = await db
    .updateTable('idempotency')
    .set(row)
    .where('credential_id', '=', credential_id)
    .where('digest', '=', digest)
    .where(({ or, and, eb }) =>
      or([
        eb('started_at', '<=', keptAfter),
        and([
          eb('sealed', 'is', null),
          eb('started_at', '<=', runningAfter),
          eb('fingerprint', '=', row.fingerprint),
        ]),
      ]),
    )
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

export const findRequest = (db: Db, { credential_id, digest }: Key): Promise<IdempotencyTable | undefined> =>
  db
    .selectFrom('idempotency')
    .selectAll()
    .where('credential_id', '=', credential_id)
    .where('digest', '=', digest)
    .executeTakeFirst()

export const keepAnswer = (db: Db, { credential_id, digest, started_at }: Run, sealed: string) =>
  db
    .updateTable('idempotency')
    .set({ sealed })
    .where('credential_id', '=', credential_id)
    .where('digest', '=', digest)
    .where('started_at', '=', started_at)
    .execute()

export const forgetRequest = (db: Db, { credential_id, digest, started_at }: Run) =>
  db
    .deleteFrom('idempotency')
    .where('credential_id', '=', credential_id)
    .where('digest', '=', digest)
    .where('started_at', '=', started_at)
    .execute()

export const deleteOldRequests = (db: Db, before: string) =>
  db.deleteFrom('idempotency').where('started_at', '<', before).execute()
