// One invite within a transaction: what it may give, what it takes over from earlier ones, its link, its mail.
import { newId } from '../../base/id.ts'
import { denied, invalid, missing } from '../../base/refusal.ts'
import { digestOf, newSecret } from '../../base/secret.ts'
import type { Context } from '../../context.ts'
import { levels } from '../../domain/level.ts'
import { type ProjectAccess, uniteAccess } from '../../domain/project-access.ts'
import type { Db } from '../../store/db.ts'
import {
  deleteInvitesTo,
  type Invite,
  insertInvite,
  lockInvitesTo,
} from '../../store/organization/invites.ts'
import { findMember } from '../../store/organization/members.ts'
import { lockOrganization, type Organization } from '../../store/organization/organizations.ts'
import { findPerson, findPersonByEmail } from '../../store/organization/people.ts'
import { listProjectsOf } from '../../store/organization/project-members.ts'
import { findProjects } from '../../store/organization/projects.ts'
import { changesBetween, record } from '../audit.ts'
import { type Caller, holdLevel, operatorIdOf } from '../caller.ts'
import { nameOf } from '../user-basic.ts'
import { queueInviteMail } from './mail.ts'

export interface InviteWish {
  /** Lower-cased. */
  readonly target_email: string
  readonly first_name: string
  readonly level: number
  readonly message: string
  readonly private_project_access: readonly ProjectAccess[]
  readonly send_email: boolean
  readonly combine_pending_invites: boolean
  readonly is_setup_delegation?: true
}

/** What all invites of one request share. */
export interface Inviting {
  readonly ctx: Context
  readonly caller: Caller
  readonly organization: Organization
  readonly inviterName: string
  readonly now: Date
}

/** Whoever invites into an organization does so one after another, so that no address gets two invites at once. */
export async function beginInviting(tx: Db, ctx: Context, caller: Caller): Promise<Inviting> {
  const organization = await lockOrganization(tx, caller.organizationId)
  if (!organization) throw missing()
  const current = await holdLevel(tx, caller)
  refuseOthersThanInviters(organization, current)
  const inviter = caller.personId === null ? undefined : await findPerson(tx, caller.personId)
  const inviterName = inviter ? nameOf(inviter) : organization.name
  return { ctx, caller: current, organization, inviterName, now: ctx.now() }
}

/** Administrators invite, and any member where the organization lets members do it. */
export const isInviter = (
  organization: Organization | undefined,
  { level }: Pick<Caller, 'level'>,
): boolean => level >= levels.admin || organization?.members_can_invite === 1

export function refuseOthersThanInviters(
  organization: Organization | undefined,
  { level }: Pick<Caller, 'level'>,
): void {
  if (isInviter(organization, { level })) return
  throw denied(
    `This needs the level ${levels.admin} (admin) in the organization, where members cannot invite; yours is ${level}.`,
  )
}

export interface IssuedInvite {
  readonly made: Invite
  /** The secret of its link. */
  readonly token: string
}

export async function invite(tx: Db, inviting: Inviting, wish: InviteWish): Promise<IssuedInvite> {
  const { ctx, caller, organization, inviterName } = inviting
  const { organizationId } = caller
  const now = inviting.now.toISOString()
  refuseHigherLevel(caller, wish.level)
  await refuseMember(tx, organizationId, wish.target_email)
  await refuseForeignProjects(tx, caller, wish.private_project_access)
  const earlier = await lockInvitesTo(tx, organizationId, wish.target_email)
  await deleteInvitesTo(tx, organizationId, wish.target_email)
  const { level, access } = combine(inviting, wish, earlier)
  const token = newSecret()
  const made = await insertInvite(tx, {
    organization_id: organizationId,
    id: newId(),
    target_email: wish.target_email,
    first_name: wish.first_name,
    level,
    message: wish.message,
    digest: digestOf(token),
    private_project_access: JSON.stringify(access),
    created_by: caller.personId,
    operator_id: operatorIdOf(caller),
    created_at: now,
    updated_at: now,
    expires_at: expiryFrom(inviting),
    is_setup_delegation: wish.is_setup_delegation ? 1 : 0,
  })
  const addressing = { invite: made, token, organizationName: organization.name, inviterName, now }
  if (wish.send_email) await queueInviteMail(tx, ctx, addressing)
  const changes = changesBetween(
    { replaced: earlier.map(({ id }) => id) },
    { level, private_project_access: access, replaced: [] },
  )
  const target = { type: 'invite', id: made.id, label: made.target_email }
  const about = [made.target_email]
  await record(tx, caller, { action: 'invite.created', target, about, changes, now })
  return { made, token }
}

const dayMs = 24 * 60 * 60 * 1000

export const expiryFrom = ({ ctx, now }: Inviting): string =>
  new Date(now.getTime() + ctx.config.inviteTtlDays * dayMs).toISOString()

function refuseHigherLevel({ level: own }: Caller, level: number): void {
  if (level <= own) return
  throw denied(`Nobody can invite above their own level: yours is ${own}, the invite's would be ${level}.`)
}

async function refuseMember(tx: Db, organizationId: string, email: string): Promise<void> {
  const person = await findPersonByEmail(tx, email)
  const member = person && (await findMember(tx, organizationId, person.id))
  if (!member) return
  const state = member.status === 'active' ? 'a member already' : 'a suspended member'
  throw invalid('already_member', `${email} is ${state} of the organization.`, 'target_email')
}

/** Administrators give access to every project, others to what they have themselves. */
async function refuseForeignProjects(
  tx: Db,
  { organizationId, personId, level }: Caller,
  access: readonly ProjectAccess[],
): Promise<void> {
  const found = await findProjects(
    tx,
    organizationId,
    access.map(({ id }) => id),
  )
  const projects = new Map(found.map(project => [project.id, project]))
  const unknown = access.find(({ id }) => !projects.has(id))
  if (unknown) {
    const detail = `There is no project ${unknown.id} in the organization.`
    throw invalid('invalid_input', detail, 'private_project_access')
  }
  if (level >= levels.admin || access.length === 0) return
  const mine = personId === null ? [] : await listProjectsOf(tx, organizationId, personId)
  const own = new Map(mine.map(each => [each.project_id, each.level]))
  const mayGive = ({ id, level: given }: ProjectAccess) =>
    own.get(id) === 'admin' || (given === 'member' && (own.has(id) || projects.get(id)?.access === 'open'))
  const refused = access.find(each => !mayGive(each))
  if (refused)
    throw denied(
      `You cannot give access to the project ${refused.id} as ${refused.level}: it is more than your own.`,
    )
}

/** The highest level of the invites that have not expired, as far as the caller can give it, and all their projects. */
function combine(
  { caller, now }: Inviting,
  { level, private_project_access: access, combine_pending_invites: isCombined }: InviteWish,
  earlier: readonly Invite[],
): { level: number; access: ProjectAccess[] } {
  const live = isCombined ? earlier.filter(({ expires_at }) => expires_at > now.toISOString()) : []
  return {
    level: Math.max(level, Math.min(caller.level, Math.max(...live.map(each => each.level)))),
    access: uniteAccess([...access, ...live.flatMap(accessOf)]),
  }
}

export const accessOf = ({ private_project_access }: Invite): ProjectAccess[] =>
  JSON.parse(private_project_access) as ProjectAccess[]
