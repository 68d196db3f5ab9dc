// The sessions of signed-in people: whose one is, and how it ends.
import { digestOf } from '../base/secret.ts'
import type { Context } from '../context.ts'
import { transact } from '../store/db.ts'
import { findPerson, type Person } from '../store/organization/people.ts'
import { appendAudit } from '../store/records/audit.ts'
import { endOperating } from '../store/sign-in/operating.ts'
import { deleteSession, findLiveSession, type Session } from '../store/sign-in/sessions.ts'

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
  if (!signedIn) return
  const { session, person } = signedIn
  const { id: personId, email: label } = person
  const actor = { type: 'user', id: personId, label, ip: null, requestId: null } as const
  const now = ctx.now().toISOString()
  await transact(ctx.db, async tx => {
    await endOperating(tx, session.id, { actor, now })
    await deleteSession(tx, session.id)
    await appendAudit(tx, session.organization_id, {
      actor,
      action: 'session.ended',
      target: { type: 'session', id: session.id, label },
      about: [personId],
      changes: {},
      now,
    })
  })
}
