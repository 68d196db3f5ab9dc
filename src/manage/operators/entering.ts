// An operator goes into an organization that they need not be in, by this one session, and out of it again.
import { missing } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { levels } from '../../domain/level.ts'
import { type Db, transact } from '../../store/db.ts'
import { findMember } from '../../store/organization/members.ts'
import { findOrganization, keepOrganizations } from '../../store/organization/organizations.ts'
import { updatePerson } from '../../store/organization/people.ts'
import { setOperatingIn } from '../../store/sign-in/sessions.ts'
import { record } from '../audit.ts'
import { holdOperator, type Principal } from '../caller.ts'
import { requireOperator } from './rights.ts'

/** Its owners are there already, by their membership; everybody else acts as the operator, and its audit log says so. */
export async function operateIn(ctx: Context, principal: Principal, organizationId: string): Promise<void> {
  requireOperator(principal)
  const { credentialId, person } = principal
  await transact(ctx.db, async tx => {
    await holdOperator(tx, person.id)
    await leave(tx, ctx, principal)
    const [id] = await keepOrganizations(tx, [organizationId])
    if (id === undefined) throw missing()
    const member = await findMember(tx, id, person.id)
    if (member?.status === 'active' && member.level >= levels.owner) {
      await updatePerson(tx, person.id, { current_organization_id: id })
      return
    }
    await setOperatingIn(tx, credentialId, id)
    await note(tx, ctx, { principal, organizationId: id, action: 'operator.entered' })
  })
}

/** Back to what the person's own memberships open. Whoever has entered nothing is none the worse for it. */
export const leaveOrganization = (ctx: Context, principal: Principal): Promise<void> =>
  transact(ctx.db, tx => leave(tx, ctx, principal))

async function leave(tx: Db, ctx: Context, principal: Principal): Promise<void> {
  const former = principal.operator?.organizationId
  if (!former) return
  await setOperatingIn(tx, principal.credentialId, null)
  const [organizationId] = await keepOrganizations(tx, [former])
  if (organizationId !== undefined)
    await note(tx, ctx, { principal, organizationId, action: 'operator.left' })
}

async function note(
  tx: Db,
  ctx: Context,
  { principal, organizationId, action }: { principal: Principal; organizationId: string; action: string },
): Promise<void> {
  const organization = await findOrganization(tx, organizationId)
  await record(
    tx,
    { organizationId, actor: { ...principal.actor, type: 'operator' } },
    {
      action,
      target: { type: 'organization', id: organizationId, label: organization?.name ?? organizationId },
      changes: {},
      now: ctx.now().toISOString(),
    },
  )
}
