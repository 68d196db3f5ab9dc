// A write that was read by older schemas than the domain has is refused, and nothing of it is done.
import { beforeAll, describe, expect, it } from 'vitest'
import { kindAt, kindsOf, standardKinds } from '../../../src/provision/kinds.ts'
import { newStory } from '../../../src/provision/log/outcome.ts'
import { type Push, pushBy } from '../../../src/provision/push.ts'
import { createResource, deleteResource, patchResource } from '../../../src/provision/resource.ts'
import { Leniency } from '../../../src/scim/quirks.ts'
import { findScimTokenById } from '../../../src/store/domain/scim-tokens.ts'
import { eachDatabase } from '../../database.ts'
import { badge, badgeUrn, device, register, unregister } from '../../http/scim/registering.ts'
import { openSurface, patchOf, person, type Surface } from '../../http/scim/surface.ts'

describe('schemas that change while a write is on its way', () => {
  eachDatabase((_, open) => {
    let surface: Surface
    beforeAll(async () => {
      surface = await openSurface(await open())
    })
    let tenants = 0
    const newTenant = async () => {
      tenants += 1
      return surface.as(await surface.addTenant(`version${tenants}.test`))
    }
    /** A request as it stands when its token has been looked up. */
    async function begin({ ctx, tenant }: Surface): Promise<Push> {
      const { id } = await ctx.db
        .selectFrom('scim_tokens')
        .select('id')
        .where('domain_id', '=', tenant.domain.id)
        .executeTakeFirstOrThrow()
      const token = await findScimTokenById(ctx.db, tenant.domain.id, id)
      if (!token) throw new Error('expected a token')
      const circumstances = {
        leniency: new Leniency(),
        txn: 't',
        story: newStory(),
        ip: null,
        requestId: 't',
      }
      return pushBy(token, circumstances)
    }
    const params = new URLSearchParams()
    const changed = { status: 503, headers: { 'Retry-After': '1' } }

    it('refuses what a schema that is gone would have let in', async () => {
      const tenant = await newTenant()
      await register(tenant, badge)
      const push = await begin(tenant)
      const kind = kindAt(await kindsOf(tenant.ctx, push.token.domain), 'users')
      await unregister(tenant, badgeUrn)
      const body = person('late', { [badgeUrn]: { badge: 'L' } })
      if (!kind) throw new Error('expected users')
      await expect(createResource(tenant.ctx, push, { kind, body, params })).rejects.toMatchObject(changed)
      expect((await tenant.ask('GET', '/Users')).body.totalResults).toBe(0)
    })

    it('refuses a resource of a type that is gone', async () => {
      const tenant = await newTenant()
      await register(tenant, device)
      const push = await begin(tenant)
      const kind = kindAt(await kindsOf(tenant.ctx, push.token.domain), 'devices')
      await unregister(tenant, device.id)
      if (!kind) throw new Error('expected devices')
      const body = { schemas: [device.id], displayName: 'D', serial: 'S' }
      await expect(createResource(tenant.ctx, push, { kind, body, params })).rejects.toMatchObject(changed)
    })

    it('refuses to lose values of a first schema that came meanwhile', async () => {
      const tenant = await newTenant()
      const push = await begin(tenant)
      const kind = kindAt(standardKinds, 'users')
      if (!kind) throw new Error('expected users')
      await register(tenant, badge)
      const { id } = (
        await tenant.ask('POST', '/Users', { body: person('x', { [badgeUrn]: { badge: 'X' } }) })
      ).body
      const target = { kind, id, ifMatch: undefined }
      const body = patchOf({ op: 'replace', path: 'nickName', value: 'n' })
      await expect(patchResource(tenant.ctx, push, { ...target, body, params })).rejects.toMatchObject(
        changed,
      )
      await expect(deleteResource(tenant.ctx, push, target)).rejects.toMatchObject(changed)
      expect((await tenant.ask('GET', `/Users/${id}`)).body[badgeUrn]).toEqual({ badge: 'X' })
    })

    it('knows of a version only what that version has, and makes its kinds once', async () => {
      const tenant = await newTenant()
      const first = (await begin(tenant)).token.domain
      expect(await kindsOf(tenant.ctx, first)).toBe(standardKinds)
      await register(tenant, badge)
      const second = (await begin(tenant)).token.domain
      const kinds = await kindsOf(tenant.ctx, second)
      expect(await kindsOf(tenant.ctx, second)).toBe(kinds)
      await register(tenant, device)
      const third = await kindsOf(tenant.ctx, (await begin(tenant)).token.domain)
      expect([kinds.length, third.length]).toEqual([2, 3])
      expect(await kindsOf(tenant.ctx, second)).toBe(kinds)
    })
  })
})
