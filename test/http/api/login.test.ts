// /api/login: what is open to an address, mailed links, codes for tokens; and what a session may do with the API.
import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApiApp } from '../../../src/http/api/app.ts'
import { rotateKey } from '../../../src/login/keys.ts'
import { operatorCaller } from '../../../src/manage/caller.ts'
import { changeDomain } from '../../../src/manage/domains/domains.ts'
import { deleteSessionsOfPerson } from '../../../src/store/sign-in/sessions.ts'
import { eachDatabase } from '../../database.ts'
import { type Connected, openWorld, signIn, type World } from '../saml/world.ts'
import { errorOf, invalid } from './client.ts'

const application = 'https://app.test/start'

describe('login', () => {
  eachDatabase((_, open) => {
    let world: World
    let domain: Connected
    let adaId: string
    beforeAll(async () => {
      world = await openWorld(await open(), { applicationUrls: [application], publicRateLimit: 0 })
      domain = await world.connect('acme.test')
      adaId = await world.addMember(domain.organizationId, 'ada@acme.test', 15)
    })
    const anybody = (path: string, body?: unknown) => world.clientWith()('POST', path, { body })

    describe('POST /login/precheck', () => {
      it('says what is open to an address, the same whether anybody has it', async () => {
        const open = { sso_enforcement: '', saml_available: true, email_link_available: true }
        expect((await anybody('/api/login/precheck', { email: 'ada@acme.test' })).body).toEqual(open)
        expect((await anybody('/api/login/precheck', { email: 'Ghost@ACME.test' })).body).toEqual(open)
        expect((await anybody('/api/login/precheck', { email: 'a@elsewhere.test' })).body).toEqual({
          ...open,
          saml_available: false,
        })
      })

      it('knows that SAML is enforced; a link is then 400 sso_enforced, for unknown addresses too', async () => {
        await signIn(world, domain)
        const operator = operatorCaller(domain.organizationId)
        const enforce = (sso_enforcement: '' | 'saml') =>
          changeDomain(world.ctx, operator, { id: domain.id, patch: { sso_enforcement } })
        await enforce('saml')
        expect((await anybody('/api/login/precheck', { email: 'ghost@acme.test' })).body).toEqual({
          sso_enforcement: 'saml',
          saml_available: true,
          email_link_available: false,
        })
        for (const email of ['ada@acme.test', 'ghost@acme.test']) {
          expect(errorOf(await anybody('/api/login/email', { email }))).toEqual(
            invalid('sso_enforced', 'email'),
          )
        }
        await enforce('')
      })

      it('refuses what is no address, and counts by address', async () => {
        expect(errorOf(await anybody('/api/login/precheck', {}))).toEqual(invalid('required', 'email'))
        expect(errorOf(await anybody('/api/login/precheck', { email: 'x' }))).toEqual(
          invalid('invalid_input', 'email'),
        )
        const limited = createApiApp({
          ...world.ctx,
          config: { ...world.ctx.config, publicRateLimit: { perMinute: 60, burst: 2 } },
        })
        const statuses = []
        for (let times = 0; times < 3; times++) {
          const body = JSON.stringify({ email: 'a@acme.test' })
          const headers = { 'Content-Type': 'application/json' }
          statuses.push(
            (await limited.request('/api/login/precheck', { method: 'POST', body, headers })).status,
          )
        }
        expect(statuses).toEqual([200, 200, 429])
      })
    })

    it('POST /login/email: the same answer for known and unknown addresses; not where links are switched off', async () => {
      const known = await anybody('/api/login/email', { email: 'ada@acme.test', next: '/a' })
      const unknown = await anybody('/api/login/email', { email: 'ghost@acme.test', next: '/a' })
      expect([known.status, known.body]).toEqual([unknown.status, unknown.body])
      expect(known.status).toBe(200)
      expect(errorOf(await anybody('/api/login/email', { email: 'a@acme.test', next: '//b' }))).toEqual(
        invalid('invalid_input', 'next'),
      )
      const off = createApiApp({ ...world.ctx, config: { ...world.ctx.config, emailLinks: false } })
      const response = await off.request('/api/login/email', {
        method: 'POST',
        body: JSON.stringify({ email: 'ada@acme.test' }),
        headers: { 'Content-Type': 'application/json' },
      })
      expect(((await response.json()) as { code: string }).code).toBe('email_links_disabled')
    })

    describe('POST /login/token', () => {
      const codeFor = async () => {
        const query = new URLSearchParams({ next: `${application}?state=1` })
        const { response } = await signIn(world, domain, { path: `/saml/${domain.id}/login?${query}` })
        return new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? ''
      }
      const keys = createRemoteJWKSet(new URL('http://127.0.0.1:3000/.well-known/jwks.json'), {
        cooldownDuration: 0,
        [customFetch]: async (url: string) => world.app.request(new URL(url).pathname),
      })
      const verify = (token: string) =>
        jwtVerify(token, keys, {
          algorithms: ['ES256'],
          issuer: world.ctx.config.baseUrl,
          audience: application,
          typ: 'at+jwt',
          requiredClaims: ['sub', 'sid', 'exp', 'iat', 'auth_time', 'amr', 'org', 'email'],
          currentDate: world.ctx.now(),
        })

      it('gives a token about the session, by a key that everybody can read', async () => {
        const { status, body } = await anybody('/api/login/token', { code: await codeFor() })
        expect(status).toBe(200)
        const { payload } = await verify(String(body.token))
        expect(payload).toMatchObject({
          sub: adaId,
          amr: ['saml'],
          org: domain.organizationId,
          email: 'ada@acme.test',
          sid: expect.any(String),
        })
        expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(15 * 60)
        expect(body.expires_at).toBe(new Date((payload.exp ?? 0) * 1000).toISOString())
      })

      it('ends with the session', async () => {
        const query = new URLSearchParams({ next: application })
        const path = `/saml/${domain.id}/login?${query}`
        const { response } = await signIn(world, domain, { path, sessionMinutes: 5 })
        const code = new URL(response.headers.get('location') ?? '').searchParams.get('code')
        const { body } = await anybody('/api/login/token', { code })
        const { payload } = await verify(String(body.token))
        expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBeLessThanOrEqual(5 * 60)
      })

      it('takes a code once, within a minute, while its session lives', async () => {
        const code = await codeFor()
        const both = await Promise.all([1, 2].map(() => anybody('/api/login/token', { code })))
        expect(both.map(each => each.status).sort()).toEqual([200, 400])
        expect((await anybody('/api/login/token', { code: 'made up' })).status).toBe(400)
        const late = await codeFor()
        world.ctx.clock.advance(60_001)
        expect((await anybody('/api/login/token', { code: late })).status).toBe(400)
        const ended = await codeFor()
        await deleteSessionsOfPerson(world.ctx.db, domain.organizationId, adaId)
        expect((await anybody('/api/login/token', { code: ended })).status).toBe(400)
      })

      it('tokens of the old key and of the new one are verified while one replaces the other', async () => {
        const { body: before } = await anybody('/api/login/token', { code: await codeFor() })
        await rotateKey(world.ctx, 'token')
        await verify(String(before.token))
        world.ctx.clock.advance(14 * 60_000)
        await verify(String(before.token))
        world.ctx.clock.advance(2 * 60_000)
        const { body: after } = await anybody('/api/login/token', { code: await codeFor() })
        const kids = [before, after].map(({ token }) => {
          const [header = ''] = String(token).split('.')
          return (JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string }).kid
        })
        expect(kids[0]).not.toBe(kids[1])
        await verify(String(after.token))
        const shown = async () => {
          const { keys: all } = (await (await world.app.request('/.well-known/jwks.json')).json()) as {
            keys: Record<string, string>[]
          }
          return all
        }
        expect((await shown()).map(key => key.kid)).toEqual([kids[1], kids[0]])
        expect((await shown()).flatMap(key => Object.keys(key))).not.toContain('d')
        world.ctx.clock.advance(60 * 60_000)
        expect((await shown()).map(key => key.kid)).toEqual([kids[1]])
      })
    })

    describe('a session at the API', () => {
      const asBrowser = async () => {
        const { browser } = await signIn(world, domain, { sessionMinutes: null })
        const secret = browser.cookies.get('gatehouse') ?? ''
        const cookie = { Cookie: `gatehouse=${secret}` }
        const { body } = await world.clientWith()('GET', '/api/login/session', { headers: cookie })
        const own = { ...cookie, Origin: 'http://127.0.0.1:3000', 'X-CSRF-Token': String(body.csrf_token) }
        return { cookie, own, session: body }
      }
      const domains = () => `/api/organizations/${domain.organizationId}/domains`
      const claim = (headers: Record<string, string>, name: string) =>
        world.clientWith()('POST', domains(), { headers, body: { domain: name } })

      it('is told who it is, and the token for its writes', async () => {
        const { session } = await asBrowser()
        expect(session).toMatchObject({
          user: { id: adaId, email: 'ada@acme.test' },
          organization_id: domain.organizationId,
          method: 'saml',
          csrf_token: expect.stringMatching(/^[0-9a-f]{64}$/),
        })
        expect((await world.clientWith()('GET', '/api/login/session')).status).toBe(401)
      })

      it('reads with its cookie, as its person', async () => {
        const { cookie } = await asBrowser()
        const me = await world.clientWith()('GET', '/api/users/@me', { headers: cookie })
        expect(me.body).toMatchObject({ email: 'ada@acme.test' })
        expect((await world.clientWith()('GET', domains(), { headers: cookie })).status).toBe(200)
        const { organizationId } = await world.another()
        const foreign = `/api/organizations/${organizationId}/domains`
        expect((await world.clientWith()('GET', foreign, { headers: cookie })).status).toBe(404)
      })

      it('writes only from a page of ours that knows its token', async () => {
        const { cookie, own } = await asBrowser()
        const other = await asBrowser()
        const refused = [
          cookie,
          { ...own, Origin: 'https://evil.test' },
          { ...own, Origin: 'null' },
          { ...own, 'Sec-Fetch-Site': 'cross-site' },
          { ...own, 'X-CSRF-Token': String(other.session.csrf_token) },
          { ...cookie, Origin: 'http://127.0.0.1:3000' },
          { ...cookie, 'X-CSRF-Token': own['X-CSRF-Token'] },
        ]
        for (const headers of refused) {
          const { status, body } = await claim(headers as Record<string, string>, 'csrf.test')
          expect(status).toBe(403)
          expect(['csrf_failed', 'other_origin']).toContain(body.code)
        }
        expect((await claim(own, 'csrf.test')).status).toBe(201)
        const audit = await world.ctx.db
          .selectFrom('audit')
          .select(['actor_type', 'actor_label'])
          .where('target_label', '=', 'csrf.test')
          .execute()
        expect(audit).toEqual([{ actor_type: 'user', actor_label: 'ada@acme.test' }])
      })

      it('that is older than REAUTH_HOURS reads on, and changes nothing that says who gets in', async () => {
        const { own } = await asBrowser()
        world.ctx.clock.advance(12 * 3_600_000 + 1000)
        const { status, body } = await claim(own, 'late.test')
        expect([status, body.code]).toEqual([403, 'reauthentication_required'])
        const key = { headers: own, body: { label: 'k', scopes: ['*'] } }
        expect((await world.clientWith()('POST', '/api/personal_api_keys', key)).body.code).toBe(
          'reauthentication_required',
        )
        expect((await world.clientWith()('GET', domains(), { headers: own })).status).toBe(200)
        const organization = `/api/organizations/${domain.organizationId}`
        const rename = { headers: own, body: { members_can_invite: true } }
        expect((await world.clientWith()('PATCH', organization, rename)).status).toBe(200)
      })

      it('is nothing once it has run out, was ended, or was made up', async () => {
        const { cookie } = await asBrowser()
        const status = async (headers: Record<string, string>) =>
          (await world.clientWith()('GET', '/api/users/@me', { headers })).status
        expect(await status(cookie)).toBe(200)
        world.ctx.clock.advance(24 * 3_600_000)
        expect(await status(cookie)).toBe(401)
        expect(await status({ Cookie: 'gatehouse=made-up' })).toBe(401)
        const { cookie: second } = await asBrowser()
        await deleteSessionsOfPerson(world.ctx.db, domain.organizationId, adaId)
        expect(await status(second)).toBe(401)
      })
    })
  })
})
