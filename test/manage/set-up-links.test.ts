// Set-up links in the deeds: who makes them, what they open and what they never do, and when they are over.
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../src/base/id.ts'
import { digestOf } from '../../src/base/secret.ts'
import { levels } from '../../src/domain/level.ts'
import type { Caller } from '../../src/manage/caller.ts'
import { allDeliveries, deliver, leaseDue } from '../../src/manage/delivery/deliveries.ts'
import { createDomain } from '../../src/manage/domains/claim.ts'
import { changeDomain, readDomain, removeDomain, requireDomain } from '../../src/manage/domains/domains.ts'
import { readHoldings } from '../../src/manage/domains/holdings.ts'
import { revokeToken, rotateToken } from '../../src/manage/domains/scim-tokens.ts'
import { verifyDomain } from '../../src/manage/domains/verification.ts'
import { readRemoval } from '../../src/manage/members/removal.ts'
import { changeMember, removeMember } from '../../src/manage/members.ts'
import { purgeExpired } from '../../src/manage/retention.ts'
import { openSetUp, readSetUp } from '../../src/manage/set-up/open.ts'
import type { SetUpLinkWish } from '../../src/manage/set-up/wish.ts'
import { createSetUpLink, readSetUpLinks, revokeSetUpLink } from '../../src/manage/set-up-links.ts'
import { ensureMember, findMember, setMemberStatus } from '../../src/store/organization/members.ts'
import { ensurePerson } from '../../src/store/organization/people.ts'
import { eachDatabase } from '../database.ts'
import { openSurface, type Surface, type Tenant } from '../http/scim/surface.ts'

const origin = { ip: '192.0.2.1', requestId: 'r' }
const dayMs = 24 * 60 * 60 * 1000

