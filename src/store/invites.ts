// The invites that wait for an answer.
import type { Db } from './db.ts'
import { type Places, prepare } from './statement.ts'
import type { InvitesTable } from './tables.ts'

export type Invite = InvitesTable

export const insertInvite = (db: Db, invite: Invite) => db.insertInto('invites').values(invite).execute()

const deleteTo = prepare((db, { organizationId, email }: Places<{ organizationId: string; email: string }>) =>
  db.deleteFrom('invites').where('organization_id', '=', organizationId).where('target_email', '=', email),
)
const deleteBy = prepare(
  (db, { organizationId, personId }: Places<{ organizationId: string; personId: string }>) =>
    db.deleteFrom('invites').where('organization_id', '=', organizationId).where('created_by', '=', personId),
)

/** The newest that has not expired; nobody else takes it before the transaction ends. */
export const lockLiveInviteTo = (
  tx: Db,
  organizationId: string,
  { email, now }: { email: string; now: string },
): Promise<Invite | undefined> =>
  tx
    .selectFrom('invites')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('target_email', '=', email)
    .where('expires_at', '>', now)
    .orderBy('id', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()

/** Their links die with them. */
export const deleteInvitesTo = (db: Db, organizationId: string, email: string) =>
  deleteTo.run(db, { organizationId, email })

/** Those that the person sent to others. */
export const deleteInvitesBy = (db: Db, organizationId: string, personId: string) =>
  deleteBy.run(db, { organizationId, personId })

export const deleteExpiredInvites = (db: Db, before: string) =>
  db.deleteFrom('invites').where('expires_at', '<', before).execute()
