// The domains in the console: the table with what to do next, adding one, and proving it.
import { beforeAll, describe, expect, it } from 'vitest'
import { eachDatabase } from '../../../database.ts'
import { type Console, openConsole, type Visitor } from '../visitor.ts'

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
