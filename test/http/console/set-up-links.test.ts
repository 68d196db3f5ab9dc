// The page of set-up links: who may open it, what it keeps of a refused form, and that what people type is shown inert.
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../src/base/id.ts'
import { eachDatabase } from '../../database.ts'
import { type Console, openConsole, type Visitor } from './visitor.ts'

describe('the set-up links in the console', () => {
  eachDatabase((_, open) => {
    let console: Console
    let admin: Visitor
    let path: string
    beforeAll(async () => {
      console = await openConsole(await open())
      const { tenant } = console.surface
      admin = await console.enter(tenant.organizationId, 8)
      path = `/domains/${tenant.domain.id}/set-up-links`
    })
    const wish = { label: 'Initech IT', days: '7', parts: ['saml', 'scim'] }
    const idsOn = async (page: string) =>
      [...(await admin.text(page)).matchAll(/set-up-links\/([\w-]{36})\/revoke/g)].map(([, id = '']) => id)

    it('says the next step where there is none', async () => {
      const page = await admin.text(path)
      expect(page).toContain('No link has been made yet')
      expect(page).toContain('aria-current="page">Set-up links</a>')
      expect(await admin.text('/')).toContain('href="/set-up-links"')
    })

    it('are for administrators, of their own organization', async () => {
      const member = await console.enter(console.surface.tenant.organizationId, 1)
      const other = await console.surface.addTenant(`${newId()}.test`)
      const stranger = await console.enter(other.organizationId, 15)
      for (const at of [path, '/set-up-links']) {
        expect((await member.open(at)).status).toBe(403)
        expect((await member.submit(at, wish)).status).toBe(403)
        expect((await console.stranger.open(at)).headers.get('location')).toContain('/login')
      }
      expect((await stranger.open(path)).status).toBe(404)
      expect((await stranger.submit(path, wish)).status).toBe(404)
      await admin.submit(path, wish)
      const [id = ''] = await idsOn(path)
      for (const at of ['/set-up-links', `/domains/${other.domain.id}/set-up-links`])
        expect((await stranger.submit(`${at}/${id}/revoke`)).status).toBe(404)
      expect(await idsOn(path)).toEqual([id])
      expect(await stranger.text('/set-up-links')).toContain('No link has been made yet')
    })

    it('shows the link this once', async () => {
      const response = await admin.submit(path, wish)
      expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store'])
      const page = await response.text()
      const [link = ''] = /http:\/\/127\.0\.0\.1:3000\/set-up\/[\w-]{43}/.exec(page) ?? []
      expect(page).toContain(`<code id="set-up-link">${link}</code>`)
      expect(await admin.text(path)).not.toContain(link)
      expect(await admin.text('/audit')).not.toContain(link.split('/').at(-1))
    })

    it('keeps what was typed when it refuses it, and says what was expected', async () => {
      const typed = {
        label: '"><script>alert(1)</script>\u202e',
        send_to: 'no address',
        days: '14',
        parts: 'test',
      }
      const response = await admin.submit(path, typed)
      expect(response.status).toBe(400)
      const page = await response.text()
      expect(page).toContain('Expected an e-mail address')
      expect(page).toContain('value="no address"')
      expect(page).toContain('<option value="14" selected>')
      expect(page).toMatch(/value="test" checked/)
      expect(page).not.toMatch(/value="saml" checked/)
      expect(page).not.toContain('<script>alert')
    })

    it('shows hostile labels inert', async () => {
      await admin.submit(path, { ...wish, label: '<b>x</b>\u202e\u0000' })
      const page = await admin.text(path)
      expect(page).toContain('&lt;b&gt;x&lt;/b&gt;\\u{202E}')
      expect(page).not.toContain('<b>x')
    })

    it('revokes a link, once', async () => {
      const [id = ''] = await idsOn(path)
      const response = await admin.submit(`${path}/${id}/revoke`)
      expect(response.headers.get('location')).toBe(`${path}?done=revoked`)
      expect(await idsOn(path)).not.toContain(id)
      const again = await admin.submit(`${path}/${id}/revoke`)
      expect(again.status).toBe(400)
      expect(await again.text()).toContain('The link was over already')
    })

    it('shows those of every domain, and of none, on the page of the organization', async () => {
      await admin.submit('/set-up-links', { ...wish, parts: 'verify', label: 'Nobody yet' })
      const page = await admin.text('/set-up-links')
      expect(page).toContain('not named yet')
      expect(page).toContain(`<a href="${path}">acme.test</a>`)
      const bad = await admin.submit('/set-up-links', { ...wish, parts: 'scim' })
      expect(await bad.text()).toContain('A link without a domain has to be for verifying one.')
    })
  })
})
