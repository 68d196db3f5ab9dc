// Who may see and do what in the console, and what other sites may not make a browser do.
import { beforeAll, describe, expect, it } from 'vitest'
import { csrfTokenOf } from '../../../src/http/own-pages.ts'
import { grantOperator } from '../../../src/manage/operators/rights.ts'
import { eachDatabase } from '../../database.ts'
import { type Console, openConsole, type Visitor } from './visitor.ts'

const tokenIn = (page: string) => /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? ''

describe('the console', () => {
  eachDatabase((_, open) => {
    let console: Console
    let admin: Visitor
    let domain: string
    beforeAll(async () => {
      console = await openConsole(await open())
      const { tenant } = console.surface
      admin = await console.enter(tenant.organizationId, 8)
      domain = `/domains/${tenant.domain.id}`
    })
    const countDomains = async () =>
      (await console.surface.ctx.db.selectFrom('domains').select('id').execute()).length

    it('sends whoever is not signed in to the sign-in, and back to the page afterwards', async () => {
      const at = async (path: string) => (await console.stranger.open(path)).headers.get('location')
      expect(await at('/')).toBe('/login')
      expect(await at(`${domain}/scim-log?q=a&status=4xx`)).toBe(
        `/login?next=${encodeURIComponent(`${domain}/scim-log?q=a&status=4xx`)}`,
      )
      expect((await console.stranger.submit('/domains')).headers.get('location')).toBe('/login')
    })

    it('leads from the address of a form’s answer to the page above it', async () => {
      const above = async (path: string) => (await admin.open(path)).headers.get('location')
      const { ctx } = console.surface
      const { id } = await ctx.db.selectFrom('people').select('id').executeTakeFirstOrThrow()
      expect(await above(`/people/${id}/level`)).toBe(`/people/${id}`)
      expect(await above(`/people/${id}/sessions/end`)).toBe(`/people/${id}`)
      expect(await above(`/pending-invites/${id}/resend`)).toBe('/pending-invites')
      expect(await above(`${domain}/set-up-links/${id}/revoke`)).toBe(`${domain}/set-up-links`)
      expect(await above('/organization')).toBe('/')
      expect(await above('/checklist/mail')).toBe('/')
    })

    it('holds back a session that asks too often, as the API does, and no other one', async () => {
      const busy = await openConsole(await open(), { apiRateLimit: { perMinute: 2, perHour: 100 } })
      const { organizationId } = busy.surface.tenant
      const [one, other] = [await busy.enter(organizationId, 8), await busy.enter(organizationId, 8)]
      const statuses: number[] = []
      for (let time = 0; time < 3; time++) statuses.push((await one.open('/')).status)
      expect(statuses).toEqual([200, 200, 429])
      const held = await one.submit('/domains', { domain: 'held-back.test' })
      expect([held.status, Number(held.headers.get('retry-after')) > 0]).toEqual([429, true])
      expect((await other.open('/')).status).toBe(200)
    })

    it('finds nothing by what no text of a database has in it', async () => {
      const { organizationId } = console.surface.tenant
      const operator = await console.enter(organizationId, 15)
      await grantOperator(console.surface.ctx, operator.email)
      const lists = ['/operator', '/audit', '/groups', '/members', '/pending-invites', '/sign-ins']
      for (const path of [...lists, '/organizations', `${domain}/scim-log`]) {
        const { status } = await operator.open(`${path}?q=a%00b`)
        expect([path, status]).toEqual([path, 200])
      }
      for (const meant of ['a\0b', '', 'x'.repeat(9999)]) {
        const csrf = `${csrfTokenOf(admin.secret)}.${meant}`
        const { status } = await admin.submit('/domains', { csrf, domain: 'meant.test' })
        expect([meant, status]).toEqual([meant, 409])
      }
    })

    it('shows members that they are signed in, and nothing else', async () => {
      const member = await console.enter(console.surface.tenant.organizationId, 1)
      const home = await member.text('/')
      expect(home).toContain(member.email)
      expect(home).not.toContain('acme.test</a>')
      for (const path of ['/domains', domain, `${domain}/scim-log`, `${domain}/scim-log/live`]) {
        expect([path, (await member.open(path)).status]).toEqual([path, 403])
      }
      expect((await member.submit('/domains', { domain: 'x.test' })).status).toBe(403)
    })

    it("knows nothing of another organization's domain", async () => {
      const other = await console.surface.addTenant('other.test')
      const before = await countDomains()
      for (const path of ['', '/scim-log', '/scim-log/live', `/scim-log/${other.domain.id}`]) {
        expect((await admin.open(`/domains/${other.domain.id}${path}`)).status).toBe(404)
      }
      for (const path of ['/verify', '/scim', '/scim-tokens', `/scim-tokens/${other.domain.id}/revoke`]) {
        expect((await admin.submit(`/domains/${other.domain.id}${path}`)).status).toBe(404)
      }
      expect((await admin.submit('/organization', { organization: other.organizationId })).status).toBe(404)
      expect(await countDomains()).toBe(before)
    })

    it('refuses forms of other sites, and forms without the token of the session', async () => {
      const before = await countDomains()
      const attempts: [Record<string, string>, Record<string, string>][] = [
        [{}, { Origin: 'https://evil.test' }],
        [{}, { Origin: 'null' }],
        [{}, { Origin: '', 'Sec-Fetch-Site': 'cross-site' }],
        [{}, { 'Sec-Fetch-Site': 'same-site' }],
        [{ csrf: '' }, {}],
        [{ csrf: csrfTokenOf('of another session') }, {}],
      ]
      for (const [fields, headers] of attempts) {
        const response = await admin.submit('/domains', { domain: 'forged.test', ...fields }, headers)
        expect([fields, headers, response.status]).toEqual([fields, headers, 403])
      }
      expect(await countDomains()).toBe(before)
    })

    it('lets no page be framed, kept, or run a script that is not ours', async () => {
      for (const path of ['/', domain, `${domain}/scim-log`, '/nothing']) {
        const { headers } = await admin.open(path)
        expect(headers.get('cache-control')).toBe('no-store')
        expect(headers.get('x-frame-options')).toBe('DENY')
        const policy = headers.get('content-security-policy') ?? ''
        expect(policy).toContain("default-src 'none'")
        expect(policy).toContain("frame-ancestors 'none'")
        expect(policy).not.toContain('unsafe')
      }
      const nonces = await Promise.all(
        [1, 2].map(async () => (await admin.open('/')).headers.get('content-security-policy')),
      )
      expect(nonces[0]).not.toBe(nonces[1])
    })

    it('loads one style sheet and one script, both its own and kept by the browser', async () => {
      const page = await admin.text('/')
      const links = [...page.matchAll(/(?:href|src)="([^"]+\.(?:css|js))"/g)].map(([, path = '']) => path)
      expect(links).toHaveLength(2)
      for (const path of links) {
        const response = await console.stranger.open(path)
        expect(response.status).toBe(200)
        expect(response.headers.get('cache-control')).toContain('immutable')
      }
    })

    it('weighs less than 60 kB with everything that it loads', async () => {
      const page = await admin.text(`${domain}/scim-log`)
      const links = [...page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path = '']) => path)
      const parts = await Promise.all(links.map(path => console.stranger.text(path)))
      expect(Buffer.byteLength([page, ...parts].join(''))).toBeLessThan(60_000)
    })

    it('switches between the organizations of a person', async () => {
      const { surface, enter } = console
      const second = await surface.addTenant('second.test')
      const both = await enter(surface.tenant.organizationId, 8, 'both')
      await enter(second.organizationId, 15, 'both')
      expect(await both.text('/')).toContain('second.test</a>')
      const response = await both.submit('/organization', { organization: surface.tenant.organizationId })
      expect([response.status, response.headers.get('location')]).toEqual([303, '/'])
      const home = await both.text('/')
      expect(home).toContain('acme.test</a>')
      expect(home).not.toContain('second.test</a>')
    })

    it('does nothing for a form whose page was about another organization', async () => {
      const { surface, enter } = console
      const second = await surface.addTenant('elsewhere.test')
      const both = await enter(surface.tenant.organizationId, 15, 'in-two-tabs')
      await enter(second.organizationId, 15, 'in-two-tabs')
      const csrf = tokenIn(await both.text('/settings'))
      const rename = (token: string) =>
        both.submit('/settings', { csrf: token, name: 'Renamed', default_membership_level: '1' })
      await both.submit('/organization', { csrf, organization: surface.tenant.organizationId })
      const refused = await rename(csrf)
      expect(refused.status).toBe(409)
      const page = await refused.text()
      expect(page).toContain('The page was about elsewhere.test')
      expect(page).toContain('Nothing was done')
      const names = async () =>
        (await surface.ctx.db.selectFrom('organizations').select('name').execute()).map(({ name }) => name)
      expect(await names()).not.toContain('Renamed')
      expect((await rename(tokenIn(await both.text('/settings')))).status).toBe(303)
      expect(await names()).toContain('Renamed')
    })

    it('changes nothing for a session whose sign-in is long ago', async () => {
      const { tenant, ctx } = console.surface
      const late = await console.enter(tenant.organizationId, 8)
      ctx.clock.advance((ctx.config.reauthHours * 60 + 1) * 60_000)
      expect((await late.open(domain)).status).toBe(200)
      const response = await late.submit(`${domain}/scim-tokens`, { overlap: '0' })
      expect(response.status).toBe(403)
      expect(await response.text()).toContain('reauthentication_required')
      ctx.clock.advance(-(ctx.config.reauthHours * 60 + 1) * 60_000)
    })
  })
})
