// The invites that wait for an answer.
import type { Db } from './db.ts'
import type { InvitesTable } from './tables.ts'

export type Invite = InvitesTable

export const insertInvite = (db: Db, invite: Invite) => db.insertInto('invites').values(invite).execute()

/** Their links die with them. */
export const deleteInvitesTo = (db: Db, organizationId: string, email: string) =>
  db
    .deleteFrom('invites')
    .where('organization_id', '=', organizationId)
    .where('target_email', '=', email)
    .execute()

/** Those that the person sent to others. */
export const deleteInvitesBy = (db: Db, organizationId: string, personId: string) =>
  db
    .deleteFrom('invites')
    .where('organization_id', '=', organizationId)
    .where('created_by', '=', personId)
    .execute()

export const deleteExpiredInvites = (db: Db, before: string) =>
  db.deleteFrom('invites').where('expires_at', '<', before).execute()
