// People signed in end to end by an identity provider that is none of ours: pysaml2, which signs and encrypts by xmlsec1.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { RunningServer } from '../../src/commands/server.ts'
import { type Page, Visitor } from '../../src/demo/visitor.ts'
import { addDomain } from '../../src/manage/domains/claim.ts'
import { enterAsOperator } from '../../src/manage/operators/command-line.ts'
import { bootstrap } from '../../src/manage/organizations/bootstrap.ts'
import { eachDatabase } from '../database.ts'
import { startGatehouse } from '../running-server.ts'
import { type ForeignProvider, hasPysaml2, startPysaml2 } from './pysaml2.ts'

describe.skipIf(!hasPysaml2)('pysaml2 as identity provider (skipped where it is not installed)', () => {
  eachDatabase((_, __, makeUrl) => {
    let server: RunningServer
    let provider: ForeignProvider
    let loginUrl: string
    let change: (settings: object) => Promise<{ saml_entity_id: string; has_saml: boolean }>
    let visitor: Visitor

    beforeAll(async () => {
      server = await startGatehouse(await makeUrl())
      const { ctx } = server
      const { organization_id, api_key } = await bootstrap(ctx, {
        organization: 'Acme',
        owner: 'owner@acme.test',
      })
      const operator = await enterAsOperator(ctx, organization_id)
      const domain = await addDomain(ctx, operator, { name: 'acme.test', verified: true, jit: true })
      loginUrl = domain.saml_login_url
      const api = `${ctx.config.baseUrl}/api/organizations/${organization_id}/domains/${domain.id}`
      change = async settings => {
        const headers = { Authorization: `Bearer ${api_key}`, 'Content-Type': 'application/json' }
        const answer = await fetch(api, { method: 'PATCH', headers, body: JSON.stringify(settings) })
        expect(answer.status).toBe(200)
        return JSON.parse(await answer.text())
      }
      provider = await startPysaml2(domain.saml_sp_metadata_url)
    })
    afterAll(async () => {
      await provider.stop()
      await server.stop()
    })
    beforeEach(() => {
      visitor = new Visitor()
    })

    const signIn = async (answer: Record<string, string>, from = loginUrl): Promise<Page> => {
      const form = await visitor.open(from)
      const email = `${answer.given_name ?? 'ada'}@acme.test`.toLowerCase()
      return visitor.submit(await visitor.submit(form, { email, sign: 'assertion', ...answer }))
    }

    function expectSignedIn({ url, status, text }: Page, email: string): void {
      expect({ url, status }).toEqual({ url: `${server.ctx.config.baseUrl}/`, status: 200 })
      expect(text).toContain(email)
      expect(visitor.cookieNames(url)).toContain('gatehouse')
    }

    it('is set up by the address of its metadata, as it has read ours', async () => {
      const domain = await change({ saml_metadata: `${provider.url}/metadata` })
      expect(domain).toMatchObject({ has_saml: true, saml_entity_id: `${provider.url}/metadata` })
    })

    it.each([
      { sign: 'assertion' },
      { sign: 'response' },
      { sign: 'assertion response' },
      { sign: 'assertion', sha: 'sha512' },
      { sign: 'response', encrypt: 'yes' },
      { sign: 'assertion response', encrypt: 'yes' },
    ])('signs somebody in with %o', async answer => {
      expectSignedIn(await signIn(answer), 'ada@acme.test')
    })

    it('makes a member of somebody new', async () => {
      expectSignedIn(await signIn({ given_name: 'Grace', family_name: 'Hopper' }), 'grace@acme.test')
    })

    it('reads and verifies a request that is signed', async () => {
      await change({ saml_sign_requests: true })
      const { text } = await visitor.open(loginUrl)
      expect(text).toContain('name="signed" value="True"')
      expectSignedIn(await signIn({}), 'ada@acme.test')
    })

    it('is refused without a signature', async () => {
      const { status, text } = await signIn({ sign: 'nothing' })
      expect(status).toBe(400)
      expect(text).toContain('saml_unsigned')
    })

    it('begins by itself only where that is allowed', async () => {
      const refused = await signIn({}, `${provider.url}/`)
      expect(refused.text).toContain('saml_unsolicited_disabled')
      await change({ saml_idp_initiated_enabled: true })
      expectSignedIn(await signIn({}, `${provider.url}/`), 'ada@acme.test')
    })
  })
})
