// How much is kept under a domain and goes with it; logs can be long, and are counted up to a number.
import type { Db } from '../db.ts'

export async function countRowsUpTo(
  db: Db,
  table: 'scim_log' | 'sign_ins',
  { domainId, most }: { domainId: string; most: number },
): Promise<number> {
  const { total } = await db
    .selectFrom(db.selectFrom(table).select('id').where('domain_id', '=', domainId).limit(most).as('some'))
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** Sessions that came in through its SAML and have not ended. */
export async function countSessionsThrough(db: Db, domainId: string, now: string): Promise<number> {
  const { total } = await db
    .selectFrom('sessions')
    .where('domain_id', '=', domainId)
    .where('expires_at', '>', now)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}
