// The checklist above the domains: for whom it is, what it says, and that it goes when all is done.
import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../../src/base/id.ts'
import { grantOperator } from '../../../src/manage/operators/rights.ts'
import { eachDatabase } from '../../database.ts'
import { type Console, openConsole, type Visitor } from './visitor.ts'

describe('the checklist', () => {
  eachDatabase((_, open) => {
    let console: Console
    let owner: Visitor
    beforeEach(async () => {
      console = await openConsole(await open(), { smtpUrl: 'smtp://mail.test' })
      const { ctx, tenant } = console.surface
      owner = await console.enter(tenant.organizationId, 15)
      await grantOperator(ctx, owner.email)
      await ctx.db.updateTable('domains').set({ verified_at: null, verified_by: null }).execute()
    })
    const here = () => ({ Host: new URL(console.surface.ctx.config.baseUrl).host })
    const home = async (visitor = owner, headers: Record<string, string> = here()) =>
      (await visitor.open('/', headers)).text()
    const steps = (page: string) =>
      [...page.matchAll(/<li class="(done|open)">.*?<strong>(.*?)<\/strong>/gs)].map(
        ([, state, title]) => `${title}: ${state}`,
      )
    const verify = () =>
      console.surface.ctx.db.updateTable('domains').set({ verified_at: new Date().toISOString() }).execute()
    const signIn = async () => {
      const { ctx, tenant } = console.surface
      const person = await ctx.db.selectFrom('people').select('id').executeTakeFirstOrThrow()
      await ctx.db
        .insertInto('identities')
        .values({
          domain_id: tenant.domain.id,
          name_id: newId(),
          person_id: person.id,
          created_at: new Date().toISOString(),
        })
        .execute()
    }

    it('turns green step by step, and is gone when all of it is', async () => {
      expect(steps(await home())).toEqual([
        'Base URL: done',
        'Mail: open',
        'Verify a domain: open',
        'Sign in through SAML: open',
        'Push people over SCIM: open',
      ])
      expect(await home()).toContain('1 of 5 done')
      const tested = await owner.submit('/checklist/mail')
      expect([tested.status, tested.headers.get('location')]).toEqual([303, '/#checklist'])
      await verify()
      expect(await home()).toContain('3 of 5 done')
      await signIn()
      expect(await home()).toContain('4 of 5 done')
      await console.surface.ask('POST', '/Users', { body: { userName: 'ada@acme.test' } })
      expect(await home()).not.toContain('id="checklist"')
    })

    it('says what the last test mail came to', async () => {
      const { ctx } = console.surface
      await ctx.db
        .insertInto('operator_log')
        .values({
          id: newId(),
          created_at: new Date().toISOString(),
          actor_label: 'x',
          action: 'mail.tested',
          target: 'x',
          outcome: 'failed: 535 <b>wrong password</b>',
        })
        .execute()
      const page = await home()
      expect(page).toContain('failed: 535 &lt;b&gt;wrong password&lt;/b&gt;')
      expect(steps(page)).toContain('Mail: open')
    })

    it('says when the server is looked at under another name', async () => {
      const page = await home(owner, { Host: 'other.test' })
      expect(page).toContain('other.test')
      expect(steps(page)).toContain('Base URL: open')
    })

    it('leaves out for owners what only an operator can do, and is not for others', async () => {
      const { organizationId } = console.surface.tenant
      const plain = await console.enter(organizationId, 15)
      expect(steps(await home(plain))).toEqual([
        'Verify a domain: open',
        'Sign in through SAML: open',
        'Push people over SCIM: open',
      ])
      expect((await plain.submit('/checklist/mail')).status).toBe(404)
      for (const level of [1, 8]) {
        const member = await console.enter(organizationId, level)
        expect(await home(member)).not.toContain('id="checklist"')
        expect((await member.open('/checklist/live')).status).toBe(403)
      }
    })

    it('counts nothing of other organizations', async () => {
      const { surface } = console
      const other = await surface.addTenant('other.test')
      await surface.as(other).ask('POST', '/Users', { body: { userName: 'ada@other.test' } })
      expect(await home()).toContain('1 of 5 done')
    })

    it('tells a page that is open when a step turns green', async () => {
      const response = await owner.open('/checklist/live?shown=10000', here())
      const reader = response.body?.getReader()
      await verify()
      let text = ''
      while (!text.includes('event: row')) {
        const { value, done } = (await reader?.read()) ?? { done: true, value: undefined }
        if (done) break
        text += new TextDecoder().decode(value)
      }
      expect(text).toContain('2 of 5 done')
      await reader?.cancel()
    })
  })
})
