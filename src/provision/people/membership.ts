// The membership behind a user: given, suspended, given back and taken away as the identity provider says.
import { levels } from '../../domain/level.ts'
import { conflict } from '../../scim/errors.ts'
import type { Db } from '../../store/db.ts'
import { endApiKeysIn } from '../../store/organization/api-keys.ts'
import { deleteInvitesBy, deleteInvitesTo } from '../../store/organization/invites.ts'
import {
  deleteMember,
  ensureMember,
  isLastOwner,
  lockMember,
  type Member,
  type NewMember,
  setMemberStatus,
} from '../../store/organization/members.ts'
import { findDefaultLevel } from '../../store/organization/organizations.ts'
import type { Person } from '../../store/organization/people.ts'
import { deleteSetUpLinksBy } from '../../store/organization/set-up-links.ts'
import { hasOtherActiveUser } from '../../store/resources/users.ts'
import { deleteSessionsOfPerson } from '../../store/sign-in/sessions.ts'
import type { Push } from '../push.ts'

interface Step {
  readonly person: Person
  /** The user whose push this is. */
  readonly userId: string
  readonly now: string
  /** Whether the person was made by this push. */
  readonly isNew: boolean
}

/**
 * The person is an active member now. Whoever was one already, invited or by hand, is adopted as they are. The member
 * is locked, as `mayStay` does: of two domains, one of which lets go while the other lets in, the later one decides.
 */
export async function admit(tx: Db, push: Push, { person, now, isNew }: Step): Promise<void> {
  const { organizationId } = push.token.domain
  const known = isNew ? undefined : await lockMember(tx, organizationId, person.id)
  const member = known ?? (await ensureMember(tx, await newMember(tx, push, { person, now })))
  if (member.status === 'suspended') {
    await setMemberStatus(tx, member, { status: 'active', now })
    const effect = 'the suspended membership is active again'
    note(push, { effect, person, before: 'suspended', after: 'active' })
  } else if (known) {
    push.story.effects.push('a member of the organization already')
  } else {
    const who = isNew ? 'a new person' : 'a known person'
    note(push, { effect: `${who} joined the organization`, person, before: null, after: 'active' })
  }
  await deleteInvitesTo(tx, organizationId, person.email)
}

/** The membership rests: its level comes back with the next `active: true`; sessions, keys and invites do not. */
export async function suspend(tx: Db, push: Push, step: Step): Promise<void> {
  const { organizationId } = push.token.domain
  const { person, now } = step
  const known = await lockMember(tx, organizationId, person.id)
  const member = known ?? (await ensureMember(tx, await newMember(tx, push, { person, now })))
  if (await mayStay(tx, push, { ...step, member })) return
  await setMemberStatus(tx, member, { status: 'suspended', now })
  await endAccess(tx, push, person)
  note(push, {
    effect: 'the membership is suspended; sessions, keys and invites ended',
    person,
    before: member.status,
    after: 'suspended',
  })
}

async function newMember(
  tx: Db,
  { token }: Push,
  { person, now }: Pick<Step, 'person' | 'now'>,
): Promise<NewMember> {
  const { organizationId } = token.domain
  const level = (await findDefaultLevel(tx, organizationId)) ?? levels.member
  return { organizationId, personId: person.id, level, origin: 'scim', now }
}

/** The membership is gone; the person stays, and stays a member wherever else they are one. */
export async function remove(tx: Db, push: Push, step: Step): Promise<void> {
  const { organizationId } = push.token.domain
  const { person } = step
  const member = await lockMember(tx, organizationId, person.id)
  if (!member || (await mayStay(tx, push, { ...step, member }))) return
  await deleteMember(tx, organizationId, person.id)
  await endAccess(tx, push, person)
  note(push, {
    effect: 'the membership ended, with its sessions, keys and invites',
    person,
    before: member.status,
    after: null,
  })
}

/**
 * Two domains of one organization may each have a user for the same person. The membership rests on any of them: as
 * long as another one is active, nothing happens to it. Refuses to take the last owner away.
 *
 * The member is locked: of two users that are deactivated at once, the second sees the first one's end.
 */
async function mayStay(
  tx: Db,
  push: Push,
  { person, userId, member }: Step & { member: Member },
): Promise<boolean> {
  const { organizationId } = push.token.domain
  if (await hasOtherActiveUser(tx, { organizationId, personId: person.id, exceptId: userId })) {
    push.story.effects.push('the membership stays, since another active user of the organization rests on it')
    return true
  }
  if (await isLastOwner(tx, member)) {
    throw conflict(
      'This person is the last owner of the organization and cannot be deprovisioned; make somebody else an owner first.',
    )
  }
  return false
}

/** Invites and set-up links they sent end too: one sent just before leaving would be a way back in. */
async function endAccess(tx: Db, push: Push, person: Person): Promise<void> {
  const { organizationId } = push.token.domain
  await deleteSessionsOfPerson(tx, organizationId, person.id)
  await endApiKeysIn(tx, organizationId, person.id)
  await deleteInvitesTo(tx, organizationId, person.email)
  await deleteInvitesBy(tx, organizationId, person.id)
  await deleteSetUpLinksBy(tx, organizationId, person.id)
}

function note(
  { story }: Push,
  {
    effect,
    person,
    before,
    after,
  }: { effect: string; person: Person; before: string | null; after: string | null },
): void {
  story.effects.push(effect)
  story.membership = { personId: person.id, before, after }
}
