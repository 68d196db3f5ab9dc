// How far an organization has come: its first verified domain, the first sign-in, the first push.
import type { Db } from '../db.ts'

export interface Progress {
  /** The first that was verified and still is, else the oldest; null where there is none. */
  readonly domain: { readonly id: string; readonly name: string; readonly isVerified: boolean } | null
  readonly hasSignedIn: boolean
  readonly hasPushed: boolean
}

export async function readProgress(db: Db, organizationId: string): Promise<Progress> {
  return {
    domain: (await findVerified(db, organizationId)) ?? (await findOldest(db, organizationId)) ?? null,
    hasSignedIn: (await hasAccepted(db, organizationId)) || (await hasLinked(db, organizationId)),
    hasPushed: await hasUser(db, organizationId),
  }
}

const domainsOf = (db: Db, organizationId: string) =>
  db.selectFrom('domains').where('organization_id', '=', organizationId).select(['id', 'name']).limit(1)

async function findVerified(db: Db, organizationId: string) {
  const found = await domainsOf(db, organizationId)
    .where('verified_at', 'is not', null)
    .where('verification_lost_at', 'is', null)
    .orderBy('verified_at')
    .executeTakeFirst()
  return found && { ...found, isVerified: true }
}

async function findOldest(db: Db, organizationId: string) {
  const found = await domainsOf(db, organizationId).orderBy('created_at').orderBy('id').executeTakeFirst()
  return found && { ...found, isVerified: false }
}

/** In the log of sign-ins, which is not kept for ever. */
const hasAccepted = async (db: Db, organizationId: string): Promise<boolean> =>
  (await db
    .selectFrom('sign_ins')
    .innerJoin('domains', 'domains.id', 'sign_ins.domain_id')
    .where('domains.organization_id', '=', organizationId)
    .where('sign_ins.outcome', '=', 'accepted')
    .where('sign_ins.kind', '!=', 'test')
    .select('sign_ins.id')
    .limit(1)
    .executeTakeFirst()) !== undefined

/** By whom identity providers signed in, which is. */
const hasLinked = async (db: Db, organizationId: string): Promise<boolean> =>
  (await db
    .selectFrom('identities')
    .innerJoin('domains', 'domains.id', 'identities.domain_id')
    .where('domains.organization_id', '=', organizationId)
    .select('identities.person_id')
    .limit(1)
    .executeTakeFirst()) !== undefined

const hasUser = async (db: Db, organizationId: string): Promise<boolean> =>
  (await db
    .selectFrom('users')
    .innerJoin('domains', 'domains.id', 'users.domain_id')
    .where('domains.organization_id', '=', organizationId)
    .select('users.id')
    .limit(1)
    .executeTakeFirst()) !== undefined
