// What letting somebody in makes of their membership: joined by invite or by themselves, their level kept to their groups.
import type { Actor } from '../../domain/actor.ts'
import type { Domain } from '../../domain/domain.ts'
import { levels } from '../../domain/level.ts'
import type { Db } from '../../store/db.ts'
import { deleteInvitesAbove, deleteInvitesTo, type Invite } from '../../store/organization/invites.ts'
import { ensureMember, type Member, markSignedIn, updateMember } from '../../store/organization/members.ts'
import { type Person, updatePerson } from '../../store/organization/people.ts'
import { grantProjects } from '../../store/organization/project-members.ts'
import { deleteSetUpLinksAbove } from '../../store/organization/set-up-links.ts'
import { appendAudit, type Changes } from '../../store/records/audit.ts'
import { deactivated, followsGroups, levelByGroups, type Way } from './access.ts'
import { announce } from './events.ts'

export interface Entrant {
  readonly domain: Domain
  readonly person: Person
  readonly groups: readonly string[]
  readonly actor: Actor
  readonly now: string
}

/** The level that they have from now on. Throws `saml_user_deactivated`. */
export async function enter(tx: Db, entrant: Entrant, way: Way): Promise<number> {
  const { domain, person, now } = entrant
  const { organizationId } = domain
  const level = await takeWay(tx, entrant, way)
  await markSignedIn(tx, { organizationId, personId: person.id, now })
  if (person.current_organization_id !== organizationId) {
    await updatePerson(tx, person.id, { current_organization_id: organizationId })
  }
  return level
}

function takeWay(tx: Db, entrant: Entrant, way: Way): Promise<number> {
  if (way.by === 'membership') return adjustLevel(tx, entrant, way.member)
  if (way.by === 'invite') return acceptInvite(tx, entrant, way.invite)
  const level = levelByGroups(entrant.domain, entrant.groups) ?? levels.member
  return join(tx, entrant, { level, origin: 'jit' })
}

async function adjustLevel(tx: Db, entrant: Entrant, member: Member): Promise<number> {
  const level = levelByGroups(entrant.domain, entrant.groups)
  if (level === undefined || level === member.level || !followsGroups(member)) return member.level
  const { organization_id: organizationId, person_id: personId } = member
  await updateMember(tx, organizationId, { personId, level, updated_at: entrant.now })
  await deleteInvitesAbove(tx, organizationId, { personId, level })
  await deleteSetUpLinksAbove(tx, organizationId, { personId, level })
  const changes = { level: { before: member.level, after: level } }
  await record(tx, entrant, { action: 'member.level_changed', memberId: member.id, changes })
  return level
}

/** At the invite's level, with its projects; the other invites for the address have had their answer with it. */
async function acceptInvite(tx: Db, entrant: Entrant, invite: Invite): Promise<number> {
  const { domain, person, now } = entrant
  const { organizationId } = domain
  const level = await join(tx, entrant, { level: invite.level, origin: 'invite' })
  const access = JSON.parse(invite.private_project_access) as { id: number; level: 'member' | 'admin' }[]
  await grantProjects(tx, { organizationId, personId: person.id, now }, access)
  await deleteInvitesTo(tx, organizationId, invite.target_email)
  return level
}

async function join(
  tx: Db,
  entrant: Entrant,
  { level, origin }: { level: number; origin: Member['origin'] },
): Promise<number> {
  const { domain, person, now } = entrant
  const { organizationId } = domain
  const member = await ensureMember(tx, { organizationId, personId: person.id, level, origin, now })
  // Made by SCIM since we looked, and switched off already.
  if (member.status === 'suspended') throw deactivated(person.email)
  const changes = { level: { before: null, after: member.level }, origin: { before: null, after: origin } }
  await record(tx, entrant, { action: 'member.joined', memberId: member.id, changes })
  return member.level
}

async function record(
  tx: Db,
  { domain, actor, person, now }: Entrant,
  { action, memberId: id, changes }: { action: string; memberId: string; changes: Changes },
): Promise<void> {
  const target = { type: 'member', id, label: person.email }
  const about = [person.id]
  await appendAudit(tx, domain.organizationId, { actor, action, target, about, changes, now })
  const facts = { person_id: person.id, changes }
  await announce(tx, domain, { name: action, id, facts, txn: actor.requestId ?? id, now })
}
