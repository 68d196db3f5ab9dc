// POST /domains/{id}/saml/test and GET /domains/{id}/saml/logs: a test that signs nobody in, and what the log says of it.
import { beforeAll, describe, expect, it } from 'vitest'
import { operatorCaller } from '../../../src/manage/caller.ts'
import { addDomain } from '../../../src/manage/domains/claim.ts'
import { eachDatabase } from '../../database.ts'
import { attacker } from '../../saml/keys.ts'
import { type Connected, openWorld, readRedirect, respond, signIn, type World } from '../saml/world.ts'
import { errorOf, invalid } from './client.ts'

interface Row {
  readonly id: string
  readonly kind: string
  readonly outcome: string
  readonly code: string | null
  readonly email: string | null
  readonly created_at: string
}

describe('sign-ins', () => {
  eachDatabase((_, open) => {
    let world: World
    let domain: Connected
    let base: string
    beforeAll(async () => {
      world = await openWorld(await open())
      domain = await world.connect('acme.test')
      base = `/api/organizations/${domain.organizationId}/domains/${domain.id}`
      await world.addMember(domain.organizationId, 'ada@acme.test')
    })
    const sessions = () => world.ctx.db.selectFrom('sessions').selectAll().execute()
    const log = async (query = '') => {
      const { body } = await world.owner('GET', `${base}/saml/logs${query}`)
      return body.results as Row[]
    }
    const test = async (answering: Omit<Parameters<typeof respond>[2], 'requestId'> = {}) => {
      const { body } = await world.owner('POST', `${base}/saml/test`)
      const browser = world.browser()
      const { requestId, relayState } = readRedirect(await browser.ask(String(body.login_url)))
      const SAMLResponse = respond(world, domain, { ...answering, requestId })
      return browser.answer(domain, { SAMLResponse, RelayState: relayState })
    }

    it('POST /domains/{id}/saml/test: 200 with a link; its sign-in is shown, logged, and signs nobody in', async () => {
      const { status, body } = await world.owner('POST', `${base}/saml/test`)
      expect({ status, keys: Object.keys(body) }).toEqual({ status: 200, keys: ['login_url'] })
      expect((await world.owner('PATCH', base, { body: { sso_enforcement: 'saml' } })).body.code).toBe(
        'saml_not_tested',
      )
      const attributes = [
        ['email', 'ada@acme.test'],
        ['shoe <size>', '43'],
      ] as const
      const response = await test({ attributes })
      expect(response.status).toBe(200)
      expect(response.headers.getSetCookie()).toEqual([])
      const page = await response.text()
      expect(page).toContain('The test sign-in worked')
      expect(page).toContain('shoe &lt;size&gt;')
      expect(await sessions()).toEqual([])
      const [row] = await log()
      expect(row).toMatchObject({
        kind: 'test',
        outcome: 'accepted',
        code: null,
        advice: null,
        attributes: { email: ['ada@acme.test'], 'shoe <size>': ['43'] },
        response_xml: expect.stringContaining('<samlp:Response'),
        certificate_fingerprint: expect.stringMatching(/^[0-9A-F:]{95}$/),
      })
      expect((await world.owner('PATCH', base, { body: { sso_enforcement: 'saml' } })).status).toBe(200)
      await world.owner('PATCH', base, { body: { sso_enforcement: '' } })
    })

    it('POST /domains/{id}/saml/test: a refused one says who must change what', async () => {
      const response = await test({ making: { signing: { key: attacker } } })
      expect(response.status).toBe(200)
      expect(await response.text()).toContain('saml_wrong_certificate')
      expect((await log())[0]).toMatchObject({
        kind: 'test',
        outcome: 'refused',
        code: 'saml_wrong_certificate',
        advice: expect.stringContaining('add it to the certificates'),
      })
    })

    it('POST /domains/{id}/saml/test: makes nobody a member and changes no person', async () => {
      await world.owner('PATCH', base, { body: { jit_provisioning_enabled: true } })
      const response = await test({ email: 'tester@acme.test' })
      await world.owner('PATCH', base, { body: { jit_provisioning_enabled: false } })
      expect(await response.text()).toContain('The test sign-in worked')
      const people = world.ctx.db.selectFrom('people').select('id').where('email', '=', 'tester@acme.test')
      expect(await people.execute()).toEqual([])
    })

    it('POST /domains/{id}/saml/test: its details are for the browser that began', async () => {
      const { body } = await world.owner('POST', `${base}/saml/test`)
      const { requestId, relayState } = readRedirect(await world.browser().ask(String(body.login_url)))
      const SAMLResponse = respond(world, domain, { requestId })
      const response = await world.browser().answer(domain, { SAMLResponse, RelayState: relayState })
      expect(response.status).toBe(400)
      const page = await response.text()
      expect(page).toContain('saml_browser_mismatch')
      expect(page).not.toContain('Attributes')
    })

    it('POST /domains/{id}/saml/test: its link ends after 15 minutes, is of this domain, and never becomes a real one', async () => {
      const { body } = await world.owner('POST', `${base}/saml/test`)
      const url = new URL(String(body.login_url))
      const other = await world.connect('second.test')
      expect((await world.browser().ask(`/saml/${other.id}/login${url.search}`)).status).toBe(400)
      expect((await world.browser().ask(`${url.pathname}?test=made-up`)).status).toBe(400)
      world.ctx.clock.advance(15 * 60_000 + 1)
      expect((await world.browser().ask(url.pathname + url.search)).status).toBe(400)
    })

    it('POST /domains/{id}/saml/test: 400 before SAML is set up; admins only', async () => {
      const operator = operatorCaller(domain.organizationId)
      const bare = await addDomain(world.ctx, operator, { name: 'bare.test', verified: true })
      const path = `/api/organizations/${domain.organizationId}/domains/${bare.id}/saml/test`
      expect(errorOf(await world.owner('POST', path))).toEqual(invalid('saml_not_configured', null))
      const claimed = await addDomain(world.ctx, operator, { name: 'claimed.test' })
      expect(errorOf(await world.owner('POST', path.replace(bare.id, claimed.id)))).toEqual(
        invalid('verification_required', null),
      )
      const member = await world.memberOf(domain.organizationId, 1)
      expect((await member('POST', `${base}/saml/test`)).status).toBe(403)
      expect((await member('GET', `${base}/saml/logs`)).status).toBe(403)
    })

    it('GET /domains/{id}/saml/logs: newest first, filtered, paged and streamed', async () => {
      const fresh = await world.connect('log.test')
      await world.addMember(fresh.organizationId, 'ada@log.test')
      const path = `/api/organizations/${fresh.organizationId}/domains/${fresh.id}/saml/logs`
      for (const email of ['ada@log.test', 'eve@log.test', 'ada@log.test', 'bob@acme.test']) {
        world.ctx.clock.advance(1000)
        await signIn(world, fresh, { email })
      }
      const { body } = await world.owner('GET', path)
      expect(body).toMatchObject({ count: 4, next: null, previous: null })
      const rows = body.results as Row[]
      expect(rows.map(row => row.email)).toEqual([
        'bob@acme.test',
        'ada@log.test',
        'eve@log.test',
        'ada@log.test',
      ])
      const found = async (query: string) =>
        ((await world.owner('GET', `${path}?${query}`)).body.results as Row[]).map(row => row.email)
      expect(await found('outcome=refused')).toEqual(['bob@acme.test', 'eve@log.test'])
      expect(await found('code=saml_jit_disabled')).toEqual(['bob@acme.test', 'eve@log.test'])
      expect(await found('email=ADA@log.test')).toEqual(['ada@log.test', 'ada@log.test'])
      expect(await found('search=EVE')).toEqual(['eve@log.test'])
      expect(await found('search=%25')).toEqual([])
      expect(await found('kind=idp')).toEqual([])
      expect(await found(`after=${rows[1]?.created_at}`)).toHaveLength(2)
      expect(await found(`before=${rows[1]?.created_at}`)).toHaveLength(3)
      const { body: page } = await world.owner('GET', `${path}?page_size=3&page=2`)
      expect(page).toMatchObject({ count: 4, next: null, previous: expect.stringContaining('page=1') })
      expect(page.results).toHaveLength(1)
      const stream = await world.owner('GET', `${path}?format=ndjson&outcome=accepted`)
      expect(String(stream.body.text).trimEnd().split('\n')).toHaveLength(2)
      expect(errorOf(await world.owner('GET', `${path}?kind=real`))).toEqual(
        invalid('invalid_choice', 'kind'),
      )
    })
  })
})
