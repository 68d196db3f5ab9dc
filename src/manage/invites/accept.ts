// Accepting an invite by the secret of its link: joining at its level, with its projects.
import { invalid } from '../../base/refusal.ts'
import { digestOf } from '../../base/secret.ts'
import type { Context } from '../../context.ts'
import { type Db, transact } from '../../store/db.ts'
import { deleteInvitesTo, type Invite, lockInviteByDigest } from '../../store/organization/invites.ts'
import { ensureMember, lockMember, type Member } from '../../store/organization/members.ts'
import { ensurePerson, type Person, updatePerson } from '../../store/organization/people.ts'
import { grantProjects } from '../../store/organization/project-members.ts'
import { isDeactivated } from '../../store/resources/users.ts'
import { record } from '../audit.ts'
import type { Origin } from '../caller.ts'
import { viewMember } from '../members/view.ts'
import { findEnforcing, refuseOthers, requireLive, requireOrganization } from './invitation.ts'
import { accessOf } from './invite.ts'

export interface Acceptance {
  readonly token: string
  /** Whoever is signed in; the link alone is enough for somebody who is not. */
  readonly person: Person | undefined
  readonly origin: Origin
}

/** The link went to the address alone, so whoever has it is the owner of the address. */
export async function acceptInvite(ctx: Context, { token, person, origin }: Acceptance) {
  const at = ctx.now()
  const now = at.toISOString()
  return transact(ctx.db, async tx => {
    const invite = requireLive(await lockInviteByDigest(tx, digestOf(token)), at)
    const email = invite.target_email
    if (person) refuseOthers(person, invite)
    else await refuseEnforced(tx, ctx, email)
    const organization = await requireOrganization(tx, invite)
    const recipient = await settleRecipient(tx, invite, now)
    await refuseMember(tx, invite, recipient)
    const member = await join(tx, invite, { recipient, now })
    const actor = { type: 'user', id: recipient.id, label: email, ...origin } as const
    const changes = {
      level: { before: null, after: member.level },
      origin: { before: null, after: 'invite' },
      private_project_access: { before: null, after: accessOf(invite) },
    }
    const target = { type: 'member', id: member.id, label: email }
    const about = [recipient.id, email]
    const organizationId = organization.id
    await record(tx, { organizationId, actor }, { action: 'member.joined', target, about, changes, now })
    return {
      organization: { id: organization.id, name: organization.name, slug: organization.slug },
      member: await viewMember(tx, organizationId, recipient.id),
      redirect_url: `${ctx.config.baseUrl}/`,
    }
  })
}

/** Where single sign-on is enforced, the way in is through the identity provider, and it takes the invite along. */
async function refuseEnforced(tx: Db, { config }: Context, email: string): Promise<void> {
  const domain = await findEnforcing(tx, email)
  if (!domain) return
  throw invalid(
    'sso_enforced',
    `People of ${domain.name} sign in through single sign-on: ${config.baseUrl}/saml/${domain.id}/login`,
  )
}

async function settleRecipient(tx: Db, invite: Invite, now: string): Promise<Person> {
  const { target_email: email, first_name: firstName } = invite
  const person = await ensurePerson(tx, { email, firstName, lastName: '', isEmailVerified: true, now })
  if (person.is_email_verified === 0)
    await updatePerson(tx, person.id, { is_email_verified: 1, updated_at: now })
  return { ...person, is_email_verified: 1 }
}

async function refuseMember(
  tx: Db,
  { organization_id: organizationId }: Invite,
  person: Person,
): Promise<void> {
  const member = await lockMember(tx, organizationId, person.id)
  if (member) {
    const state = member.status === 'active' ? 'a member already' : 'a suspended member'
    throw invalid('user_already_member', `${person.email} is ${state} of the organization.`)
  }
  if (await isDeactivated(tx, organizationId, person.id))
    throw invalid('invalid_recipient', `The organization's directory has deactivated ${person.email}.`)
}

/** At the invite's level, with its projects; the other invites for the address have had their answer with it. */
async function join(
  tx: Db,
  invite: Invite,
  { recipient, now }: { recipient: Person; now: string },
): Promise<Member> {
  const { organization_id: organizationId, level } = invite
  const personId = recipient.id
  const member = await ensureMember(tx, { organizationId, personId, level, origin: 'invite', now })
  await grantProjects(tx, { organizationId, personId, now }, accessOf(invite))
  await deleteInvitesTo(tx, organizationId, invite.target_email)
  await updatePerson(tx, personId, { current_organization_id: organizationId })
  return member
}
