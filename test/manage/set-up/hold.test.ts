// Whoever has lost the right to set a domain up since their request came in changes nothing.
import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../../src/base/id.ts'
import { levels } from '../../../src/domain/level.ts'
import { type Caller, enterOrganization } from '../../../src/manage/caller.ts'
import { createDomain } from '../../../src/manage/domains/claim.ts'
import { changeDomain, removeDomain } from '../../../src/manage/domains/domains.ts'
import { changeGroupLevel } from '../../../src/manage/domains/scim-groups.ts'
import { rotateToken } from '../../../src/manage/domains/scim-tokens.ts'
import { removeMember } from '../../../src/manage/members.ts'
import { openSetUp } from '../../../src/manage/set-up/open.ts'
import { createSetUpLink, revokeSetUpLink } from '../../../src/manage/set-up-links.ts'
import { updateMember } from '../../../src/store/organization/members.ts'
import { eachDatabase } from '../../database.ts'
import type { Tenant } from '../../http/scim/surface.ts'
import { openOperators, type World } from '../operators/world.ts'

describe('holding a right', () => {
  eachDatabase((_, open) => {
    let world: World
    let tenant: Tenant
    let owner: Caller
    beforeEach(async () => {
      world = await openOperators(await open())
      tenant = world.console.surface.tenant
      owner = await world.ownerOf(tenant)
    })
    const ctx = () => world.console.surface.ctx
    const administrator = async (): Promise<Caller & { personId: string }> => {
      const visitor = await world.console.enter(tenant.organizationId, levels.admin)
      const principal = await world.principalOf(visitor)
      const caller = await enterOrganization(ctx(), principal, tenant.organizationId)
      return { ...caller, personId: principal.person.id }
    }
    const deedsOf = (caller: Caller) => {
      const { id } = tenant.domain
      return [
        () => changeDomain(ctx(), caller, { id, patch: { saml_entity_id: 'https://idp.evil.test' } }),
        () => rotateToken(ctx(), caller, { domainId: id, overlapSeconds: 0 }),
        () => createDomain(ctx(), caller, { name: 'late.test', settings: {} }),
        () => removeDomain(ctx(), caller, id),
        () => changeGroupLevel(ctx(), caller, { domainId: id, groupId: newId(), level: levels.admin }),
      ]
    }
    const state = async () => [
      await ctx().db.selectFrom('domains').selectAll().execute(),
      await ctx().db.selectFrom('scim_tokens').selectAll().execute(),
    ]

    it('refuses who is demoted or removed by then', async () => {
      const demoted = await administrator()
      const now = ctx().now().toISOString()
      const lower = { personId: demoted.personId, level: levels.member, updated_at: now }
      await updateMember(ctx().db, tenant.organizationId, lower)
      const removed = await administrator()
      await removeMember(ctx(), owner, removed.personId)
      const before = await state()
      for (const deed of deedsOf(demoted)) await expect(deed()).rejects.toMatchObject({ kind: 'denied' })
      for (const deed of deedsOf(removed)) await expect(deed()).rejects.toMatchObject({ kind: 'missing' })
      expect(await state()).toEqual(before)
    })

    it('says of a link that it is over, and not that there is a domain already', async () => {
      const wish = { domainId: null, label: 'IT', sendTo: '', parts: ['verify'], days: 1 }
      const link = await createSetUpLink(ctx(), owner, wish)
      const { caller } = await openSetUp(ctx(), link.url.split('/').at(-1) ?? '', {
        ip: null,
        requestId: null,
      })
      await revokeSetUpLink(ctx(), owner, link.id)
      const claim = createDomain(ctx(), caller, { name: 'late.test', settings: {} })
      await expect(claim).rejects.toMatchObject({ code: 'link_over' })
    })

    it('lets one of two claims through that are made by one link at once', async () => {
      const wish = { domainId: null, label: 'IT', sendTo: '', parts: ['verify'], days: 1 }
      const link = await createSetUpLink(ctx(), owner, wish)
      const { caller } = await openSetUp(ctx(), link.url.split('/').at(-1) ?? '', {
        ip: null,
        requestId: null,
      })
      const claims = await Promise.allSettled(
        ['one.test', 'two.test', 'three.test'].map(name =>
          createDomain(ctx(), caller, { name, settings: {} }),
        ),
      )
      expect(claims.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      const rows = await ctx().db.selectFrom('domains').select('id').execute()
      // Those of the two organizations that were there before.
      expect(rows).toHaveLength(3)
    })
  })
})
