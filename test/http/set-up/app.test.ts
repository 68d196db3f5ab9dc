// Set-up links over HTTP: what a stranger with one may see and do, and what nobody may.
import pino from 'pino'
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../src/base/id.ts'
import { setUpParts } from '../../../src/domain/set-up-part.ts'
import { steps } from '../../../src/http/console/domains/steps.ts'
import { csrfTokenOf } from '../../../src/http/own-pages.ts'
import { createSetUpApp } from '../../../src/http/set-up/app.ts'
import { eachDatabase } from '../../database.ts'
import { openSetUpWorld, type SetUpWorld } from './guest.ts'

const dayMs = 24 * 60 * 60 * 1000

describe('the set-up by a link', () => {
  eachDatabase((_, open) => {
    let world: SetUpWorld
    beforeAll(async () => {
      world = await openSetUpWorld(await open(), { publicRateLimit: 0 })
    })
    const db = () => world.surface.ctx.db
    const revokeAll = async (place = `/domains/${world.surface.tenant.domain.id}`) => {
      const ids = [
        ...(await world.admin.text(`${place}/set-up-links`)).matchAll(/set-up-links\/([\w-]+)\/revoke/g),
      ]
      for (const [, id = ''] of ids) await world.admin.submit(`${place}/set-up-links/${id}/revoke`)
    }

    it('says what is asked before anything begins, and begins nothing by being looked at', async () => {
      const secret = await world.makeLink({ parts: ['verify', 'scim'] })
      const response = await world.ask(`/set-up/${secret}`)
      const page = await response.text()
      expect(response.status).toBe(200)
      expect(page).toContain('Set up acme.test for acme.test')
      expect(page).toContain('P Q')
      expect(page).toContain('(SCIM)')
      expect(page).not.toContain('(SAML)')
      expect(response.headers.get('set-cookie')).toBeNull()
      const used = await db()
        .selectFrom('set_up_links')
        .select('id')
        .where('opened_at', 'is not', null)
        .execute()
      expect(used).toEqual([])
    })

    it('takes the secret out of the address into a cookie that no script and no other site gets', async () => {
      const secret = await world.makeLink()
      const { baseUrl } = world.surface.ctx.config
      const response = await world.ask(`/set-up/${secret}`, { method: 'POST', headers: { Origin: baseUrl } })
      expect([response.status, response.headers.get('location')]).toEqual([303, '/set-up'])
      const cookie = response.headers.get('set-cookie') ?? ''
      for (const flag of ['HttpOnly', 'SameSite=Strict', 'Path=/', 'Max-Age=86400'])
        expect(cookie).toContain(flag)
      expect(await (await world.follow(secret)).text()).not.toContain(secret)
    })

    it('writes the secret into no log', async () => {
      const secret = await world.makeLink()
      const lines: string[] = []
      const log = pino({ level: 'trace' }, { write: line => lines.push(line) })
      const { ctx } = world.surface
      const app = createSetUpApp({ ...ctx, log }, world.lifecycle)
      const Origin = ctx.config.baseUrl
      await app.request(`/set-up/${secret}`)
      await app.request(`/set-up/${secret}`, { method: 'POST', headers: { Origin } })
      await app.request('/set-up', { headers: { Cookie: `gatehouse-set-up=${secret}` } })
      expect(lines).toHaveLength(3)
      expect(lines.join('')).not.toContain(secret)
    })

    it('uses the prefix __Host- and Secure over https', async () => {
      const secret = await world.makeLink({ days: 1 })
      const { ctx } = world.surface
      const config = { ...ctx.config, baseUrl: 'https://id.acme.test' }
      const app = createSetUpApp({ ...ctx, config }, world.lifecycle)
      const response = await app.request(`/set-up/${secret}`, {
        method: 'POST',
        headers: { Origin: config.baseUrl },
      })
      const cookie = response.headers.get('set-cookie') ?? ''
      expect(cookie).toMatch(/^__Host-gatehouse-set-up=/)
      expect(cookie).toContain('; Secure')
      expect(cookie).not.toContain('Domain')
    })

    it('lets no page be kept, framed, found by a search engine, or tell its address', async () => {
      const guest = await world.follow(await world.makeLink())
      const pages = [
        await guest.open(),
        await guest.open('/scim-log'),
        await world.ask(`/set-up/${guest.secret}`),
      ]
      for (const { headers, status } of pages) {
        expect(status).toBe(200)
        expect(headers.get('cache-control')).toBe('no-store')
        expect(headers.get('x-frame-options')).toBe('DENY')
        expect(headers.get('x-robots-tag')).toBe('noindex')
        expect(headers.get('content-security-policy')).toContain("default-src 'none'")
        expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
        expect(headers.get('referrer-policy')).toMatch(/^(same-origin|strict-origin)$/)
      }
      expect(pages[2]?.headers.get('referrer-policy')).toBe('strict-origin')
    })

    it('shows one calm page for a link that is unknown, revoked or expired, and for none', async () => {
      const revoked = await world.follow(await world.makeLink())
      await revokeAll()
      const short = await world.follow(await world.makeLink({ days: 1 }))
      world.surface.ctx.clock.advance(dayMs + 1000)
      const answers = [
        await revoked.open(),
        await revoked.submit('/verify'),
        await short.open(),
        await world.ask(`/set-up/${revoked.secret}`),
        await world.ask(`/set-up/${'x'.repeat(43)}`),
        await world.ask('/set-up/verify-me'),
        await world.ask('/set-up'),
        await world.ask('/set-up/scim-log/live'),
      ]
      world.surface.ctx.clock.advance(-dayMs - 1000)
      const texts = await Promise.all(answers.map(answer => answer.text()))
      const plain = texts.map(text => text.replaceAll(/nonce="[^"]*"/g, ''))
      expect(answers.map(answer => answer.status)).toEqual(answers.map(() => 404))
      expect(new Set(plain).size).toBe(1)
      expect(plain[0]).toContain('ask whoever sent it for a new one')
    })

    it('gives back what was typed into a form whose link is over by then', async () => {
      const guest = await world.follow(await world.makeLink())
      await revokeAll()
      const typed = { email: 'mail, <b>e-mail</b>\u202e' }
      const over = await guest.submit('/saml/attributes', typed)
      const page = await over.text()
      expect([over.status, page]).toEqual([404, expect.stringContaining('ask whoever sent it for a new one')])
      expect(page).toContain('mail, &lt;b&gt;e-mail&lt;/b&gt;\\u{202E}')
      const forged = await guest.submit('/saml/attributes', typed, { Origin: 'https://evil.test' })
      expect(await forged.text()).not.toContain('e-mail')
    })

    it('refuses every form of a part that the link is not for, by the step and not by its button', async () => {
      const before = await domainRow()
      for (const granted of setUpParts) {
        const guest = await world.follow(await world.makeLink({ parts: [granted] }))
        const others = steps.filter(([, , part]) => part !== null && part !== granted)
        expect(others.length).toBeGreaterThan(5)
        for (const [method, path] of others) {
          const at = path.replace(':token', newId())
          const response = await (method === 'GET' ? guest.open(at) : guest.submit(at, { scim: 'off' }))
          expect([granted, method, path, response.status]).toEqual([granted, method, path, 404])
        }
      }
      expect(await domainRow()).toEqual(before)
    })
    const domainRow = () =>
      db()
        .selectFrom('domains')
        .selectAll()
        .where('id', '=', world.surface.tenant.domain.id)
        .executeTakeFirst()

    it('shows the steps of the link alone', async () => {
      const page = await (await world.follow(await world.makeLink({ parts: ['scim'] }))).text()
      expect(page).toContain('id="scim"')
      for (const part of ['verify', 'saml', 'test', 'enforce']) expect(page).not.toContain(`id="${part}"`)
    })

    it('leads nowhere but to its own pages, each of which is there', async () => {
      const guest = await world.follow(await world.makeLink())
      const seen = new Set<string>()
      const waiting = ['/set-up']
      for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
        seen.add(path)
        const response = await world.ask(path, { headers: { Cookie: guest.cookie } })
        // A test sign-in needs SAML first.
        expect([path, response.status]).toEqual([path, path.startsWith('/set-up/test') ? 400 : 200])
        const page = await response.text()
        const ways = [...page.matchAll(/(?:href|action|data-await)="(\/[^"#]*)/g)].map(([, way = '']) => way)
        expect(ways.filter(way => !/^\/(set-up|assets)([/?]|$)/.test(way))).toEqual([])
        const links = [...page.matchAll(/<a[^>]* href="(\/set-up[^"#]*)/g)].map(([, way = '']) => way)
        waiting.push(...links.map(way => way.replaceAll('&amp;', '&')).filter(way => !seen.has(way)))
        for (const way of waiting) seen.add(way)
      }
      expect(seen.size).toBeGreaterThan(5)
    })

    it('rotates a token where SCIM is asked for, which the audit log says of the link', async () => {
      const guest = await world.follow(await world.makeLink({ parts: ['scim'] }))
      const response = await guest.submit('/scim-tokens', { overlap: '3600' })
      expect(response.status).toBe(200)
      const page = await response.text()
      expect(page).toMatch(/gts_[\w-]{43}/)
      const row = await db()
        .selectFrom('audit')
        .selectAll()
        .where('action', '=', 'scim.token_rotated')
        .orderBy('id', 'desc')
        .executeTakeFirst()
      expect(row).toMatchObject({ actor_type: 'set_up_link', actor_label: 'Initech IT' })
      expect(await world.admin.text('/audit')).toContain('by set-up link')
    })

    it('refuses forms of other sites and of other links, and changes nothing', async () => {
      const guest = await world.follow(await world.makeLink())
      const other = await world.makeLink()
      const before = await domainRow()
      const attempts: [Record<string, string>, Record<string, string>][] = [
        [{}, { Origin: 'https://evil.test' }],
        [{}, { Origin: '', 'Sec-Fetch-Site': 'cross-site' }],
        [{}, { 'Sec-Fetch-Site': 'same-site' }],
        [{ csrf: '' }, {}],
        [{ csrf: csrfTokenOf(other) }, {}],
      ]
      for (const [fields, headers] of attempts) {
        const response = await guest.submit('/scim', { scim: 'off', ...fields }, headers)
        expect([fields, headers, response.status]).toEqual([fields, headers, 403])
      }
      const forged = await world.ask(`/set-up/${other}`, {
        method: 'POST',
        headers: { Origin: 'https://evil.test' },
      })
      expect([forged.status, forged.headers.get('set-cookie')]).toEqual([403, null])
      expect(await domainRow()).toEqual(before)
    })

    it('opens nothing of the console, and the console’s session opens no set-up', async () => {
      const guest = await world.follow(await world.makeLink())
      const session = { Cookie: `gatehouse=${guest.secret}` }
      const home = await world.stranger.open('/domains', session)
      expect(home.headers.get('location')).toBe('/login?next=%2Fdomains')
      const asAdmin = await world.ask('/set-up', {
        headers: { Cookie: `gatehouse-set-up=${world.admin.secret}` },
      })
      expect(asAdmin.status).toBe(404)
    })

    it('is over for an open page when the domain is deleted', async () => {
      const { domain } = await world.surface.addDomain(world.surface.tenant.organizationId, `${newId()}.test`)
      const guest = await world.follow(await world.makeLink({ domainId: domain.id }))
      await db().deleteFrom('domains').where('id', '=', domain.id).execute()
      expect((await guest.open()).status).toBe(404)
      expect((await guest.submit('/scim-tokens', { overlap: '0' })).status).toBe(404)
    })

    it('without a domain asks for one, once', async () => {
      const guest = await world.follow(await world.makeLink({ domainId: null }))
      expect(await guest.text()).toContain('Which domain')
      expect((await guest.open('/scim-log')).status).toBe(404)
      expect((await guest.submit('/verify')).status).toBe(404)
      const bad = await guest.submit('/claim', { domain: 'no domain <b>' })
      expect((await guest.open('/claim')).headers.get('location')).toBe('/set-up')
      expect(bad.status).toBe(400)
      expect(await bad.text()).toContain('value="no domain &lt;b&gt;"')
      const name = `${newId()}.test`
      expect((await guest.submit('/claim', { domain: name })).headers.get('location')).toBe('/set-up')
      expect(await guest.text()).toContain(`Set up ${name}`)
      expect((await guest.submit('/claim', { domain: 'second.test' })).status).toBe(403)
      expect(await world.admin.text('/set-up-links')).toContain(name)
    })

    it('shows what the directory last asked for and how to mend it, where SCIM is asked for', async () => {
      const { surface } = world
      await surface.ask('POST', '/Users', { body: { displayName: '<script>alert(1)</script>\u202e' } })
      await surface.recorder.flush()
      const guest = await world.follow(await world.makeLink({ parts: ['scim'] }))
      const page = await guest.text('/scim-log')
      expect(page).toContain('The user name is missing: why, and how to fix it')
      expect(page).not.toContain('<script>alert')
      const other = await world.follow(await world.makeLink({ parts: ['saml'] }))
      expect((await other.open('/scim-log')).status).toBe(403)
      expect((await other.open('/scim-log/live')).status).toBe(403)
    })

    it('tells of the first request as it comes, and falls silent when the link is revoked', async () => {
      const { surface } = world
      const guest = await world.follow(await world.makeLink({ parts: ['scim'] }))
      const stream = await guest.open('/scim-log/live')
      expect(stream.headers.get('content-type')).toContain('text/event-stream')
      expect(stream.headers.get('cache-control')).toBe('no-store')
      const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
      let heard = ''
      const hear = async (what: RegExp) => {
        while (!what.test(heard)) {
          const { done, value } = (await reader?.read()) ?? { done: true, value: '' }
          if (done) return false
          heard += value
        }
        return true
      }
      expect(await hear(/event: /)).toBe(true)
      heard = ''
      await surface.ask('GET', '/Users')
      await surface.recorder.flush()
      expect(await hear(/event: row/)).toBe(true)
      await revokeAll()
      await surface.ask('GET', '/Groups')
      await surface.recorder.flush()
      expect(await hear(/never said/)).toBe(false)
    })

    it('forgets the link when its holder leaves', async () => {
      const guest = await world.follow(await world.makeLink())
      const response = await guest.submit('/leave')
      expect(response.headers.get('set-cookie')).toMatch(/gatehouse-set-up=;.*Max-Age=0/)
      expect(await response.text()).toContain('has forgotten the link')
    })
  })
})

describe('the limit of the set-up', () => {
  eachDatabase((_, open) => {
    it('holds back who asks too often from one address', async () => {
      const world = await openSetUpWorld(await open(), { publicRateLimit: { perMinute: 60, burst: 3 } })
      const answers = []
      for (let asked = 0; asked < 4; asked++) answers.push(await world.ask(`/set-up/${'x'.repeat(43)}`))
      expect(answers.map(answer => answer.status)).toEqual([404, 404, 404, 429])
      expect(answers[3]?.headers.get('retry-after')).toMatch(/^\d$/)
    })
  })
})
