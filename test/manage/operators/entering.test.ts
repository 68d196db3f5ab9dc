// Where an operator was, as the audit log of each organization has it: from the way in to the way out, whichever that was.
import { beforeEach, describe, expect, it } from 'vitest'
import { endSession } from '../../../src/login/session.ts'
import { leaveOrganization, operateIn } from '../../../src/manage/operators/entering.ts'
import { revokeOperator } from '../../../src/manage/operators/rights.ts'
import { deleteOrganization } from '../../../src/store/organization/organizations.ts'
import { eachDatabase } from '../../database.ts'
import type { Tenant } from '../../http/scim/surface.ts'
import { openOperators, type World } from './world.ts'

describe('an operator within an organization', () => {
  eachDatabase((_, open) => {
    let world: World
    let customer: Tenant
    beforeEach(async () => {
      world = await openOperators(await open())
      customer = world.console.surface.tenant
      const principal = await world.principalOf(world.operator)
      await operateIn(ctx(), principal, customer.organizationId)
    })
    const ctx = () => world.console.surface.ctx
    const ways = async () => {
      const rows = await ctx()
        .db.selectFrom('audit')
        .selectAll()
        .where('organization_id', '=', customer.organizationId)
        .where('action', 'like', 'operator.%')
        .orderBy('id')
        .execute()
      return rows.map(({ action, actor_label: who }) => `${who} ${action}`)
    }
    const inAndOut = () => [
      `${world.operator.email} operator.entered`,
      `${world.operator.email} operator.left`,
    ]

    it('leaves once, though they say it twice at once', async () => {
      const principal = await world.principalOf(world.operator)
      await Promise.all([leaveOrganization(ctx(), principal), leaveOrganization(ctx(), principal)])
      expect(await ways()).toEqual(inAndOut())
    })

    it('leaves by signing out', async () => {
      await endSession(ctx(), world.operator.secret)
      expect(await ways()).toEqual(inAndOut())
    })

    it('leaves when they are made a member like others', async () => {
      await revokeOperator(ctx(), world.operator.email)
      await endSession(ctx(), world.operator.secret)
      expect(await ways()).toEqual(inAndOut())
    })

    it('leaves an organization that is gone without a word', async () => {
      await deleteOrganization(ctx().db, customer.organizationId)
      await leaveOrganization(ctx(), await world.principalOf(world.operator))
      await endSession(ctx(), world.operator.secret)
      expect(await ways()).toEqual([])
    })
  })
})
