// The sessions of signed-in people: whose one is, and how it ends.
import { digestOf } from '../base/secret.ts'
import type { Context } from '../context.ts'
import { findPerson, type Person } from '../store/organization/people.ts'
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
  if (signedIn) await deleteSession(ctx.db, signedIn.session.id)
}