describe('set-up links', () => {
  eachDatabase((_, open) => {
    let surface: Surface
    let tenant: Tenant
    let admin: Caller
    beforeAll(async () => {
      surface = await openSurface(await open())
      tenant = surface.tenant
      admin = await someone(levels.admin)
    })

    async function someone(level: number, organizationId = tenant.organizationId): Promise<Caller> {
      const { ctx } = surface
      const now = ctx.now().toISOString()
      const email = `${newId()}@people.test`
      const named = { email, firstName: 'Grace', lastName: 'Hopper', isEmailVerified: true, now }
      const { id: personId } = await ensurePerson(ctx.db, named)
      await ensureMember(ctx.db, { organizationId, personId, level, origin: 'invite', now })
      const actor = { type: 'user', id: personId, label: email, ...origin } as const
      return { actor, personId, organizationId, level, scopes: ['*'] }
    }
    const wishFor = (changes: Partial<SetUpLinkWish> = {}): SetUpLinkWish => ({
      domainId: tenant.domain.id,
      label: 'Initech IT',
      sendTo: '',
      parts: ['verify', 'saml', 'scim', 'test'],
      days: 7,
      ...changes,
    })
    const make = async (changes: Partial<SetUpLinkWish> = {}, caller = admin) => {
      const link = await createSetUpLink(surface.ctx, caller, wishFor(changes))
      return { ...link, secret: link.url.split('/').at(-1) ?? '' }
    }
    const opened = async (changes: Partial<SetUpLinkWish> = {}, caller = admin) => {
      const { secret } = await make(changes, caller)
      return (await openSetUp(surface.ctx, secret, origin)).caller
    }
    const over = { kind: 'missing', code: 'link_over' }
    const auditOf = (id: string) =>
      surface.ctx.db.selectFrom('audit').selectAll().where('target_id', '=', id).orderBy('id').execute()

    it('are for one organization and domain, with who asks and until when', async () => {
      const { secret, expires_at } = await make({ parts: ['scim', 'verify'] })
      const setUp = await openSetUp(surface.ctx, secret, origin)
      expect(setUp).toMatchObject({
        organizationName: 'acme.test',
        domainName: 'acme.test',
        askedBy: 'Grace Hopper',
        expiresAt: expires_at,
        caller: { domainId: tenant.domain.id, parts: ['verify', 'scim'], personId: null },
      })
      expect(setUp.caller.actor).toMatchObject({ type: 'set_up_link', label: 'Initech IT', ip: '192.0.2.1' })
    })

    it('are made by administrators for domains of their own organization', async () => {
      const member = await someone(levels.member)
      await expect(make({}, { ...member, level: levels.admin })).rejects.toMatchObject({ kind: 'denied' })
      const other = await surface.addTenant(`${newId()}.test`)
      await expect(make({ domainId: other.domain.id })).rejects.toMatchObject({ kind: 'missing' })
    })

    it.each([
      ['label', { label: ' ' }],
      ['label', { label: 'x'.repeat(101) }],
      ['parts', { parts: [] }],
      ['parts', { parts: ['enforce'] }],
      ['parts', { domainId: null, parts: ['saml'] }],
      ['days', { days: 2 }],
      ['days', { days: Number.NaN }],
      [null, { sendTo: 'nobody' }],
    ])('refuse a bad %s: %j', async (attr, changes) => {
      await expect(make(changes)).rejects.toMatchObject({ kind: 'invalid', attr })
    })

    it('keep their secret nowhere in clear', async () => {
      const { secret } = await make({ sendTo: 'it@initech.test' })
      const { db } = surface.ctx
      const row = await db
        .selectFrom('set_up_links')
        .selectAll()
        .where('digest', '=', digestOf(secret))
        .executeTakeFirst()
      const kept = [
        row,
        await db.selectFrom('audit').selectAll().execute(),
        await db.selectFrom('outbox').selectAll().execute(),
      ]
      expect(row?.sent_to).toBe('it@initech.test')
      expect(JSON.stringify(kept)).not.toContain(secret)
    })

    it('are mailed with the link, unless they were revoked before the mail went out', async () => {
      const { ctx } = surface
      const send = async () => {
        for (const item of await leaseDue(ctx, allDeliveries, 20)) await deliver(ctx, allDeliveries, item)
      }
      await send()
      ctx.mails.splice(0)
      const { url } = await make({ sendTo: 'IT@Initech.test' })
      const late = await make({ sendTo: 'late@initech.test' })
      await revokeSetUpLink(ctx, admin, late.id)
      await send()
      expect(ctx.mails.map(mail => mail.to)).toEqual(['it@initech.test'])
      expect(ctx.mails[0]?.text).toContain(`\n${url}\n`)
      expect(ctx.mails[0]?.subject).toBe('Grace Hopper asks you to set up acme.test for acme.test')
    })

    it('stand in the audit log when they are made, first opened and revoked', async () => {
      const { ctx } = surface
      const { id, secret } = await make()
      await readSetUp(ctx, secret, origin)
      await Promise.all([openSetUp(ctx, secret, origin), openSetUp(ctx, secret, origin)])
      await openSetUp(ctx, secret, origin)
      await revokeSetUpLink(ctx, admin, id)
      const rows = (await auditOf(id)).map(row => [row.action, row.actor_type, row.target_label])
      expect(rows).toEqual([
        ['set_up_link.created', 'user', 'Initech IT'],
        ['set_up_link.opened', 'set_up_link', 'Initech IT'],
        ['set_up_link.revoked', 'user', 'Initech IT'],
      ])
    })

    it('are listed with their state and last use', async () => {
      const { ctx } = surface
      const owner = await surface.addTenant(`${newId()}.test`)
      const caller = await someone(levels.admin, owner.organizationId)
      const of = { domainId: owner.domain.id }
      const live = await make(of, caller)
      const used = await make(of, caller)
      await openSetUp(ctx, used.secret, origin)
      const revoked = await make(of, caller)
      await revokeSetUpLink(ctx, caller, revoked.id)
      const unbound = await make({ domainId: null }, caller)
      const read = async (domainId?: string) =>
        (await readSetUpLinks(ctx, caller, { domainId, limit: 10, offset: 0 })).results.map(link => [
          link.id,
          link.state,
          link.last_used_ip,
        ])
      const expected = [
        [revoked.id, 'revoked', null],
        [used.id, 'used', '192.0.2.1'],
        [live.id, 'live', null],
      ]
      expect(await read(owner.domain.id)).toEqual(expected)
      expect(await read()).toEqual([[unbound.id, 'live', null], ...expected])
      expect(
        (await readSetUpLinks(ctx, admin, { domainId: owner.domain.id, limit: 10, offset: 0 })).count,
      ).toBe(0)
      ctx.clock.advance(8 * dayMs)
      expect((await read())[1]).toEqual([revoked.id, 'revoked', null])
      expect((await read())[2]).toEqual([used.id, 'expired', '192.0.2.1'])
      ctx.clock.advance(-8 * dayMs)
    })

    it('are over when their time is, when they are revoked, and when they never were', async () => {
      const { ctx } = surface
      const { secret } = await make({ days: 1 })
      ctx.clock.advance(dayMs + 1000)
      await expect(readSetUp(ctx, secret, origin)).rejects.toMatchObject(over)
      ctx.clock.advance(-dayMs - 1000)
      expect((await readSetUp(ctx, secret, origin)).domainName).toBe('acme.test')
      const { id, secret: other } = await make()
      await revokeSetUpLink(ctx, admin, id)
      await expect(openSetUp(ctx, other, origin)).rejects.toMatchObject(over)
      await expect(revokeSetUpLink(ctx, admin, id)).rejects.toMatchObject({ code: 'already_over' })
      await expect(openSetUp(ctx, '', origin)).rejects.toMatchObject(over)
      await expect(openSetUp(ctx, 'x'.repeat(43), origin)).rejects.toMatchObject(over)
    })

    it("cannot be revoked by another organization's administrator", async () => {
      const { id, secret } = await make()
      const stranger = await someone(
        levels.owner,
        (await surface.addTenant(`${newId()}.test`)).organizationId,
      )
      await expect(revokeSetUpLink(surface.ctx, stranger, id)).rejects.toMatchObject({ kind: 'missing' })
      expect((await readSetUp(surface.ctx, secret, origin)).caller.linkId).toBe(id)
    })

    it('end with whoever made them: demoted, suspended or removed, and do not come back', async () => {
      const { ctx } = surface
      const owner = await someone(levels.owner)
      const gone = async (end: (maker: Caller, personId: string) => Promise<unknown>) => {
        const maker = await someone(levels.admin)
        const { secret } = await make({}, maker)
        await end(maker, maker.personId ?? '')
        await expect(openSetUp(ctx, secret, origin)).rejects.toMatchObject(over)
        return { secret, personId: maker.personId ?? '' }
      }
      const demoted = await gone((_, personId) =>
        changeMember(ctx, owner, { personId, level: levels.member }),
      )
      await changeMember(ctx, owner, { personId: demoted.personId, level: levels.admin })
      await expect(openSetUp(ctx, demoted.secret, origin)).rejects.toMatchObject(over)
      await gone((_, personId) => removeMember(ctx, owner, personId))
      await gone(async (_, personId) => {
        const member = await findMember(ctx.db, tenant.organizationId, personId)
        if (!member) throw new Error('expected a member')
        await setMemberStatus(ctx.db, member, { status: 'suspended', now: ctx.now().toISOString() })
      })
    })

    it('end when the directory deactivates whoever made them', async () => {
      const { ctx, ask } = surface
      const maker = await someone(levels.admin)
      const name = maker.actor.label
      const { secret } = await make({}, maker)
      const user = (active: boolean) => ({
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
        userName: name,
        emails: [{ value: name, type: 'work', primary: true }],
        active,
      })
      const made = await ask('POST', '/Users', { body: user(true) })
      expect((await ask('PUT', `/Users/${made.body.id}`, { body: user(false) })).status).toBe(200)
      await ask('PUT', `/Users/${made.body.id}`, { body: user(true) })
      await expect(openSetUp(ctx, secret, origin)).rejects.toMatchObject(over)
    })

    it('are counted before whoever made them, or their domain, is removed', async () => {
      const { ctx } = surface
      const owner = await someone(levels.owner)
      const maker = await someone(levels.admin)
      const { domain } = await surface.addDomain(tenant.organizationId, `${newId()}.test`)
      const of = { domainId: domain.id }
      await make(of, maker)
      await revokeSetUpLink(ctx, admin, (await make(of, maker)).id)
      expect((await readRemoval(ctx, owner, maker.personId ?? '')).set_up_links).toBe(1)
      expect((await readHoldings(ctx, owner, domain.id)).setUpLinks).toBe(1)
    })

    it('go with their domain', async () => {
      const { ctx } = surface
      const { domain } = await surface.addDomain(tenant.organizationId, `${newId()}.test`)
      const { id, secret } = await make({ domainId: domain.id })
      await removeDomain(ctx, admin, domain.id)
      await expect(openSetUp(ctx, secret, origin)).rejects.toMatchObject(over)
      await expect(revokeSetUpLink(ctx, admin, id)).rejects.toMatchObject({ kind: 'missing' })
    })

    it('do only their parts, on their domain, and nothing that is the organization’s to decide', async () => {
      const { ctx } = surface
      const { id } = tenant.domain
      const sibling = await surface.addDomain(tenant.organizationId, `${newId()}.test`, { verifiedAt: null })
      const none = await opened({ parts: ['test'] })
      const all = await opened()
      const change = (caller: typeof none, patch: object, domainId = id) =>
        changeDomain(ctx, caller, { id: domainId, patch })
      const denied = { kind: 'denied' }
      const missing = { kind: 'missing' }
      await expect(verifyDomain(ctx, none, tenant.domain)).rejects.toMatchObject(denied)
      await expect(change(none, { saml_entity_id: 'x' })).rejects.toMatchObject(denied)
      await expect(change(none, { scim_enabled: false })).rejects.toMatchObject(denied)
      await expect(rotateToken(ctx, none, { domainId: id, overlapSeconds: 0 })).rejects.toMatchObject(denied)
      await expect(revokeToken(ctx, none, { domainId: id, tokenId: id })).rejects.toMatchObject(denied)
      for (const patch of [
        { sso_enforcement: 'saml' },
        { jit_provisioning_enabled: true },
        { saml_role_mapping: null },
        { scim_foreign_addresses: 'allow' },
        { saml_idp_initiated_enabled: true },
      ])
        await expect(change(all, patch)).rejects.toMatchObject(denied)
      await expect(createDomain(ctx, all, { name: 'more.test', settings: {} })).rejects.toMatchObject(denied)
      await expect(requireDomain(ctx, all, sibling.domain.id)).rejects.toMatchObject(missing)
      await expect(readDomain(ctx, all, sibling.domain.id)).rejects.toMatchObject(missing)
      await expect(verifyDomain(ctx, all, sibling.domain)).rejects.toMatchObject(missing)
      await expect(change(all, { saml_entity_id: 'x' }, sibling.domain.id)).rejects.toMatchObject(missing)
      expect((await readDomain(ctx, admin, id)).saml_entity_id).toBeNull()
    })

    it('leave nothing behind when they are revoked while something is under way', async () => {
      const { ctx } = surface
      const { id, secret } = await make()
      const { caller } = await openSetUp(ctx, secret, origin)
      await revokeSetUpLink(ctx, admin, id)
      const patch = { saml_entity_id: 'https://late.test' }
      await expect(changeDomain(ctx, caller, { id: tenant.domain.id, patch })).rejects.toMatchObject(over)
      const rotation = { domainId: tenant.domain.id, overlapSeconds: 60 }
      await expect(rotateToken(ctx, caller, rotation)).rejects.toMatchObject(over)
    })

    it('put what they change into the audit log with their label', async () => {
      const { ctx } = surface
      const caller = await opened({ label: 'Ticket 17', parts: ['saml'] })
      await changeDomain(ctx, caller, { id: tenant.domain.id, patch: { saml_entity_id: 'https://idp.test' } })
      expect((await auditOf(tenant.domain.id)).at(-1)).toMatchObject({
        action: 'domain.updated',
        actor_type: 'set_up_link',
        actor_id: caller.linkId,
        actor_label: 'Ticket 17',
        ip: '192.0.2.1',
      })
    })

    it('without a domain let their holder claim one, and no second one', async () => {
      const { ctx } = surface
      const { secret } = await make({ domainId: null, parts: ['verify'] })
      const { caller, domainName } = await openSetUp(ctx, secret, origin)
      expect([caller.domainId, domainName]).toEqual([null, null])
      const claim = (name: string) => createDomain(ctx, caller, { name, settings: {} })
      await expect(
        createDomain(ctx, caller, { name: 'early.test', settings: { saml_entity_id: 'x' } }),
      ).rejects.toMatchObject({ kind: 'denied' })
      const names = [`a-${newId()}.test`, `b-${newId()}.test`]
      const ends = await Promise.allSettled(names.map(claim))
      expect(ends.map(end => end.status).sort()).toEqual(['fulfilled', 'rejected'])
      const again = await openSetUp(ctx, secret, origin)
      expect(names).toContain(again.domainName)
      const made = await ctx.db.selectFrom('domains').select('name').where('name', 'in', names).execute()
      expect(made.map(({ name }) => name)).toEqual([again.domainName])
    })

    it('are at most fifty at once, and forgotten a month after their end', async () => {
      const { ctx } = surface
      const { organizationId, domain } = await surface.addTenant(`${newId()}.test`)
      const caller = await someone(levels.admin, organizationId)
      const of = { domainId: domain.id, days: 1 }
      for (let made = 0; made < 50; made++) await make(of, caller)
      await expect(make(of, caller)).rejects.toMatchObject({ code: 'too_many_links' })
      const count = async () =>
        (await readSetUpLinks(ctx, caller, { domainId: undefined, limit: 1, offset: 0 })).count
      ctx.clock.advance(30 * dayMs)
      for await (const _ of purgeExpired(ctx));
      expect(await count()).toBe(50)
      ctx.clock.advance(2 * dayMs)
      for await (const _ of purgeExpired(ctx));
      expect(await count()).toBe(0)
      ctx.clock.advance(-32 * dayMs)
    })
  })
})
