// The installation's own keys: private halves sealed, several of a purpose while one replaces another.
import type { Db } from '../db.ts'
import type { SigningKeysTable } from '../tables/sign-ins.ts'

export type SigningKey = SigningKeysTable
export type KeyPurpose = SigningKey['purpose']

/** Those that have not retired, the newest first. */
export const listSigningKeys = (db: Db, purpose: KeyPurpose, now: string): Promise<SigningKey[]> =>
  db
    .selectFrom('signing_keys')
    .selectAll()
    .where('purpose', '=', purpose)
    .where(({ or, eb }) => or([eb('retires_at', 'is', null), eb('retires_at', '>', now)]))
    .orderBy('generation', 'desc')
    .execute()

export const findSigningKey = (
  db: Db,
  { purpose, generation }: Pick<SigningKey, 'purpose' | 'generation'>,
): Promise<SigningKey> =>
  db
    .selectFrom('signing_keys')
    .selectAll()
    .where('purpose', '=', purpose)
    .where('generation', '=', generation)
    .executeTakeFirstOrThrow()

/** The highest generation there ever was; 0 before the first key. */
export async function lastGeneration(db: Db, purpose: KeyPurpose): Promise<number> {
  const row = await db
    .selectFrom('signing_keys')
    .select('generation')
    .where('purpose', '=', purpose)
    .orderBy('generation', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.generation ?? 0
}

/** Whether this became the key of its generation: of two processes at once, one hears so. */
export async function insertSigningKey(tx: Db, key: SigningKey): Promise<boolean> {
  const result = await tx
    .insertInto('signing_keys')
    .values(key)
    .onConflict(conflict => conflict.columns(['purpose', 'generation']).doNothing())
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Every older key that has no end yet gets this one. */
export const retireOlderKeys = (
  tx: Db,
  { purpose, generation }: Pick<SigningKey, 'purpose' | 'generation'>,
  at: string,
) =>
  tx
    .updateTable('signing_keys')
    .set({ retires_at: at })
    .where('purpose', '=', purpose)
    .where('generation', '<', generation)
    .where('retires_at', 'is', null)
    .execute()

export const deleteRetiredKeys = (db: Db, before: string) =>
  db.deleteFrom('signing_keys').where('retires_at', '<', before).execute()
