// What an operator who is one no more leaves behind: nothing that was begun before it was taken away, and no way back in.
import { beforeEach, describe, expect, it } from 'vitest'
import { type Caller, enterOrganization, type Principal } from '../../../src/manage/caller.ts'
import { changeDomain, removeDomain } from '../../../src/manage/domains/domains.ts'
import { rotateToken } from '../../../src/manage/domains/scim-tokens.ts'
import { createInvite, readInvites } from '../../../src/manage/invites.ts'
import { operateIn } from '../../../src/manage/operators/entering.ts'
import { createOrganizationFor } from '../../../src/manage/operators/organizations.ts'
import { discardItem, retryItem } from '../../../src/manage/operators/outbox.ts'
import { grantOperator, revokeOperator } from '../../../src/manage/operators/rights.ts'
import { removeOrganization } from '../../../src/manage/organizations/organizations.ts'
import { createSetUpLink, readSetUpLinks } from '../../../src/manage/set-up-links.ts'
import { enqueue } from '../../../src/store/records/outbox.ts'
import { findLiveSessionById } from '../../../src/store/sign-in/sessions.ts'
import { eachDatabase } from '../../database.ts'
import type { Tenant } from '../../http/scim/surface.ts'
import { openOperators, type World } from './world.ts'

describe('a former operator', () => {
  eachDatabase((_, open) => {
    let world: World
    let customer: Tenant
    let principal: Principal
    beforeEach(async () => {
      world = await openOperators(await open())
      customer = world.console.surface.tenant
      principal = await world.principalOf(world.operator)
    })
    const ctx = () => world.console.surface.ctx
    const entered = async (): Promise<Caller> => {
      await operateIn(ctx(), principal, customer.organizationId)
      return enterOrganization(ctx(), await world.principalOf(world.operator), '@current')
    }
    const revoke = () => revokeOperator(ctx(), world.operator.email)
    const gone = { kind: 'missing' }
    const count = async (table: 'organizations' | 'outbox' | 'scim_tokens' | 'domains') =>
      (await ctx().db.selectFrom(table).selectAll().execute()).length

    it('does nothing more with a request that came in before', async () => {
      const { db } = ctx()
      const now = ctx().now().toISOString()
      await enqueue(db, ctx().config.secrets, { kind: 'mail', payload: { to: 'a@b.test' }, now })
      const [item] = await db.selectFrom('outbox').selectAll().execute()
      const before = [await count('organizations'), await count('outbox')]
      await revoke()
      const { organizationId } = customer
      await expect(operateIn(ctx(), principal, organizationId)).rejects.toMatchObject(gone)
      const form = { name: 'Mine', owner: 'me@mine.test' }
      await expect(createOrganizationFor(ctx(), principal, form)).rejects.toMatchObject(gone)
      await expect(retryItem(ctx(), principal, item?.id ?? '')).rejects.toMatchObject(gone)
      await expect(discardItem(ctx(), principal, item?.id ?? '')).rejects.toMatchObject(gone)
      expect([await count('organizations'), await count('outbox')]).toEqual(before)
      await grantOperator(ctx(), world.operator.email)
      const session = await findLiveSessionById(db, principal.credentialId, now)
      expect(session?.operating_in).toBeNull()
    })

    it('changes nothing more in an organization that they had entered', async () => {
      const caller = await entered()
      const { id } = customer.domain
      await revoke()
      const before = await ctx().db.selectFrom('domains').selectAll().execute()
      const tokens = await ctx().db.selectFrom('scim_tokens').selectAll().execute()
      const patch = { saml_entity_id: 'https://idp.evil.test' }
      await expect(changeDomain(ctx(), caller, { id, patch })).rejects.toMatchObject(gone)
      await expect(rotateToken(ctx(), caller, { domainId: id, overlapSeconds: 0 })).rejects.toMatchObject(
        gone,
      )
      await expect(removeDomain(ctx(), caller, id)).rejects.toMatchObject(gone)
      await expect(removeOrganization(ctx(), caller)).rejects.toMatchObject(gone)
      expect(await ctx().db.selectFrom('domains').selectAll().execute()).toEqual(before)
      expect(await ctx().db.selectFrom('scim_tokens').selectAll().execute()).toEqual(tokens)
    })

    it('leaves word of an organization that they deleted while they were one', async () => {
      const caller = await entered()
      await removeOrganization(ctx(), caller)
      await revoke()
      const log = await ctx().db.selectFrom('operator_log').selectAll().orderBy('id').execute()
      expect(log.map(({ action, actor_label }) => [action, actor_label])).toEqual([
        ['operator.granted', 'operator'],
        ['organization.deleted', world.operator.email],
        ['operator.revoked', 'operator'],
      ])
    })

    it('has sent nothing that still leads into an organization', async () => {
      const caller = await entered()
      const wish = { domainId: null, label: 'IT', sendTo: '', parts: ['verify'], days: 30 }
      await createSetUpLink(ctx(), caller, wish)
      await createInvite(ctx(), caller, invite('me-again@evil.test'))
      const owner = await world.ownerOf(customer)
      await createSetUpLink(ctx(), owner, { ...wish, label: 'of the owner' })
      await createInvite(ctx(), owner, invite('new@acme.test'))
      await revoke()
      const page = { limit: 10, offset: 0 }
      const links = await readSetUpLinks(ctx(), owner, { ...page, domainId: undefined })
      expect(links.results.map(({ label }) => label)).toEqual(['of the owner'])
      const invites = await readInvites(ctx(), owner, page)
      expect(invites.results.map(({ target_email }) => target_email)).toEqual(['new@acme.test'])
    })
    const invite = (target_email: string) => ({
      target_email,
      first_name: '',
      level: 15,
      message: '',
      private_project_access: [],
      send_email: false,
      combine_pending_invites: false,
    })
  })
})
