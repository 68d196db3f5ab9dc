// All that an organization knows of somebody now: membership, what identity providers say, names at them, sessions, keys.
import type { Context } from '../../context.ts'
import { opens } from '../../store/organization/api-keys/reach.ts'
import { listApiKeysOf } from '../../store/organization/api-keys.ts'
import type { PlacedUser } from '../../store/resources/former-users.ts'
import { listGroupsOf } from '../../store/resources/user-groups.ts'
import { listIdentitiesOf } from '../../store/sign-in/identities.ts'
import { listSessionsOfPerson } from '../../store/sign-in/sessions.ts'
import type { Caller } from '../caller.ts'
import { viewRoster } from '../members/view.ts'
import type { Subject } from './subject.ts'
import { readVerdict } from './verdict.ts'

export type PersonView = Awaited<ReturnType<typeof readPerson>>

/** So many are shown; all of them are ended together. */
export const mostSessions = 50

export async function readPerson(ctx: Context, caller: Caller, subject: Subject) {
  const { organizationId } = caller
  const { personId } = subject
  const now = ctx.now().toISOString()
  const [verdict, users, ofPerson] = await Promise.all([
    readVerdict(ctx, caller, subject),
    Promise.all(subject.users.map(user => viewUser(ctx, user))),
    personId === null ? nobodys : readOwn(ctx, organizationId, { personId, now }),
  ])
  return { ...verdict, subject, users, ...ofPerson }
}

const nobodys = { member: undefined, identities: [], sessions: [], keyCount: 0 }

async function readOwn(
  { db }: Context,
  organizationId: string,
  { personId, now }: { personId: string; now: string },
) {
  const [members, identities, sessions, keys] = await Promise.all([
    viewRoster(db, organizationId, [personId]),
    listIdentitiesOf(db, organizationId, personId),
    listSessionsOfPerson(db, organizationId, { personId, now, limit: mostSessions }),
    listApiKeysOf(db, personId),
  ])
  const [member] = members
  const isLive = (expiresAt: string | null) => expiresAt === null || expiresAt > now
  return {
    member,
    identities,
    sessions,
    /** Of a member alone; somebody's keys for elsewhere are nobody's business here. */
    keyCount: member ? keys.filter(key => opens(key, organizationId) && isLive(key.expires_at)).length : 0,
  }
}

async function viewUser({ db }: Context, user: PlacedUser) {
  const { direct, groups } = await listGroupsOf(db, user.domain_id, [user.id])
  return {
    id: user.id,
    domainId: user.domain_id,
    domain: user.domain,
    isActive: user.active === 1,
    externalId: user.external_id,
    createdAt: user.created_at,
    updatedAt: user.updated_at,
    resource: JSON.parse(user.doc) as Record<string, unknown>,
    groups: (direct.get(user.id) ?? []).map(id => ({ id, name: groups.get(id)?.display ?? id })),
  }
}
