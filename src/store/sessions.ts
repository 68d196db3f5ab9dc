// The sessions of signed-in people.
import type { Db } from './db.ts'
import type { SessionsTable } from './tables.ts'

export type Session = SessionsTable

export const insertSession = (db: Db, session: Session) => db.insertInto('sessions').values(session).execute()

export const findSessionByDigest = (db: Db, digest: string): Promise<Session | undefined> =>
  db.selectFrom('sessions').selectAll().where('digest', '=', digest).executeTakeFirst()

/** Ends what the person has open in this organization. */
export const deleteSessionsOfPerson = (db: Db, organizationId: string, personId: string) =>
  db
    .deleteFrom('sessions')
    .where('organization_id', '=', organizationId)
    .where('person_id', '=', personId)
    .execute()

/** Ends every session that came in through the domain's SAML. */
export const deleteSessionsOfDomain = (db: Db, organizationId: string, domainId: string) =>
  db
    .deleteFrom('sessions')
    .where('organization_id', '=', organizationId)
    .where('domain_id', '=', domainId)
    .execute()

export const deleteExpiredSessions = (db: Db, now: string) =>
  db.deleteFrom('sessions').where('expires_at', '<', now).execute()
