// The links that sign their person in once, and the codes that applications exchange; both only as digests.
import type { Db } from '../db.ts'
import type { ApplicationCodesTable, SignInLinksTable } from '../tables/sign-ins.ts'

export type SignInLink = SignInLinksTable
export type ApplicationCode = ApplicationCodesTable

export const insertSignInLink = (db: Db, link: SignInLink) =>
  db.insertInto('sign_in_links').values(link).execute()

export const findSignInLink = (db: Db, digest: string): Promise<SignInLink | undefined> =>
  db.selectFrom('sign_in_links').selectAll().where('digest', '=', digest).executeTakeFirst()

/** Whether it was there to be taken: of two callers at once, one gets it. */
export async function consumeSignInLink(tx: Db, { person_id, digest }: SignInLink): Promise<boolean> {
  const result = await tx
    .deleteFrom('sign_in_links')
    .where('person_id', '=', person_id)
    .where('digest', '=', digest)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}

export async function countSignInLinks(db: Db, personId: string, now: string): Promise<number> {
  const { total } = await db
    .selectFrom('sign_in_links')
    .where('person_id', '=', personId)
    .where('expires_at', '>', now)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** Whoever has signed in needs none of the others that were mailed. */
export const deleteSignInLinks = (tx: Db, personId: string) =>
  tx.deleteFrom('sign_in_links').where('person_id', '=', personId).execute()

export const insertApplicationCode = (db: Db, code: ApplicationCode) =>
  db.insertInto('application_codes').values(code).execute()

/** The code, which is gone with that: of two callers at once, one gets it. */
export async function takeApplicationCode(tx: Db, digest: string): Promise<ApplicationCode | undefined> {
  const code = await tx
    .selectFrom('application_codes')
    .selectAll()
    .where('digest', '=', digest)
    .executeTakeFirst()
  const result = await tx.deleteFrom('application_codes').where('digest', '=', digest).executeTakeFirst()
  return result.numDeletedRows > 0n ? code : undefined
}

export async function deleteExpiredLinks(db: Db, now: string): Promise<void> {
  await db.deleteFrom('sign_in_links').where('expires_at', '<', now).execute()
  await db.deleteFrom('application_codes').where('expires_at', '<', now).execute()
}
