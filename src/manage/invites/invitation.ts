// An invite as whoever follows its link finds it: alive, meant for them, and what it is about.
import { invalid, missing } from '../../base/refusal.ts'
import { digestOf } from '../../base/secret.ts'
import type { Context } from '../../context.ts'
import { type Domain, domainOfAddress } from '../../domain/domain.ts'
import type { Db } from '../../store/db.ts'
import { findVerifiedDomain } from '../../store/domain/domains.ts'
import { findInviteByDigest, type Invite } from '../../store/organization/invites.ts'
import { findOrganization, type Organization } from '../../store/organization/organizations.ts'
import { findPerson, type Person } from '../../store/organization/people.ts'
import { nameOf } from '../user-basic.ts'

export interface Invitation {
  readonly organization_name: string
  readonly invited_by: string
  readonly target_email: string
  readonly level: number
  readonly expires_at: string
}

export async function readInvitation(ctx: Context, token: string): Promise<Invitation> {
  return describe(ctx.db, await findLive(ctx, token))
}

export interface OpenedInvitation extends Invitation {
  /** The path where the recipient signs in first, when single sign-on is enforced for their address. */
  readonly signOn: string | null
}

/** For a page; `person` is whoever is signed in, and refused when the invite is for somebody else. */
export async function openInvitation(
  ctx: Context,
  { token, person }: { token: string; person: Person | undefined },
): Promise<OpenedInvitation> {
  const invite = await findLive(ctx, token)
  if (person) refuseOthers(person, invite)
  const enforcing = person ? undefined : await findEnforcing(ctx.db, invite.target_email)
  const signOn = enforcing ? signOnPath(enforcing, { invite, token }) : null
  return { ...(await describe(ctx.db, invite)), signOn }
}

/** A sign-in to the invite's own organization takes the invite along; from any other one comes back to the page. */
function signOnPath(
  { organizationId }: Domain,
  { invite, token }: { invite: Invite; token: string },
): string {
  const next = invite.organization_id === organizationId ? '/' : `/invites/${token}`
  return `/login/saml?${new URLSearchParams({ email: invite.target_email, next })}`
}

const findLive = async (ctx: Context, token: string): Promise<Invite> =>
  requireLive(await findInviteByDigest(ctx.db, digestOf(token)), ctx.now())

async function describe(db: Db, invite: Invite): Promise<Invitation> {
  const organization = await requireOrganization(db, invite)
  const inviter = invite.created_by === null ? undefined : await findPerson(db, invite.created_by)
  return {
    organization_name: organization.name,
    invited_by: inviter ? nameOf(inviter) : organization.name,
    target_email: invite.target_email,
    level: invite.level,
    expires_at: invite.expires_at,
  }
}

export function requireLive(invite: Invite | undefined, now: Date): Invite {
  if (!invite) throw missing('There is no such invite: it was answered, replaced or withdrawn.')
  if (invite.expires_at > now.toISOString()) return invite
  throw invalid('expired', `The invite expired at ${invite.expires_at}; ask for a new one.`)
}

export async function requireOrganization(db: Db, { organization_id }: Invite): Promise<Organization> {
  const organization = await findOrganization(db, organization_id)
  if (!organization) throw missing()
  return organization
}

export function refuseOthers(person: Person, { target_email: email }: Invite): void {
  if (person.email === email) return
  throw invalid('invalid_recipient', `The invite is for ${email}; you are signed in as ${person.email}.`)
}

/** The domain of the address, where it lets nobody in but through single sign-on. */
export async function findEnforcing(db: Db, email: string): Promise<Domain | undefined> {
  const domain = await findVerifiedDomain(db, domainOfAddress(email) ?? '')
  return domain?.ssoEnforcement === 'saml' ? domain : undefined
}
