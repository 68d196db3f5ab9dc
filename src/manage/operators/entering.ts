// An operator goes into an organization that they need not be in, by this one session, and out of it again.
import { missing } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { levels } from '../../domain/level.ts'
import { transact } from '../../store/db.ts'
import { findMember } from '../../store/organization/members.ts'
import { keepOrganizations } from '../../store/organization/organizations.ts'
import { updatePerson } from '../../store/organization/people.ts'
import { beginOperating, endOperating } from '../../store/sign-in/operating.ts'
import { holdOperator, type Principal } from '../caller.ts'
import { requireOperator } from './rights.ts'

/** Its owners are there already, by their membership; everybody else acts as the operator, and its audit log says so. */
export async function operateIn(ctx: Context, principal: Principal, organizationId: string): Promise<void> {
  requireOperator(principal)
  const { credentialId, person, actor } = principal
  const step = { actor, now: ctx.now().toISOString() }
  await transact(ctx.db, async tx => {
    await holdOperator(tx, person.id)
    await endOperating(tx, credentialId, step)
    const [id] = await keepOrganizations(tx, [organizationId])
    if (id === undefined) throw missing()
    const member = await findMember(tx, id, person.id)
    if (member?.status === 'active' && member.level >= levels.owner) {
      await updatePerson(tx, person.id, { current_organization_id: id })
      return
    }
    await beginOperating(tx, credentialId, { organizationId: id, ...step })
  })
}

/** Back to what the person's own memberships open. Whoever has entered nothing is none the worse for it. */
export const leaveOrganization = (ctx: Context, { credentialId, actor }: Principal): Promise<void> =>
  transact(ctx.db, tx => endOperating(tx, credentialId, { actor, now: ctx.now().toISOString() }))
