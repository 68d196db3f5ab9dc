// The sessions of signed-in people.
import type { Selectable } from 'kysely'
import type { Db } from '../db.ts'
import { type Places, prepare } from '../statement.ts'
import type { SessionsTable } from '../tables/sign-ins.ts'

export type Session = Selectable<SessionsTable>
type NewSession = Omit<Session, 'operating_in' | 'ip' | 'last_seen_at'> & Partial<Pick<Session, 'ip'>>

const insert = prepare((db, session: Places<Required<NewSession>>) =>
  db.insertInto('sessions').values({
    id: session.id,
    digest: session.digest,
    person_id: session.person_id,
    organization_id: session.organization_id,
    domain_id: session.domain_id,
    method: session.method,
    signed_in_at: session.signed_in_at,
    expires_at: session.expires_at,
    ip: session.ip,
  }),
)
const find = prepare((db, { digest, now }: Places<{ digest: string; now: string }>) =>
  db.selectFrom('sessions').selectAll().where('digest', '=', digest).where('expires_at', '>', now),
)
const deleteOf = prepare(
  (db, { organizationId, personId }: Places<{ organizationId: string; personId: string }>) =>
    db.deleteFrom('sessions').where('organization_id', '=', organizationId).where('person_id', '=', personId),
)

export const insertSession = (db: Db, session: NewSession) => insert.run(db, { ip: null, ...session })

export const findLiveSession = (db: Db, digest: string, now: string): Promise<Session | undefined> =>
  find.first(db, { digest, now })

export const findLiveSessionById = (db: Db, id: string, now: string): Promise<Session | undefined> =>
  db.selectFrom('sessions').selectAll().where('id', '=', id).where('expires_at', '>', now).executeTakeFirst()

export const markSessionSeen = (db: Db, id: string, now: string) =>
  db.updateTable('sessions').set({ last_seen_at: now }).where('id', '=', id).execute()

/** Those that began in the organization and have not ended, the newest first. */
export const listSessionsOfPerson = (
  db: Db,
  organizationId: string,
  { personId, now, limit }: { personId: string; now: string; limit: number },
): Promise<Session[]> =>
  db
    .selectFrom('sessions')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('person_id', '=', personId)
    .where('expires_at', '>', now)
    .orderBy('signed_in_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

export const deleteSession = (db: Db, id: string) => db.deleteFrom('sessions').where('id', '=', id).execute()

/** Ends what the person has open in this organization. */
export const deleteSessionsOfPerson = (db: Db, organizationId: string, personId: string) =>
  deleteOf.run(db, { organizationId, personId })

/** How many the person has open in this organization. */
export async function countSessionsOfPerson(
  db: Db,
  organizationId: string,
  { personId, now }: { personId: string; now: string },
): Promise<number> {
  const { total } = await db
    .selectFrom('sessions')
    .where('organization_id', '=', organizationId)
    .where('person_id', '=', personId)
    .where('expires_at', '>', now)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

export const deleteExpiredSessions = (db: Db, now: string) =>
  db.deleteFrom('sessions').where('expires_at', '<', now).execute()
