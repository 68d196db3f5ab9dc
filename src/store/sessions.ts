// The sessions of signed-in people.
import type { Db } from './db.ts'
import { type Places, prepare } from './statement.ts'
import type { SessionsTable } from './tables.ts'

export type Session = SessionsTable

export const insertSession = (db: Db, session: Session) => db.insertInto('sessions').values(session).execute()

const deleteOf = prepare(
  (db, { organizationId, personId }: Places<{ organizationId: string; personId: string }>) =>
    db.deleteFrom('sessions').where('organization_id', '=', organizationId).where('person_id', '=', personId),
)

/** Ends what the person has open in this organization. */
export const deleteSessionsOfPerson = (db: Db, organizationId: string, personId: string) =>
  deleteOf.run(db, { organizationId, personId })

export const deleteExpiredSessions = (db: Db, now: string) =>
  db.deleteFrom('sessions').where('expires_at', '<', now).execute()
