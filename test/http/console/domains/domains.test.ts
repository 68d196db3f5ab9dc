// The domains in the console: the table with what to do next, adding one, and proving it.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Domain } from '../../../../src/domain/domain.ts'
import { eachDatabase } from '../../../database.ts'
import { pemOf } from '../../../saml/metadata-documents.ts'
import { type Console, openConsole, type Visitor } from '../visitor.ts'
import { mostBytes } from '../weight.ts'

describe('domains in the console', () => {
  eachDatabase((_, open) => {
    let console: Console
    let admin: Visitor
    beforeAll(async () => {
      console = await openConsole(await open())
      admin = await console.enter(console.surface.tenant.organizationId, 8)
    })
    const add = async (name: string): Promise<string> =>
      (await admin.submit('/domains', { domain: name })).headers.get('location') ?? ''
    const row = (name: string) =>
      console.surface.ctx.db
        .selectFrom('domains')
        .selectAll()
        .where('name', '=', name)
        .executeTakeFirstOrThrow()

    it('adds a domain and shows its record with what to do next', async () => {
      const path = await add(' New.Test. ')
      const page = await admin.text(path)
      expect(page).toContain('pending')
      expect(page).toContain('-challenge.new.test')
      expect(page).toContain((await row('new.test')).challenge)
      expect(page).toContain('Verify the domain first')
      expect(await admin.text('/')).toContain(`href="${path}">new.test`)
    })

    it('says by the form why a name is no good, and keeps what was typed', async () => {
      for (const typed of ['', 'not a domain', 'acme.test', '<script>alert(1)</script>.test']) {
        const response = await admin.submit('/domains', { domain: typed })
        const page = await response.text()
        expect([typed, response.status]).toEqual([typed, 400])
        expect(page).toContain('role="alert"')
        expect(page).not.toContain('<script>alert')
      }
    })

    it('shows what was asked and what came, with the nearest mistake, until the record is there', async () => {
      const { ctx } = console.surface
      const path = await add('dns.test')
      const { challenge } = await row('dns.test')
      const name = `_${ctx.config.challengePrefix}-challenge.dns.test`
      const check = async () => {
        ctx.clock.advance(60_000)
        return (await admin.submit(`${path}/verify`)).text()
      }
      expect(await check()).toContain('There is no such record.')
      ctx.dns.set(name, { outcome: 'found', values: [`"${challenge}"`, '<b>spf</b>'] })
      const mistaken = await check()
      expect(mistaken).toContain('has quotes or spaces in it')
      expect(mistaken).toContain('&lt;b&gt;spf&lt;/b&gt;')
      expect(mistaken).toContain(`TXT ${name}`)
      ctx.dns.set(name, { outcome: 'failed', error: 'SERVFAIL' })
      expect(await check()).toContain('SERVFAIL')
      ctx.dns.set(name, { outcome: 'found', values: [challenge] })
      expect(await check()).toContain('the domain is verified')
      expect(await admin.text(path)).toContain('Switch SCIM on')
      expect((await admin.submit(`${path}/verify`)).status).toBe(400)
    })

    it('says that a check comes too soon after the last one', async () => {
      const path = await add('soon.test')
      await admin.submit(`${path}/verify`)
      const response = await admin.submit(`${path}/verify`)
      expect(response.status).toBe(429)
      expect(await response.text()).toContain('can be checked once in')
    })

    it('says when the record is gone, when it has long been, and when another organization has the name', async () => {
      const { surface } = console
      const add = async (name: string, changes: Partial<Domain>) =>
        `/domains/${(await surface.addDomain(surface.tenant.organizationId, name, changes)).domain.id}`
      const at = '2026-02-01T10:00:00.000Z'
      const failing = await admin.text(await add('failing.test', { failingSince: at }))
      expect(failing).toContain('The record has not been found since')
      const lost = await admin.text(await add('lost.test', { failingSince: at, verificationLostAt: at }))
      expect(lost).toContain('state bad">lost')
      expect(lost).toContain('Add it again')
      await surface.addTenant('taken.test')
      const taken = await admin.text(await add('taken.test', { verifiedAt: null, verifiedBy: null }))
      expect(taken).toContain('Another organization has verified taken.test already.')
      expect(await admin.text('/domains')).toContain('Publish the DNS record again')
    })

    it('looks a record up at once that has been lost, or is missed, and says what it found', async () => {
      const { surface } = console
      const { ctx, tenant } = surface
      const at = '2026-02-01T10:00:00.000Z'
      for (const [name, verificationLostAt] of [
        ['lost-and-found.test', at],
        ['missed.test', null],
      ] as const) {
        const changes = { failingSince: at, verificationLostAt, lastCheckedAt: at }
        const { domain } = await surface.addDomain(tenant.organizationId, name, changes)
        const path = `/domains/${domain.id}`
        expect(await admin.text(path)).toContain('<button class="main">Check now</button>')
        const record = `_${ctx.config.challengePrefix}-challenge.${name}`
        ctx.dns.set(record, { outcome: 'found', values: ['v=spf1 -all'] })
        const missed = await admin.submit(`${path}/verify`)
        const page = await missed.text()
        expect([missed.status, page]).toEqual([200, expect.stringContaining(`TXT ${record}`)])
        expect(page).toContain('v=spf1 -all')
        expect(page).toContain('state bad">lost')
        expect((await row(name)).verification_lost_at).not.toBeNull()
        ctx.clock.advance(6000)
        ctx.dns.set(record, { outcome: 'found', values: [domain.challenge] })
        const found = await (await admin.submit(`${path}/verify`)).text()
        expect(found).toContain('the domain is verified')
        expect(found).not.toContain('state bad">lost')
        expect(await row(name)).toMatchObject({
          verification_lost_at: null,
          failing_since: null,
          verified_at: domain.verifiedAt,
        })
        expect(await admin.text('/audit?action=domain.verification_restored')).toContain(admin.email)
        ctx.clock.advance(6000)
        expect((await admin.submit(`${path}/verify`)).status).toBe(400)
      }
    })

    it('lists the domains page by page', async () => {
      const { surface, enter } = console
      const large = await surface.addTenant('many.test')
      for (let at = 0; at < 30; at++) await surface.addDomain(large.organizationId, `many-${at}.test`)
      const owner = await enter(large.organizationId, 15)
      const page = await owner.text('/')
      expect(page).toContain('31 in all, page 1 of 2')
      expect(Buffer.byteLength(page)).toBeLessThan(mostBytes)
      const second = await owner.text('/?page=2')
      expect(second.match(/<th scope="row"/g)).toHaveLength(1)
      expect(await owner.text('/domains?page=2')).toContain('page 2 of 2')
      expect(await owner.text('/?page=3')).toContain('There is nothing on this page.')
    })

    it('says in the table what there is to do next, and when a certificate ends', async () => {
      const { surface } = console
      const saml = { samlEntityId: 'https://x.test', samlSsoUrl: 'https://x.test' }
      const cases: [Partial<Domain>, string][] = [
        [{ verifiedAt: null, verifiedBy: null }, 'Publish the DNS record'],
        [{ scimEnabled: false }, 'Set SAML up'],
        [{ ...saml, samlCertificates: pemOf('rsa-2048'), scimEnabled: false }, 'Switch SCIM on'],
        [{ ...saml, samlCertificates: pemOf('rsa-2048') }, 'Start pushing from the directory'],
      ]
      for (const [changes, next] of cases) {
        const name = `next-${next.toLowerCase().replaceAll(' ', '-')}.test`
        const { domain } = await surface.addDomain(surface.tenant.organizationId, name, changes)
        const table = await admin.text('/domains')
        const row = table.split('<tr>').find(each => each.includes(domain.id)) ?? ''
        expect([name, row]).toEqual([name, expect.stringContaining(next)])
      }
      expect(await admin.text('/domains')).toMatch(/\d+ days left/)
    })

    it('puts into the audit log who did it', async () => {
      const rows = await console.surface.ctx.db
        .selectFrom('audit')
        .select(['action', 'actor_label'])
        .where('actor_label', '=', admin.email)
        .execute()
      const actions = new Set(rows.map(({ action }) => action))
      for (const action of ['domain.created', 'domain.verified']) expect(actions).toContain(action)
    })
  })
})
