// The sessions of signed-in people: how one begins, what its browser holds of it, and how it ends.
import { newId } from '../base/id.ts'
import { digestOf, newSecret } from '../base/secret.ts'
import type { Context } from '../context.ts'
import type { Actor } from '../domain/actor.ts'
import type { Db } from '../store/db.ts'
import { findPerson, type Person } from '../store/organization/people.ts'
import { appendAudit } from '../store/records/audit.ts'
import { deleteSession, findLiveSession, insertSession, type Session } from '../store/sign-in/sessions.ts'

const hourMs = 60 * 60 * 1000

export interface NewSession {
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
  { config }: Pick<Context, 'config'>,
  session: NewSession,
): Promise<OpenedSession> {
  const { person, organizationId, method, domainId, endsAt, actor, now } = session
  const longest = now.getTime() + config.sessionHours * hourMs
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
  })
  await appendAudit(tx, organizationId, {
    actor,
    action: 'session.created',
    target: { type: 'session', id, label: person.email },
    changes: { method: { before: null, after: method } },
    now: now.toISOString(),
  })
  return { id, secret, expiresAt }
}

export interface SignedIn {
  readonly session: Session
  readonly person: Person
}

export async function findSignedIn(ctx: Context, secret: string | undefined): Promise<SignedIn | undefined> {
  if (!secret) return undefined
  const session = await findLiveSession(ctx.db, digestOf(secret), ctx.now().toISOString())
  const person = session && (await findPerson(ctx.db, session.person_id))
  return person && { session, person }
}

/** Signing out. Whoever is not signed in is none the worse for it. */
export async function endSession(ctx: Context, secret: string | undefined): Promise<void> {
  const signedIn = await findSignedIn(ctx, secret)
  if (signedIn) await deleteSession(ctx.db, signedIn.session.id)
}
