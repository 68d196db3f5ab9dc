// How a session begins: its row, its line in the audit log, and the secret that its browser holds.
import { newId } from '../../base/id.ts'
import { digestOf, newSecret } from '../../base/secret.ts'
import type { Actor } from '../../domain/actor.ts'
import type { Db } from '../db.ts'
import type { Person } from '../organization/people.ts'
import { appendAudit } from '../records/audit.ts'
import { insertSession, type Session } from './sessions.ts'

const hourMs = 60 * 60 * 1000

interface NewSession {
  readonly person: Person
  readonly organizationId: string
  readonly method: Session['method']
  /** The domain whose SAML it came in through. */
  readonly domainId: string | null
  /** When the identity provider's own session ends. */
  readonly endsAt: Date | null
  readonly actor: Actor
  readonly now: Date
}

/** The clear secret is for the browser's cookie and is kept nowhere else. */
export interface OpenedSession {
  readonly id: string
  readonly secret: string
  readonly expiresAt: Date
}

/** In the transaction that lets the person in. */
export async function openSession(
  tx: Db,
  { sessionHours }: { readonly sessionHours: number },
  session: NewSession,
): Promise<OpenedSession> {
  const { person, organizationId, method, domainId, endsAt, actor, now } = session
  const longest = now.getTime() + sessionHours * hourMs
  const expiresAt = new Date(Math.min(longest, endsAt?.getTime() ?? longest))
  const id = newId()
  const secret = newSecret()
  await insertSession(tx, {
    id,
    digest: digestOf(secret),
    person_id: person.id,
    organization_id: organizationId,
    domain_id: domainId,
    method,
    signed_in_at: now.toISOString(),
    expires_at: expiresAt.toISOString(),
    ip: actor.ip,
  })
  await appendAudit(tx, organizationId, {
    actor,
    action: 'session.created',
    target: { type: 'session', id, label: person.email },
    about: [person.id],
    changes: { method: { before: null, after: method } },
    now: now.toISOString(),
  })
  return { id, secret, expiresAt }
}
