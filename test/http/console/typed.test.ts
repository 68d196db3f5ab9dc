// What was typed into a form whose session has run out: shown to whoever sent it, and to nobody whom another site sent.
import { beforeAll, describe, expect, it } from 'vitest'
import { eachDatabase } from '../../database.ts'
import { type Console, openConsole, type Visitor } from './visitor.ts'
import { mostBytes } from './weight.ts'

describe('a form that comes without a session', () => {
  eachDatabase((_, open) => {
    let console: Console
    beforeAll(async () => {
      console = await openConsole(await open())
    })
    const baseUrl = () => console.surface.ctx.config.baseUrl
    /** What a session leaves behind that has ended: the cookie may still be there. */
    const endSession = async (visitor: Visitor) => {
      const { db } = console.surface.ctx
      await db.deleteFrom('sessions').execute()
      return visitor
    }
    const typed = {
      addresses: 'ada@example.com\r\n<b>grace</b>@example.com\u202e',
      level: '8',
      message: 'Welcome "all"',
    }

    it('is answered with what was typed, and with the way back to its page', async () => {
      const visitor = await endSession(await console.enter(console.surface.tenant.organizationId, 8))
      const hidden = { once: 'nonce-of-the-page', made_from: 'marks-of-the-page', confirm: 'the-word' }
      const headers = { Referer: `${baseUrl()}/pending-invites/several?x=1` }
      const response = await visitor.submit('/pending-invites/several', { ...typed, ...hidden }, headers)
      const page = await response.text()
      expect([response.status, page]).toEqual([401, expect.stringContaining('nothing was done')])
      expect(page).toContain('ada@example.com\n&lt;b&gt;grace&lt;/b&gt;@example.com\\u{202E}')
      expect(page).toContain('Welcome &quot;all&quot;')
      for (const [name, value] of Object.entries(hidden)) expect(page).not.toMatch(`${name}|${value}`)
      expect(page).not.toContain('<dt>Level')
      expect(page).toContain(`href="/login?${new URLSearchParams({ next: '/pending-invites/several?x=1' })}"`)
      expect(response.headers.get('cache-control')).toBe('no-store')
    })

    it('shows nothing of what another site sent, or of what nobody can say where it is from', async () => {
      for (const headers of [
        { Origin: 'https://evil.test' },
        { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' },
        { Origin: 'null' },
        { Origin: '' },
      ]) {
        const response = await console.stranger.submit('/pending-invites/several', typed, headers)
        expect([response.status, response.headers.get('location')]).toEqual([303, '/login'])
      }
    })

    it('leads to the sign-in at once when nothing was typed', async () => {
      const to = async (Referer: string) =>
        (await console.stranger.submit('/keys/x/revoke', { confirm: 'x' }, { Referer })).headers.get(
          'location',
        )
      expect(await to(`${baseUrl()}/keys`)).toBe('/login?next=%2Fkeys')
      expect(await to('https://evil.test/keys')).toBe('/login')
      expect(await to(`${baseUrl()}/members?q=${'x'.repeat(3000)}`)).toBe('/login?next=%2Fmembers')
      expect(await to('nonsense')).toBe('/login')
    })

    it('leads to the sign-in at once when buttons and lists alone were used', async () => {
      const { domain } = console.surface.tenant
      for (const fields of [{ domain: domain.id, overlap: '86400' }, { scim: 'off' }, { enforce: 'on' }])
        expect((await console.stranger.submit('/tokens', fields)).headers.get('location')).toBe('/login')
    })

    it('leads to no place that the sign-in would refuse', async () => {
      const from = async (path: string) =>
        (await console.stranger.submit('/keys/x/revoke', {}, { Referer: baseUrl() + path })).headers.get(
          'location',
        )
      expect(await from('//evil.test/')).toBe('/login')
      expect(await from('/members?q=a\\b')).toBe('/login?next=%2Fmembers')
      const endless = `/people/${'x'.repeat(3000)}`
      expect(await from(endless)).toBe('/login')
      expect((await console.stranger.open(endless)).headers.get('location')).toBe('/login')
    })

    it('stays small, whatever was typed', async () => {
      const many = Object.fromEntries(
        Array.from({ length: 8 }, (_, at) => [`field_${at}`, '<"&'.repeat(850)]),
      )
      const response = await console.stranger.submit('/keys', many)
      const page = await response.text()
      expect([response.status, page]).toEqual([401, expect.stringContaining('and 7 more fields')])
      expect(page).toContain('only its beginning')
      expect(Buffer.byteLength(page)).toBeLessThan(mostBytes)
      const piled = await console.stranger.submit('/keys', { label: '\u0301'.repeat(20_000) })
      expect(Buffer.byteLength(await piled.text())).toBeLessThan(mostBytes)
      const countless = await console.stranger.submit('/keys', { label: Array(5000).fill('x') })
      expect(await countless.text()).toContain('and 4900 more fields')
      const endless = await console.stranger.submit('/keys', { label: 'x'.repeat(100_000) })
      expect(endless.headers.get('location')).toBe('/login')
    })

    it('is also answered so where the sign-in is too old, or the form of a session before', async () => {
      const visitor = await console.enter(console.surface.tenant.organizationId, 8)
      const { clock } = console.surface.ctx
      clock.advance(13 * 3_600_000)
      const stale = await (await visitor.submit('/pending-invites/several', typed)).text()
      clock.advance(-13 * 3_600_000)
      expect(stale).toContain('reauthentication_required')
      expect(stale).toContain('Welcome &quot;all&quot;')
      const before = await visitor.submit('/pending-invites/several', {
        ...typed,
        csrf: 'of a session before',
      })
      const page = await before.text()
      expect([before.status, page]).toEqual([403, expect.stringContaining('csrf_failed')])
      expect(page).toContain('Welcome &quot;all&quot;')
      const evil = { Origin: 'https://evil.test' }
      const forged = await (await visitor.submit('/pending-invites/several', typed, evil)).text()
      expect(forged).not.toContain('Welcome')
    })
  })
})
