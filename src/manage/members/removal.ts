// What ends with a membership, told before somebody is removed or leaves.
import { missing } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import type { Db } from '../../store/db.ts'
import { opens } from '../../store/organization/api-keys/reach.ts'
import { listApiKeysOf } from '../../store/organization/api-keys.ts'
import { listInvitesBy } from '../../store/organization/invites.ts'
import { listMembershipsOf } from '../../store/organization/members.ts'
import { countSetUpLinks } from '../../store/organization/set-up-links.ts'
import { countSessionsOfPerson } from '../../store/sign-in/sessions.ts'
import { type Caller, requireLevel } from '../caller.ts'
import { refuseAbove } from './standing.ts'
import { viewRoster } from './view.ts'

/** So many invites are named. */
const mostInvites = 50

export type Removal = Awaited<ReturnType<typeof readRemoval>>

/** For whoever may remove them. */
export async function readRemoval(ctx: Context, caller: Caller, personId: string) {
  const { organizationId } = caller
  if (personId !== caller.personId) requireLevel(caller, 'admin')
  const [member] = await viewRoster(ctx.db, organizationId, [personId])
  if (!member) throw missing()
  if (personId !== caller.personId) refuseAbove(caller.level, member.level, `the member's is ${member.level}`)
  const now = ctx.now().toISOString()
  const invites = await listInvitesBy(ctx.db, organizationId, { personId, limit: mostInvites + 1 })
  return {
    member,
    sessions: await countSessionsOfPerson(ctx.db, organizationId, { personId, now }),
    keys: await listKeysHere(ctx.db, organizationId, personId),
    invites: invites.slice(0, mostInvites).map(({ target_email }) => target_email),
    has_more_invites: invites.length > mostInvites,
    set_up_links: await countSetUpLinks(ctx.db, organizationId, { createdBy: personId, liveAt: now }),
  }
}

async function listKeysHere(db: Db, organizationId: string, personId: string) {
  const memberships = await listMembershipsOf(db, personId)
  const elsewhere = memberships.some(member => member.organization_id !== organizationId)
  const keys = (await listApiKeysOf(db, personId)).filter(key => opens(key, organizationId))
  return keys.map(key => ({
    id: key.id,
    label: key.label,
    hint: key.hint,
    /** Whether it opens another organization and lives on for that one. */
    lives_on: key.organizations ? key.organizations.length > 1 : elsewhere,
  }))
}
