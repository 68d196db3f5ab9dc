// The page of SCIM tokens: what stands on a card, rotation and revocation, and what is nobody else's business.
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../src/base/id.ts'
import { eachDatabase } from '../../database.ts'
import { addToken, type Tenant } from '../scim/surface.ts'
import { type Console, openConsole, type Visitor } from './visitor.ts'

describe('the tokens in the console', () => {
  eachDatabase((_, open) => {
    let console: Console
    let tenant: Tenant
    let admin: Visitor
    let path: string
    beforeAll(async () => {
      console = await openConsole(await open())
    })
    /** An organization with a domain and one token, which stays as the test leaves it. */
    const another = async (name: string, changes = {}) => {
      tenant = await console.surface.addTenant(name, changes)
      admin = await console.enter(tenant.organizationId, 8)
      path = `/tokens/${tenant.domain.id}`
    }
    const push = async (token: string, agent = 'Okta SCIM Client 1.0.0', at = tenant) => {
      const headers = { 'User-Agent': agent }
      const { status } = await console.surface.askAt('GET', `/scim/v2/${at.domain.id}/Users`, {
        token,
        headers,
      })
      await console.surface.recorder.flush()
      return status
    }
    const tokensOf = ({ domain }: Tenant) =>
      console.surface.ctx.db
        .selectFrom('scim_tokens')
        .selectAll()
        .where('domain_id', '=', domain.id)
        .orderBy('id')
        .execute()
    const rotate = async (fields: Record<string, string>, by = admin) => {
      const response = await by.submit('/tokens', { domain: tenant.domain.id, ...fields })
      const page = await response.text()
      return { status: response.status, page, token: /<code id="token">(gts_[^<]+)/.exec(page)?.[1] ?? '' }
    }
    const cardsOn = (page: string) =>
      [...page.matchAll(/<li>\s*<p class="row"><strong class="mono">.*?<\/li>/gs)].map(([card]) => card)

    it('shows every live token of every domain with who made it, who used it and from where', async () => {
      await another('cards.test')
      const second = await console.surface.addDomain(tenant.organizationId, 'more-cards.test')
      await addToken(console.surface.ctx.db, second.domain.id, { expiresAt: '2020-01-01T00:00:00.000Z' })
      const { token } = await rotate({ overlap: '86400' })
      await push(tenant.token, 'curl/8.0')
      await push(token)
      await console.surface.ctx.db
        .updateTable('scim_tokens')
        .set({ last_used_ip: '203.0.113.9' })
        .where('domain_id', '=', tenant.domain.id)
        .execute()
      const page = await admin.text('/tokens')
      const cards = cardsOn(page)
      expect(cards).toHaveLength(3)
      expect(page.indexOf('more-cards.test')).toBeGreaterThan(page.indexOf('>cards.test<'))
      expect(cards[0]).toMatch(
        /on its way out.*by <bdi>curl\/8\.0<\/bdi>.*from <bdi>203\.0\.113\.9.*data-left>in/s,
      )
      expect(cards[0]).toContain('<bdi>curl/8.0</bdi> still has it')
      expect(cards[1]).toMatch(/in use.*by <a href="\/people\/[\w-]+"><bdi>P Q<\/bdi>.*by Okta/s)
      expect(cards[2]).toMatch(/not used yet.*>never</s)
      expect(cards[1]).toContain(`/domains/${tenant.domain.id}/scim-log?token=${token.slice(-4)}`)
      expect(page).not.toContain(token)
    })

    it('says that an old token can go once only the new one is used', async () => {
      await another('moved.test')
      await push(tenant.token)
      console.surface.ctx.clock.advance(120_000)
      const { token } = await rotate({ overlap: '86400' })
      expect(await admin.text('/tokens')).toContain('Okta still has it')
      await push(token)
      expect(await admin.text('/tokens')).toContain('nobody uses it any more: it can be revoked')
      console.surface.ctx.clock.advance(120_000)
      await push(tenant.token)
      expect(await admin.text('/tokens')).toContain('Okta still has it')
    })

    it('lets the chosen overlap run out, and makes no third token beside two', async () => {
      await another('overlap.test')
      const { token } = await rotate({ overlap: '3600' })
      expect([await push(tenant.token), await push(token)]).toEqual([200, 200])
      const third = await rotate({ overlap: '3600' })
      expect([third.status, third.token]).toEqual([400, ''])
      expect(third.page).toContain('2 tokens are live')
      expect(third.page).toContain('To let one live on, revoke the other first.')
      console.surface.ctx.clock.advance(3_601_000)
      expect([await push(tenant.token), await push(token)]).toEqual([401, 200])
      expect(cardsOn(await admin.text('/tokens'))).toHaveLength(1)
    })

    it('asks before a used token ends at once: by the name of the domain, letter by letter', async () => {
      await another('at-once.test')
      await push(tenant.token)
      const asked = await rotate({ overlap: '0' })
      expect([asked.status, asked.token]).toEqual([200, ''])
      expect(asked.page).toMatch(/was used .* by Okta.*whoever still has it is refused from then on/s)
      const wrong = await rotate({ overlap: '0', confirm: 'at-once' })
      expect([wrong.status, wrong.page]).toEqual([
        400,
        expect.stringContaining('Expected &quot;at-once.test&quot;'),
      ])
      expect(wrong.page).toContain('value="at-once"')
      expect(await push(tenant.token)).toBe(200)
      const { token } = await rotate({ overlap: '0', confirm: ' at-once.test ' })
      expect([await push(tenant.token), await push(token)]).toEqual([401, 200])
      expect(await tokensOf(tenant)).toHaveLength(1)
    })

    it('asks nobody about a token that nobody has used, and makes the first one of a domain', async () => {
      await another('fresh.test')
      const { token } = await rotate({ overlap: '0' })
      expect(await push(token)).toBe(200)
      await console.surface.ctx.db
        .deleteFrom('scim_tokens')
        .where('domain_id', '=', tenant.domain.id)
        .execute()
      expect(await admin.text('/tokens')).toContain('There is no token: nobody can push.')
      const first = await rotate({})
      expect(first.page).toContain(`/scim/v2/${tenant.domain.id}</code>`)
      expect(await push(first.token)).toBe(200)
    })

    const seenOn = (page: string, action: string) =>
      new RegExp(`<form[^>]*action="${action}[^>]*>.*?name="seen" value="([^"]*)"`, 's').exec(page)?.[1] ??
      'none'

    it('replaces no token that its page did not show yet, and shows it instead', async () => {
      await another('stale.test')
      const at = `/domains/${tenant.domain.id}`
      const seen = seenOn(await admin.text('/tokens'), '/tokens')
      expect(seenOn(await admin.text(at), `${at}/scim-tokens`)).toBe(seen)
      const { token } = await rotate({ overlap: '86400', seen })
      const late = await rotate({ overlap: '0', seen })
      expect([late.status, late.token]).toEqual([409, ''])
      expect(late.page).toContain(`…${token.slice(-4)} was made at 2`)
      expect(cardsOn(late.page)).toHaveLength(2)
      const there = await admin.submit(`${at}/scim-tokens`, { overlap: '0', seen })
      expect([there.status, await there.text()]).toEqual([409, expect.stringContaining('was made at 2')])
      expect([await push(tenant.token), await push(token)]).toEqual([200, 200])
      const asked = await rotate({ overlap: '0', seen: seenOn(late.page, '/tokens') })
      expect(asked.page).toContain('Who stops')
      const again = { overlap: '0', confirm: 'stale.test', seen: seenOn(asked.page, '/tokens') }
      const { token: last } = await rotate(again)
      expect([await push(token), await push(last)]).toEqual([401, 200])
      const twice = await rotate(again)
      expect([twice.status, twice.page]).toEqual([409, expect.not.stringContaining('Who stops')])
      expect(await push(last)).toBe(200)
    })

    it('ends no token at once that has come into use since its page was made', async () => {
      await another('taken-up.test')
      const at = `/domains/${tenant.domain.id}`
      const seen = seenOn(await admin.text(at), `${at}/scim-tokens`)
      await push(tenant.token)
      const refused = await admin.submit(`${at}/scim-tokens`, { overlap: '0', seen })
      const page = await refused.text()
      expect([refused.status, page]).toEqual([409, expect.stringContaining('has been used since')])
      expect(await push(tenant.token)).toBe(200)
      const made = await admin.submit(`${at}/scim-tokens`, { overlap: '3600', seen })
      expect([made.status, await made.text()]).toEqual([200, expect.stringContaining('id="token"')])
      expect(await push(tenant.token)).toBe(200)
    })

    it('revokes none either that has come into use since, until its page says so', async () => {
      await another('revoked-late.test')
      const at = `/domains/${tenant.domain.id}`
      const [row] = await console.surface.ctx.db
        .selectFrom('scim_tokens')
        .select('id')
        .where('domain_id', '=', tenant.domain.id)
        .execute()
      const [there, here] = [`${at}/scim-tokens/${row?.id}`, `/tokens/${tenant.domain.id}/${row?.id}`]
      const [seenThere, seenHere] = [
        seenOn(await admin.text(at), `${there}/revoke`),
        seenOn(await admin.text(`${here}/revoke`), `${here}/revoke`),
      ]
      await push(tenant.token)
      const confirm = 'revoked-late.test'
      for (const [action, seen] of [
        [there, seenThere],
        [here, seenHere],
      ] as const) {
        const refused = await admin.submit(`${action}/revoke`, { confirm, seen })
        const page = await refused.text()
        expect([action, refused.status, page]).toEqual([
          action,
          409,
          expect.stringContaining('has been used since'),
        ])
        if (action === here) expect(page).toContain('whoever still has it is refused')
      }
      expect(await push(tenant.token)).toBe(200)
      const seen = seenOn(await admin.text(`${here}/revoke`), `${here}/revoke`)
      expect((await admin.submit(`${here}/revoke`, { confirm, seen })).status).toBe(303)
      expect(await push(tenant.token)).toBe(401)
    })

    it('asks nothing about a token that its page showed and that has ended since', async () => {
      await another('gone.test')
      const seen = seenOn(await admin.text('/tokens'), '/tokens')
      await console.surface.ctx.db
        .deleteFrom('scim_tokens')
        .where('domain_id', '=', tenant.domain.id)
        .execute()
      expect(await push((await rotate({ overlap: '0', seen })).token)).toBe(200)
    })

    it.each(['-1', '604801', 'soon', '1.5', '1e9'])('refuses the overlap %s by the form', async overlap => {
      await another(`no-overlap-${newId()}.test`)
      const { status, page } = await rotate({ overlap })
      expect([status, page]).toEqual([400, expect.stringContaining('Expected an overlap of 0 to 604800')])
      expect(await tokensOf(tenant)).toHaveLength(1)
    })

    it('revokes after saying who stops and who goes on, and writes down who did it', async () => {
      await another('revoke.test')
      const { token } = await rotate({ overlap: '86400' })
      await push(tenant.token)
      const [old] = await tokensOf(tenant)
      const at = `${path}/${old?.id}/revoke`
      const page = await admin.text(at)
      expect(page).toMatch(/was used .* by Okta/s)
      expect(page).toContain(`Whoever has <code>…${token.slice(-4)}</code> goes on pushing.`)
      expect((await admin.submit(at)).status).toBe(400)
      expect(await push(tenant.token)).toBe(200)
      const done = await admin.submit(at, { confirm: 'revoke.test' })
      expect([done.status, done.headers.get('location')]).toEqual([303, '/tokens?done=revoked'])
      expect([await push(tenant.token), await push(token)]).toEqual([401, 200])
      const [left] = await tokensOf(tenant)
      expect(await admin.text(`${path}/${left?.id}/revoke`)).toContain('It is the only one')
      expect((await admin.open(at)).status).toBe(404)
      const audit = await admin.text('/audit?action=scim.token_revoked')
      expect(audit).toContain(admin.email)
    })

    it('knows no domain or token of another organization, and nothing malformed', async () => {
      await another('ours.test')
      const [own] = await tokensOf(tenant)
      const theirs = await console.surface.addTenant('theirs.test')
      const [foreign] = await tokensOf(theirs)
      expect(await admin.text('/tokens')).not.toContain('theirs.test')
      for (const domain of [theirs.domain.id, newId(), 'x', ''])
        expect((await rotate({ domain, overlap: '0' })).status).toBe(404)
      for (const at of [
        `/tokens/${theirs.domain.id}/${foreign?.id}/revoke`,
        `${path}/${foreign?.id}/revoke`,
        `/tokens/${theirs.domain.id}/${own?.id}/revoke`,
        `${path}/x/revoke`,
      ]) {
        expect((await admin.open(at)).status).toBe(404)
        expect((await admin.submit(at, { confirm: 'ours.test' })).status).toBe(404)
      }
      expect(await tokensOf(theirs)).toHaveLength(1)
      expect(await tokensOf(tenant)).toHaveLength(1)
    })

    it('is for administrators, with a form of ours and a recent sign-in', async () => {
      await another('levels.test')
      const [token] = await tokensOf(tenant)
      const revoke = `${path}/${token?.id}/revoke`
      const member = await console.enter(tenant.organizationId, 1)
      for (const at of ['/tokens', revoke]) expect((await member.open(at)).status).toBe(403)
      expect((await rotate({ overlap: '0' }, member)).status).toBe(403)
      expect((await member.submit(revoke, { confirm: 'levels.test' })).status).toBe(403)
      expect((await admin.submit('/tokens', { csrf: 'x', domain: tenant.domain.id })).status).toBe(403)
      console.surface.ctx.clock.advance(13 * 3_600_000)
      expect((await rotate({ overlap: '0' })).page).toContain('reauthentication_required')
      console.surface.ctx.clock.advance(-13 * 3_600_000)
      expect(await tokensOf(tenant)).toHaveLength(1)
      expect((await console.stranger.open('/tokens')).headers.get('location')).toMatch(/^\/login/)
    })

    it('leads on where there is no token: to the domain’s SCIM step, or to a first domain', async () => {
      await another('off.test', { scimEnabled: false })
      const page = await admin.text('/tokens')
      expect(page).toContain('SCIM is off everywhere')
      expect(page).toContain(`<a href="/domains/${tenant.domain.id}#scim">off.test</a>`)
      expect((await rotate({ overlap: '0' })).status).toBe(404)
      await console.surface.ctx.db.deleteFrom('domains').where('id', '=', tenant.domain.id).execute()
      expect(await admin.text('/tokens')).toContain('There is no domain yet')
    })

    it('shows what a client calls itself inert, and cut', async () => {
      await another('hostile.test')
      await push(tenant.token, `<script>alert(1)</script>${'x'.repeat(5000)}`)
      const [token] = await tokensOf(tenant)
      for (const at of ['/tokens', `${path}/${token?.id}/revoke`]) {
        const page = await admin.text(at)
        expect(page).toContain('&lt;script&gt;')
        expect(page).not.toContain('<script>alert')
        expect(page).not.toContain('x'.repeat(100))
      }
    })

    it('goes page by page through many domains', async () => {
      await another('page-00.test')
      for (let n = 1; n <= 20; n++)
        await console.surface.addDomain(tenant.organizationId, `page-${String(n).padStart(2, '0')}.test`)
      const first = await admin.text('/tokens')
      expect(cardsOn(first)).toHaveLength(20)
      expect(first).toContain('21 in all, page 1 of 2')
      const second = await admin.text('/tokens?page=2')
      expect(cardsOn(second)).toHaveLength(1)
      expect(second).toContain('page-20.test')
    })
  })
})
