// The SAML endpoints of a domain: out to the identity provider and back, with what the browser holds meanwhile.
import { createPrivateKey, createPublicKey, verify, X509Certificate } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { digestOf } from '../../../src/base/secret.ts'
import { type OpenKey, readKeys, rotateKey } from '../../../src/login/keys.ts'
import { operatorCaller } from '../../../src/manage/caller.ts'
import { changeDomain } from '../../../src/manage/domains/domains.ts'
import { findDomain } from '../../../src/store/domain/domains.ts'
import { eachDatabase } from '../../database.ts'
import { idp, nextIdp, type Signer } from '../../saml/keys.ts'
import { type Connected, codeOn, openWorld, readRedirect, respond, signIn, type World } from './world.ts'

describe('saml', () => {
  eachDatabase((_, open) => {
    let world: World
    let domain: Connected
    beforeAll(async () => {
      world = await openWorld(await open(), { applicationUrls: ['https://app.test/start'] })
      domain = await world.connect('acme.test')
      await world.addMember(domain.organizationId, 'ada@acme.test')
    })
    beforeEach(async () => {
      await world.ctx.db.deleteFrom('sessions').execute()
    })
    const sessions = () => world.ctx.db.selectFrom('sessions').selectAll().execute()
    const patch = (changes: Parameters<typeof changeDomain>[2]['patch']) =>
      changeDomain(world.ctx, operatorCaller(domain.organizationId), { id: domain.id, patch: changes })

    describe('GET /saml/{domain}/metadata', () => {
      it('tells the identity provider our names and keys, also before the domain is verified', async () => {
        const response = await world.app.request(`/saml/${domain.id}/metadata`)
        expect(response.status).toBe(200)
        expect(response.headers.get('content-type')).toMatch(/^application\/samlmetadata\+xml/)
        const xml = await response.text()
        expect(xml).toContain(`entityID="${domain.spEntityId}"`)
        expect(xml).toContain(`Location="${domain.acsUrl}"`)
        expect(xml).toMatch(/use="encryption"/)
      })

      it('is a page that says so where there is no such domain', async () => {
        expect((await world.app.request('/saml/nothing/metadata')).status).toBe(404)
      })
    })

    describe('GET /saml/{domain}/login', () => {
      it('sends the browser away with a request, a RelayState that is no URL, and a cookie of its own', async () => {
        const browser = world.browser()
        const response = await browser.ask(`/saml/${domain.id}/login?next=/a&login_hint=ada%40acme.test`)
        const { url, relayState } = readRedirect(response)
        expect(response.status).toBe(302)
        expect(`${url.origin}${url.pathname}`).toBe('https://idp.test/sso')
        expect(relayState).toMatch(/^[\w-]{43}$/)
        expect(url.searchParams.get('login_hint')).toBe('ada@acme.test')
        expect(url.searchParams.has('Signature')).toBe(false)
        const [cookie = '', crossSite = ''] = response.headers.getSetCookie()
        expect(cookie).toMatch(/^gatehouse-sign-in=[\w-]{43}; Max-Age=900; Path=\/; HttpOnly$/)
        expect(crossSite).toMatch(
          /^gatehouse-sign-in-cross-site=[\w-]{43}; Max-Age=900; Path=\/; HttpOnly; Secure; SameSite=None$/,
        )
        const row = await world.ctx.db
          .selectFrom('sign_in_requests')
          .selectAll()
          .where('relay_digest', '=', digestOf(relayState))
          .executeTakeFirstOrThrow()
        expect(row).toMatchObject({ domain_id: domain.id, next: '/a', kind: 'sp' })
        expect(Object.values(row).join()).not.toContain(relayState)
      })

      it('tells a hint of any length, cut between characters', async () => {
        const hint = encodeURIComponent(`${'a'.repeat(253)}🙂`)
        const { url } = await world.browser().start(`/saml/${domain.id}/login?login_hint=${hint}`)
        expect(url.searchParams.get('login_hint')).toBe(`${'a'.repeat(253)}\uFFFD`)
      })

      it('over https its cookie comes back from other sites, and only over https', async () => {
        const secure = await openWorld(world.ctx.db, { baseUrl: 'https://gatehouse.test' })
        const browser = secure.browser()
        const started = await browser.ask(`/saml/${domain.id}/login`)
        expect(started.headers.getSetCookie()[0]).toMatch(
          /^__Host-gatehouse-sign-in=[\w-]{43}; Max-Age=900; Path=\/; HttpOnly; Secure; SameSite=None$/,
        )
        const there = { ...domain, acsUrl: `https://gatehouse.test/saml/${domain.id}/acs` }
        const sp = { ...there, spEntityId: `https://gatehouse.test/saml/${domain.id}/metadata` }
        const { response } = await signIn(secure, sp, { browser })
        expect(response.headers.getSetCookie()[0]).toMatch(
          /^__Host-gatehouse=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
        )
        expect(response.headers.get('strict-transport-security')).toContain('max-age=')
      })

      it('signs its request where the domain says so, with the key of the metadata', async () => {
        await patch({ saml_sign_requests: true })
        const { url } = await world.browser().start(`/saml/${domain.id}/login?force=1`)
        await patch({ saml_sign_requests: false })
        const query = url.search.slice(1)
        const signed = query.slice(0, query.indexOf('&Signature='))
        const metadata = await (await world.app.request(`/saml/${domain.id}/metadata`)).text()
        const certificate = /use="signing">\s*<ds:KeyInfo><ds:X509Data><ds:X509Certificate>([^<]+)/.exec(
          metadata,
        )
        const key = new X509Certificate(Buffer.from(certificate?.[1] ?? '', 'base64')).publicKey
        const signature = Buffer.from(url.searchParams.get('Signature') ?? '', 'base64')
        expect(
          verify(
            'sha256',
            Buffer.from(signed),
            createPublicKey(key.export({ type: 'spki', format: 'pem' })),
            signature,
          ),
        ).toBe(true)
      })

      it('posts where the identity provider takes nothing else, with a script by its nonce alone', async () => {
        await patch({ saml_sso_binding: 'post' })
        const response = await world.browser().ask(`/saml/${domain.id}/login`)
        await patch({ saml_sso_binding: 'redirect' })
        expect(response.status).toBe(200)
        const page = await response.text()
        const nonce = /<script nonce="([^"]+)">/.exec(page)?.[1]
        expect(response.headers.get('content-security-policy')).toContain(`script-src 'nonce-${nonce}'`)
        expect(page).toContain('action="https://idp.test/sso"')
        expect(page).toContain('name="SAMLRequest"')
      })

      it.each(['//evil.test', '/\\evil.test', 'https://evil.test/', 'javascript:alert(1)', '/.//evil.test'])(
        'refuses to go to %s afterwards',
        async next => {
          const query = new URLSearchParams({ next })
          const response = await world.browser().ask(`/saml/${domain.id}/login?${query}`)
          expect(response.status).toBe(400)
          expect(response.headers.get('location')).toBeNull()
          expect(await response.text()).not.toContain('evil')
        },
      )
    })

    describe('GET /login/saml', () => {
      it('finds the domain by the address, in any case, and passes the address on', async () => {
        const { url } = await world.browser().start('/login/saml?email=Ada%40ACME.test&next=/b')
        expect(url.searchParams.get('login_hint')).toBe('Ada@ACME.test')
      })

      it.each(['ada@sub.acme.test', 'ada@other.test', 'acme.test', 'a@b@acme.test', ''])(
        'knows no way for %j',
        async email => {
          const response = await world.browser().ask(`/login/saml?${new URLSearchParams({ email })}`)
          expect(response.status).toBe(404)
          expect(await codeOn(response)).toBe('saml_not_configured')
        },
      )
    })

    describe('POST /saml/{domain}/acs', () => {
      it('signs a member in: 303 to where they wanted, a new session, a row in the log', async () => {
        const path = `/saml/${domain.id}/login?next=/reports%3Fyear%3D2026`
        const { response, browser } = await signIn(world, domain, { path })
        expect(response.status).toBe(303)
        expect(response.headers.get('location')).toBe('/reports?year=2026')
        expect(response.headers.get('cache-control')).toBe('no-store')
        const [session] = await sessions()
        expect(session).toMatchObject({ domain_id: domain.id, method: 'saml' })
        expect(session?.digest).toBe(digestOf(browser.cookies.get('gatehouse') ?? ''))
        const [row] = await world.logOf(domain)
        expect(row).toMatchObject({ kind: 'sp', outcome: 'accepted', code: null, email: 'ada@acme.test' })
        expect(row?.response_xml).toBeNull()
        expect(JSON.parse(row?.attributes ?? '')).toEqual({ email: ['a***a@acme.test'] })
        const steps = JSON.parse(row?.steps ?? '') as { name: string; outcome: string; ms: number | null }[]
        expect(steps.filter(step => step.outcome !== 'passed').map(step => step.name)).toEqual(['decryption'])
        expect(steps.find(step => step.name === 'access')?.ms).toBeGreaterThanOrEqual(0)
        const times = steps.reduce((sum, { ms }) => sum + (ms ?? 0), 0)
        expect(times).toBeLessThanOrEqual((row?.duration_ms ?? 0) + 0.2)
      })

      it('keeps with it which request was answered, and what became of it', async () => {
        const { requestId } = await signIn(world, domain)
        const [row] = await world.logOf(domain)
        const [session] = await sessions()
        expect(row).toMatchObject({ request_id: requestId, request_xml: null })
        expect(Date.parse(row?.requested_at ?? '')).toBeLessThanOrEqual(Date.parse(row?.created_at ?? ''))
        expect(JSON.parse(row?.result ?? '')).toEqual({
          by: 'membership',
          level: 1,
          is_new_person: false,
          session_id: session?.id,
          session_ends_at: session?.expires_at,
        })
      })

      it('keeps the request as well where it refuses', async () => {
        const { requestId } = await signIn(world, domain, { changes: { issuer: 'https://other.test' } })
        const [row] = await world.logOf(domain)
        expect(row).toMatchObject({ outcome: 'refused', request_id: requestId, result: null })
        expect(row?.request_xml).toContain(`<samlp:AuthnRequest`)
        expect(row?.request_xml).toContain(requestId)
      })

      it('marks the domain as tested, once', async () => {
        const tested = async () =>
          (await findDomain(world.ctx.db, domain.organizationId, domain.id))?.samlTestedAt
        await signIn(world, domain)
        const at = await tested()
        expect(at).not.toBeNull()
        await signIn(world, domain)
        expect(await tested()).toBe(at)
      })

      it('makes a new session, whatever the browser came with', async () => {
        const { browser } = await signIn(world, domain)
        const before = browser.cookies.get('gatehouse')
        await signIn(world, domain, { browser })
        expect(browser.cookies.get('gatehouse')).not.toBe(before)
        browser.cookies.set('gatehouse', 'chosen-by-somebody-else')
        await signIn(world, domain, { browser })
        expect(browser.cookies.get('gatehouse')).not.toBe('chosen-by-somebody-else')
      })

      it('ends the session with the one at the identity provider, or by SESSION_HOURS', async () => {
        await signIn(world, domain, { sessionMinutes: 30 })
        await signIn(world, domain, { sessionMinutes: null })
        await signIn(world, domain, { sessionMinutes: 60 * 24 * 30 })
        const lengths = (await sessions()).map(({ signed_in_at, expires_at }) =>
          Math.round((Date.parse(expires_at) - Date.parse(signed_in_at)) / 60_000),
        )
        expect(lengths.sort((a, b) => a - b)).toEqual([30, 24 * 60, 24 * 60])
      })

      it('several tabs of one browser are under way at once', async () => {
        const browser = world.browser()
        const [first, second] = [
          await browser.start(`/saml/${domain.id}/login`),
          await browser.start(`/saml/${domain.id}/login`),
        ]
        for (const { requestId, relayState } of [second, first]) {
          const SAMLResponse = respond(world, domain, { requestId })
          expect((await browser.answer(domain, { SAMLResponse, RelayState: relayState })).status).toBe(303)
        }
      })

      it('the same response again is a replay, in any browser', async () => {
        const { browser, SAMLResponse, relayState } = await signIn(world, domain)
        for (const each of [browser, world.browser()]) {
          const again = await each.answer(domain, { SAMLResponse, RelayState: relayState })
          expect(await codeOn(again)).toBe('saml_replayed')
        }
        expect(await sessions()).toHaveLength(1)
      })

      it('another answer to a request that had its answer is refused', async () => {
        const { browser, relayState, requestId } = await signIn(world, domain)
        const SAMLResponse = respond(world, domain, { requestId })
        const again = await browser.answer(domain, { SAMLResponse, RelayState: relayState })
        expect(await codeOn(again)).toBe('saml_request_unknown')
      })

      it('a request whose answer was refused has had its answer', async () => {
        const { browser, response, relayState, requestId } = await signIn(world, domain, {
          email: 'x@acme.test',
        })
        expect(await codeOn(response)).toBe('saml_jit_disabled')
        const SAMLResponse = respond(world, domain, { requestId })
        const again = await browser.answer(domain, { SAMLResponse, RelayState: relayState })
        expect(await codeOn(again)).toBe('saml_request_unknown')
      })

      it('of many posts of one response at once, one makes a session', async () => {
        const browser = world.browser()
        const { requestId, relayState } = await browser.start(`/saml/${domain.id}/login`)
        const SAMLResponse = respond(world, domain, { requestId })
        const posts = Array.from({ length: 6 }, () =>
          browser.answer(domain, { SAMLResponse, RelayState: relayState }),
        )
        const answers = await Promise.all(posts)
        expect(answers.filter(each => each.status === 303)).toHaveLength(1)
        const codes = await Promise.all(answers.filter(each => each.status !== 303).map(codeOn))
        expect(new Set(codes)).toEqual(new Set(['saml_replayed']))
        expect(await sessions()).toHaveLength(1)
      })

      it('of two different answers to one request at once, one makes a session', async () => {
        const browser = world.browser()
        const { requestId, relayState } = await browser.start(`/saml/${domain.id}/login`)
        const answers = await Promise.all(
          [1, 2].map(() =>
            browser.answer(domain, {
              SAMLResponse: respond(world, domain, { requestId }),
              RelayState: relayState,
            }),
          ),
        )
        expect(answers.map(each => each.status).sort()).toEqual([303, 400])
        expect(await sessions()).toHaveLength(1)
      })

      it('an unsolicited response signs in where that is allowed, once, to the first page', async () => {
        await patch({ saml_idp_initiated_enabled: true })
        const SAMLResponse = respond(world, domain, { requestId: null })
        const fields = { SAMLResponse, RelayState: 'https://evil.test/' }
        const response = await world.browser().answer(domain, fields)
        expect(response.status).toBe(303)
        expect(response.headers.get('location')).toBe('/')
        expect((await world.logOf(domain))[0]?.kind).toBe('idp')
        expect(await codeOn(await world.browser().answer(domain, fields))).toBe('saml_replayed')
        const twice = respond(world, domain, { requestId: null })
        const both = await Promise.all(
          [1, 2].map(() => world.browser().answer(domain, { SAMLResponse: twice })),
        )
        expect(both.map(each => each.status).sort()).toEqual([303, 400])
        await patch({ saml_idp_initiated_enabled: false })
      })

      it('goes on to a registered application with a code, and to no other', async () => {
        const next = 'https://app.test/start?state=1'
        const path = `/saml/${domain.id}/login?${new URLSearchParams({ next })}`
        const { response } = await signIn(world, domain, { path })
        expect(response.headers.get('location')).toMatch(
          /^https:\/\/app\.test\/start\?state=1&code=[\w-]{43}$/,
        )
        for (const other of [
          'https://app.test/start/x',
          'https://app.test.evil.test/start',
          'https://a@app.test/start',
        ]) {
          const query = new URLSearchParams({ next: other })
          expect((await world.browser().ask(`/saml/${domain.id}/login?${query}`)).status).toBe(400)
        }
      })

      it('is posted to by other sites; its answer lets none of them read', async () => {
        const { response } = await signIn(world, domain)
        expect(response.headers.get('access-control-allow-origin')).toBeNull()
      })

      it('only takes POST', async () => {
        expect((await world.app.request(`/saml/${domain.id}/acs`)).status).toBe(404)
      })

      it('two certificates are trusted while one replaces the other; the old one alone is not any more', async () => {
        const statusBy = async (key: Signer) => {
          const { response } = await signIn(world, domain, { making: { signing: { key } } })
          return response.status === 303 ? 'in' : await codeOn(response)
        }
        expect(await statusBy(nextIdp)).toBe('saml_wrong_certificate')
        await patch({ saml_x509_cert: idp.certificate + nextIdp.certificate })
        expect([await statusBy(idp), await statusBy(nextIdp)]).toEqual(['in', 'in'])
        await patch({ saml_x509_cert: nextIdp.certificate })
        expect([await statusBy(idp), await statusBy(nextIdp)]).toEqual(['saml_wrong_certificate', 'in'])
        await patch({ saml_x509_cert: idp.certificate })
      })

      it('assertions are encrypted for the old key and for the new one while one replaces the other', async () => {
        const { ctx } = world
        const encryptedFor = async ({ privateKey, public: certificate }: OpenKey) => {
          const recipient = { privateKey: createPrivateKey(privateKey), certificate }
          const making = { signed: 'both', encryption: { recipient } } as const
          const { response } = await signIn(world, domain, { making })
          return response.status === 303 ? 'in' : await codeOn(response)
        }
        const shown = async () => {
          const xml = await (await world.app.request(`/saml/${domain.id}/metadata`)).text()
          return [...xml.matchAll(/use="encryption"/g)].length
        }
        const [old] = await readKeys(ctx, 'saml')
        if (!old) throw new Error('expected a key')
        expect(await encryptedFor(old)).toBe('in')
        await rotateKey(ctx, 'saml')
        expect(await shown()).toBe(2)
        expect(await Promise.all((await readKeys(ctx, 'saml')).map(encryptedFor))).toEqual(['in', 'in'])
        ctx.clock.advance(38 * 86_400_000)
        expect(await shown()).toBe(1)
        expect(await encryptedFor(old)).toBe('saml_decryption_failed')
        expect(await Promise.all((await readKeys(ctx, 'saml')).map(encryptedFor))).toEqual(['in'])
      })
    })
  })
})
