// The link that makes the first organization: there is one at most, and it goes with the organization it makes.
import type { Db } from '../db.ts'

const only = 'only'

/** In the place of the one that was there, whoever made it. */
export const replaceFirstRun = (
  tx: Db,
  { digest, expiresAt: expires_at }: { digest: string; expiresAt: string },
) =>
  tx
    .insertInto('first_run')
    .values({ id: only, digest, expires_at })
    .onConflict(conflict => conflict.column('id').doUpdateSet({ digest, expires_at }))
    .execute()

/** Whether this is it, and it has time left. */
export async function isFirstRun(db: Db, digest: string, now: string): Promise<boolean> {
  const row = await db
    .selectFrom('first_run')
    .select('id')
    .where('digest', '=', digest)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row !== undefined
}

/** Whether it was there to be taken: of two callers at once, one gets it. */
export async function takeFirstRun(tx: Db, digest: string, now: string): Promise<boolean> {
  const result = await tx
    .deleteFrom('first_run')
    .where('digest', '=', digest)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}

export const endFirstRun = (tx: Db) => tx.deleteFrom('first_run').execute()
