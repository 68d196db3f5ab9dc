// What the administrators of a domain were told, so that they are told once.
import type { Db } from '../db.ts'

/** Whether this was not told yet; now it counts as told. */
export async function takeNotice(
  tx: Db,
  domainId: string,
  { name, now }: { name: string; now: string },
): Promise<boolean> {
  const result = await tx
    .insertInto('notices')
    .values({ domain_id: domainId, name, created_at: now })
    .onConflict(conflict => conflict.columns(['domain_id', 'name']).doNothing())
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}
