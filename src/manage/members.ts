// The members of an organization: listed and searched, given another level, removed.
import { denied, invalid, missing } from '../base/refusal.ts'
import type { Context } from '../context.ts'
import type { Level } from '../domain/level.ts'
import { type Db, transact } from '../store/db.ts'
import { endApiKeysIn } from '../store/organization/api-keys.ts'
import { deleteInvitesAbove, deleteInvitesBy, deleteInvitesTo } from '../store/organization/invites.ts'
import {
  countMembers,
  listMemberIds,
  type MemberFilter,
  type MemberOrder,
} from '../store/organization/members/list.ts'
import {
  deleteMember,
  findMember,
  isLastOwner,
  lockMember,
  type Member,
  updateMember,
} from '../store/organization/members.ts'
import { lockOrganization } from '../store/organization/organizations.ts'
import { findPerson } from '../store/organization/people.ts'
import { deleteSetUpLinksAbove, deleteSetUpLinksBy } from '../store/organization/set-up-links.ts'
import { deleteSessionsOfPerson } from '../store/sign-in/sessions.ts'
import { record } from './audit.ts'
import { type Caller, holdLevel, requireLevel } from './caller.ts'
import { type MadeFrom, refuseOverwriting } from './meanwhile.ts'
import { searchMembers } from './members/search.ts'
import { refuseAbove } from './members/standing.ts'
import { type ListedMember, type MemberObject, viewMember, viewMembers, viewRoster } from './members/view.ts'

export interface MemberQuery extends MemberFilter, MemberOrder {
  readonly search?: string | undefined
  readonly limit: number
  readonly offset: number
}

export async function readMembers(
  ctx: Context,
  { organizationId }: Caller,
  query: MemberQuery,
): Promise<{ count: number; results: MemberObject[] }> {
  const { count, personIds } = await findPage(ctx, organizationId, query)
  return { count, results: await viewMembers(ctx.db, organizationId, personIds) }
}

/** The same for people to look at. */
export async function readRoster(
  ctx: Context,
  { organizationId }: Caller,
  query: MemberQuery,
): Promise<{ count: number; results: ListedMember[] }> {
  const { count, personIds } = await findPage(ctx, organizationId, query)
  return { count, results: await viewRoster(ctx.db, organizationId, personIds) }
}

async function findPage({ db }: Context, organizationId: string, { search, ...query }: MemberQuery) {
  if (search === undefined) {
    const count = await countMembers(db, organizationId, query)
    return { count, personIds: await listMemberIds(db, organizationId, query) }
  }
  const { limit, offset, ...wanted } = query
  const found = await searchMembers(db, organizationId, { term: search, ...wanted })
  return { count: found.length, personIds: found.slice(offset, offset + limit) }
}

export async function requireMember(
  ctx: Context,
  { organizationId }: Caller,
  personId: string,
): Promise<void> {
  if (!(await findMember(ctx.db, organizationId, personId))) throw missing()
}

interface LevelChange {
  readonly personId: string
  readonly level: Level | undefined
  readonly madeFrom?: MadeFrom | undefined
}

/** Nobody changes their own level, or anybody above them, or makes somebody more than they are. */
export async function changeMember(
  ctx: Context,
  caller: Caller,
  { personId, level, madeFrom }: LevelChange,
): Promise<MemberObject> {
  const { organizationId } = caller
  const now = ctx.now().toISOString()
  await transact(ctx.db, async tx => {
    const { own, member } = await meet(tx, caller, personId)
    if (level === undefined) return
    if (personId === caller.personId) throw denied('Nobody can change their own level.')
    refuseAbove(own, member.level, `the member's is ${member.level}`)
    refuseAbove(own, level, `the new one would be ${level}`)
    if (madeFrom) refuseOverwriting(madeFrom, { before: { level: member.level }, after: { level } })
    if (level === member.level) return
    // It is the caller's word from now on, and no group's.
    await updateMember(tx, organizationId, { personId, level, level_group_id: null, updated_at: now })
    await deleteInvitesAbove(tx, organizationId, { personId, level })
    await deleteSetUpLinksAbove(tx, organizationId, { personId, level })
    const changes = { level: { before: member.level, after: level } }
    await recordMember(tx, caller, { action: 'member.level_changed', member, changes, now })
  })
  return viewMember(ctx.db, organizationId, personId)
}

/** Ends their sessions here, their keys for here, and the invites and set-up links they sent. Anybody may leave, save the last owner. */
export async function removeMember(ctx: Context, caller: Caller, personId: string): Promise<void> {
  const { organizationId } = caller
  const now = ctx.now().toISOString()
  await transact(ctx.db, async tx => {
    const { own, member } = await meet(tx, caller, personId)
    if (personId !== caller.personId) refuseAbove(own, member.level, `the member's is ${member.level}`)
    if (await isLastOwner(tx, member))
      throw invalid('last_owner', 'The organization needs an owner: make somebody else one first.')
    const person = await findPerson(tx, personId)
    await deleteMember(tx, organizationId, personId)
    await deleteSessionsOfPerson(tx, organizationId, personId)
    await endApiKeysIn(tx, organizationId, personId)
    await deleteInvitesBy(tx, organizationId, personId)
    await deleteSetUpLinksBy(tx, organizationId, personId)
    if (person) await deleteInvitesTo(tx, organizationId, person.email)
    const changes = { level: { before: member.level, after: null } }
    await recordMember(tx, caller, { action: 'member.removed', member, changes, now })
  })
}

/** The caller's level as it is now, and the member; of two who change each other at once, the second sees the first's change. */
async function meet(tx: Db, caller: Caller, personId: string): Promise<{ own: number; member: Member }> {
  await lockOrganization(tx, caller.organizationId)
  const current = await holdLevel(tx, caller)
  if (personId !== caller.personId) requireLevel(current, 'admin')
  const member = await lockMember(tx, caller.organizationId, personId)
  if (!member) throw missing()
  return { own: current.level, member }
}

async function recordMember(
  tx: Db,
  caller: Caller,
  {
    member,
    ...happening
  }: {
    action: string
    member: Member
    changes: { level: { before: number; after: number | null } }
    now: string
  },
): Promise<void> {
  const person = await findPerson(tx, member.person_id)
  const target = { type: 'member', id: member.id, label: person?.email ?? member.person_id }
  await record(tx, caller, { ...happening, target, about: [member.person_id] })
}
