// The invites that wait for an answer.
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db } from '../db.ts'
import { type Places, prepare } from '../statement.ts'
import type { InvitesTable } from '../tables/tables.ts'

export type Invite = Selectable<InvitesTable>

export const insertInvite = (db: Db, invite: Insertable<InvitesTable>): Promise<Invite> =>
  db.insertInto('invites').values(invite).returningAll().executeTakeFirstOrThrow()

const deleteTo = prepare((db, { organizationId, email }: Places<{ organizationId: string; email: string }>) =>
  db.deleteFrom('invites').where('organization_id', '=', organizationId).where('target_email', '=', email),
)
const deleteBy = prepare(
  (db, { organizationId, personId }: Places<{ organizationId: string; personId: string }>) =>
    db.deleteFrom('invites').where('organization_id', '=', organizationId).where('created_by', '=', personId),
)

const inOrganization = (db: Db, organizationId: string) =>
  db.selectFrom('invites').selectAll().where('organization_id', '=', organizationId)

export const findInvite = (db: Db, organizationId: string, id: string): Promise<Invite | undefined> =>
  inOrganization(db, organizationId).where('id', '=', id).executeTakeFirst()

/** By the secret of its link, which opens it in whatever organization it is. */
export const findInviteByDigest = (db: Db, digest: string): Promise<Invite | undefined> =>
  db.selectFrom('invites').selectAll().where('digest', '=', digest).executeTakeFirst()

/** As `findInviteByDigest`, and of two that answer it at once the second finds it gone. */
export const lockInviteByDigest = (tx: Db, digest: string): Promise<Invite | undefined> =>
  tx.selectFrom('invites').selectAll().where('digest', '=', digest).forUpdate().executeTakeFirst()

export interface InviteFilter {
  /** Part of the address, lower-cased. */
  readonly search?: string | undefined
  readonly expiredAt?: string | undefined
  readonly liveAt?: string | undefined
}

function matching(db: Db, organizationId: string, { search, expiredAt, liveAt }: InviteFilter) {
  let query = db.selectFrom('invites').where('organization_id', '=', organizationId)
  if (expiredAt !== undefined) query = query.where('expires_at', '<=', expiredAt)
  if (liveAt !== undefined) query = query.where('expires_at', '>', liveAt)
  if (search === undefined) return query
  const pattern = `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  return query.where('target_email', 'like', sql<string>`${pattern} escape '\\'`)
}

/** The newest first, expired ones among them. */
export const listInvites = (
  db: Db,
  organizationId: string,
  { limit, offset, ...filter }: InviteFilter & { limit: number; offset: number },
): Promise<Invite[]> =>
  matching(db, organizationId, filter)
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()

export async function countInvites(db: Db, organizationId: string, filter: InviteFilter): Promise<number> {
  const { total } = await matching(db, organizationId, filter)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** The newest of those that the person sent to others. */
export const listInvitesBy = (
  db: Db,
  organizationId: string,
  { personId, limit }: { personId: string; limit: number },
): Promise<Invite[]> =>
  inOrganization(db, organizationId)
    .where('created_by', '=', personId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

/** The one to the address that would be answered, or that ran out last. */
export const findNewestInviteTo = (
  db: Db,
  organizationId: string,
  email: string,
): Promise<Invite | undefined> =>
  inOrganization(db, organizationId)
    .where('target_email', '=', email)
    .orderBy('expires_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

/** All to the address; nobody answers one before the transaction ends. */
export const lockInvitesTo = (tx: Db, organizationId: string, email: string): Promise<Invite[]> =>
  inOrganization(tx, organizationId).where('target_email', '=', email).forUpdate().execute()

/** The newest that has not expired; nobody else takes it before the transaction ends. */
export const lockLiveInviteTo = (
  tx: Db,
  organizationId: string,
  { email, now }: { email: string; now: string },
): Promise<Invite | undefined> =>
  inOrganization(tx, organizationId)
    .where('target_email', '=', email)
    .where('expires_at', '>', now)
    .orderBy('id', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()

/** The links that were mailed before open nothing any more. */
export const replaceInviteSecret = (
  tx: Db,
  { organization_id, id }: Invite,
  { digest, now }: { digest: string; now: string },
) =>
  tx
    .updateTable('invites')
    .set({ digest, updated_at: now })
    .where('organization_id', '=', organization_id)
    .where('id', '=', id)
    .execute()

/** As if it were made now: a new secret and a new end, and no mail that has left with it. */
export const renewInvite = (
  tx: Db,
  { organization_id, id }: Invite,
  { digest, expiresAt, now }: { digest: string; expiresAt: string; now: string },
): Promise<Invite> =>
  tx
    .updateTable('invites')
    .set({ digest, expires_at: expiresAt, mailed_at: null, emailing_attempt_made: 0, updated_at: now })
    .where('organization_id', '=', organization_id)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()

/** Nobody else answers, renews or deletes it before the transaction ends. */
export const lockInvite = (tx: Db, organizationId: string, id: string): Promise<Invite | undefined> =>
  inOrganization(tx, organizationId).where('id', '=', id).forUpdate().executeTakeFirst()

export const markInviteMailed = (
  db: Db,
  { organization_id, id }: Invite,
  { isHandedOver, now }: { isHandedOver: boolean; now: string },
) =>
  db
    .updateTable('invites')
    .set({ mailed_at: now, ...(isHandedOver && { emailing_attempt_made: 1 }), updated_at: now })
    .where('organization_id', '=', organization_id)
    .where('id', '=', id)
    .execute()

/** Whether there was one to delete. */
export async function deleteInvite(db: Db, organizationId: string, id: string): Promise<boolean> {
  const result = await db
    .deleteFrom('invites')
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}

/** Their links die with them. */
export const deleteInvitesTo = (db: Db, organizationId: string, email: string) =>
  deleteTo.run(db, { organizationId, email })

/** Those that the person sent to others. */
export const deleteInvitesBy = (db: Db, organizationId: string, personId: string) =>
  deleteBy.run(db, { organizationId, personId })

/** Those that the person sent as an operator, whatever the organization. */
export const deleteInvitesOfOperator = (tx: Db, operatorId: string) =>
  tx.deleteFrom('invites').where('operator_id', '=', operatorId).execute()

/** Those that the person sent and that give more than this level: one to an address of their own would be a way back up. */
export const deleteInvitesAbove = (
  tx: Db,
  organizationId: string,
  { personId, level }: { personId: string; level: number },
) =>
  tx
    .deleteFrom('invites')
    .where('organization_id', '=', organizationId)
    .where('created_by', '=', personId)
    .where('level', '>', level)
    .execute()
