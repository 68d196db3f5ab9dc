// Every refusal of a sign-in end to end: its status and page, its row in the log, and nobody signed in.
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../src/base/id.ts'
import { operatorCaller } from '../../../src/manage/caller.ts'
import { addDomain } from '../../../src/manage/domains/claim.ts'
import { updateMember } from '../../../src/store/organization/members.ts'
import { eachDatabase } from '../../database.ts'
import { attacker, idp, sp } from '../../saml/keys.ts'
import { ds } from '../../saml/sign.ts'
import {
  type Answering,
  type Browser,
  type Connected,
  codeOn,
  idpEntityId,
  idpUrl,
  openWorld,
  respond,
  type Started,
  type World,
} from './world.ts'

/** One change to a sign-in that would work; what is sent, or the parts of it that differ. */
interface Bad {
  readonly code: string
  readonly answering?: Partial<Answering>
  readonly edit?: (xml: string) => string
  readonly status?: number
}

const within = (changes: Answering['changes']) => ({ changes: changes ?? {} })
const tomorrow = new Date(Date.now() + 86_400_000).toISOString()

const bad: readonly Bad[] = [
  { code: 'saml_malformed', edit: xml => xml.replace('</', '<!-- --></') },
  {
    code: 'saml_idp_error',
    answering: within({
      status:
        '<P:Status><P:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"/><P:StatusMessage>Not assigned</P:StatusMessage></P:Status>',
    }),
  },
  { code: 'saml_unsigned', edit: xml => xml.replace(/<ds:Signature[ >].*<\/ds:Signature>/s, '') },
  {
    code: 'saml_weak_algorithm',
    answering: { making: { signing: { method: `${ds}rsa-sha1`, digest: `${ds}sha1` } } },
  },
  { code: 'saml_wrong_certificate', answering: { making: { signing: { key: attacker } } } },
  { code: 'saml_bad_signature', edit: xml => xml.replaceAll('ada@acme.test', 'eve@acme.test') },
  {
    code: 'saml_decryption_failed',
    answering: { making: { signed: 'response', encryption: { recipient: sp } } },
  },
  { code: 'saml_issuer_mismatch', answering: within({ issuer: 'https://idp.test/other' }) },
  { code: 'saml_audience_missing', answering: within({ audience: '' }) },
  {
    code: 'saml_audience_mismatch',
    answering: within({
      audience: '<A:AudienceRestriction><A:Audience>https://other.test</A:Audience></A:AudienceRestriction>',
    }),
  },
  {
    code: 'saml_destination_mismatch',
    answering: within({ destination: ' Destination="https://other.test/acs"' }),
  },
  {
    code: 'saml_expired',
    answering: within({
      conditionsTimes: ` NotBefore="2020-01-01T00:00:00Z" NotOnOrAfter="2020-01-01T00:05:00Z"`,
    }),
  },
  {
    code: 'saml_not_yet_valid',
    answering: within({ issueInstant: tomorrow }),
  },
  { code: 'saml_invalid_assertion', answering: within({ authn: '' }) },
  { code: 'saml_email_missing', answering: { nameId: 'A1', attributes: [] } },
  { code: 'saml_ambiguous_email', answering: { attributes: [['email', 'ada@acme.test', 'eve@acme.test']] } },
  { code: 'saml_email_invalid', answering: { attributes: [['email', 'ada@@acme.test']] } },
  { code: 'saml_domain_not_allowed', answering: { email: 'ada@other.test' } },
  { code: 'saml_jit_disabled', answering: { email: 'new@acme.test' } },
]

describe('refusals of POST /saml/{domain}/acs', () => {
  eachDatabase((_, open) => {
    let world: World
    let domain: Connected
    beforeAll(async () => {
      world = await openWorld(await open())
      domain = await world.connect('acme.test')
      await world.addMember(domain.organizationId, 'ada@acme.test')
    })

    const begin = async (): Promise<{ browser: Browser; started: Started }> => {
      const browser = world.browser()
      return { browser, started: await browser.start(`/saml/${domain.id}/login`) }
    }
    const fieldsOf = ({ requestId, relayState }: Started, answering: Partial<Answering> = {}) => ({
      SAMLResponse: respond(world, domain, { requestId, ...answering }),
      RelayState: relayState,
    })
    /** The page, the row that it points to, and that nothing else has come of it. */
    const expectRefused = async (response: Response, code: string, status = 400) => {
      expect(response.status).toBe(status)
      expect(response.headers.getSetCookie()).toEqual([])
      const page = await response.text()
      const traceId = response.headers.get('x-request-id')
      expect(page).toContain(`<code>${code}</code>`)
      expect(page).toContain(`<code>${traceId}</code>`)
      const [row] = await world.logOf(domain)
      expect(row).toMatchObject({ outcome: 'refused', code, trace_id: traceId, person_id: null })
      const steps = JSON.parse(row?.steps ?? '[]') as { outcome: string; expected: string; got: string }[]
      const failed = steps.filter(step => step.outcome === 'failed')
      expect(failed).toMatchObject([
        {
          name: expect.any(String),
          outcome: 'failed',
          expected: expect.any(String),
          got: expect.any(String),
        },
      ])
      expect(await world.ctx.db.selectFrom('sessions').selectAll().execute()).toEqual([])
      return { row, page }
    }

    it.each(bad)('$code', async ({ code, answering, edit, status }) => {
      const { browser, started } = await begin()
      const fields = fieldsOf(started, answering)
      const xml = Buffer.from(fields.SAMLResponse, 'base64').toString()
      const sent = edit ? Buffer.from(edit(xml)).toString('base64') : fields.SAMLResponse
      const response = await browser.answer(domain, { ...fields, SAMLResponse: sent })
      const { row } = await expectRefused(response, code, status)
      expect(row?.response_xml).toBe(Buffer.from(sent, 'base64').toString())
    })

    it('saml_malformed: whatever is no form with one SAMLResponse', async () => {
      const path = `/saml/${domain.id}/acs`
      const type = { 'Content-Type': 'application/x-www-form-urlencoded' }
      const posts = [
        { body: '', headers: type },
        { body: 'SAMLResponse=a&SAMLResponse=b', headers: type },
        { body: 'SAMLResponse=%25%25', headers: type },
        { body: '{}', headers: { 'Content-Type': 'application/json' } },
        { body: 'SAMLResponse=AAAA', headers: { 'Content-Type': 'text/plain' } },
        { body: 'SAMLResponse=/w==', headers: type },
      ]
      for (const post of posts) {
        const response = await world.browser().ask(path, { method: 'POST', ...post })
        await expectRefused(response, 'saml_malformed')
      }
    })

    it('saml_too_large: 413, and the log knows', async () => {
      const body = `SAMLResponse=${'A'.repeat(513 * 1024)}`
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
      const post = { method: 'POST', body, headers }
      await expectRefused(await world.browser().ask(`/saml/${domain.id}/acs`, post), 'saml_too_large', 413)
    })

    it('saml_recipient_mismatch', async () => {
      const { browser, started } = await begin()
      const good = respond(world, domain, { requestId: started.requestId })
      expect(good).not.toBe('')
      const confirmation = `<A:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><A:SubjectConfirmationData InResponseTo="${started.requestId}" NotOnOrAfter="${tomorrow}" Recipient="https://other.test/acs"/></A:SubjectConfirmation>`
      const fields = fieldsOf(started, { changes: { confirmation } })
      await expectRefused(await browser.answer(domain, fields), 'saml_recipient_mismatch')
    })

    it('saml_not_configured: 404, without a domain or without its SAML', async () => {
      const { started } = await begin()
      for (const id of [newId(), 'no-id', domain.id.slice(0, -1)]) {
        const response = await world.browser().answer({ ...domain, id }, fieldsOf(started))
        expect(response.status).toBe(404)
        expect(await codeOn(response)).toBe('saml_not_configured')
      }
      const operator = operatorCaller(domain.organizationId)
      const { id } = await addDomain(world.ctx, operator, { name: 'bare.test', verified: true })
      const bare = { ...domain, id }
      const response = await world.browser().answer(bare, fieldsOf(started))
      expect(response.status).toBe(404)
      expect(await world.logOf(bare)).toMatchObject([{ code: 'saml_not_configured' }])
    })

    it('saml_domain_unverified: its owner is not proven yet', async () => {
      const saml = { samlEntityId: idpEntityId, samlSsoUrl: idpUrl, samlCert: idp.certificate }
      const operator = operatorCaller(domain.organizationId)
      const { id } = await addDomain(world.ctx, operator, { name: 'claimed.test', ...saml })
      const claimed = { ...domain, id }
      const { started } = await begin()
      expect(await codeOn(await world.browser().answer(claimed, fieldsOf(started)))).toBe(
        'saml_domain_unverified',
      )
      expect(await codeOn(await world.browser().ask(`/saml/${id}/login`))).toBe('saml_domain_unverified')
    })

    it('saml_unsolicited_disabled: offers to start from our side', async () => {
      const SAMLResponse = respond(world, domain, { requestId: null })
      const { row, page } = await expectRefused(
        await world.browser().answer(domain, { SAMLResponse }),
        'saml_unsolicited_disabled',
      )
      expect(row?.kind).toBe('idp')
      expect(page).toContain(`href="/saml/${domain.id}/login"`)
    })

    it('saml_unsolicited_disabled: an answer that was stripped of what it answers answers nothing', async () => {
      const { browser, started } = await begin()
      const fields = fieldsOf(started, { requestId: null })
      await expectRefused(await browser.answer(domain, fields), 'saml_unsolicited_disabled')
    })

    it('saml_request_unknown: never made, run out, or named by another RelayState', async () => {
      const { browser, started } = await begin()
      const other = await browser.start(`/saml/${domain.id}/login`)
      const mixed = [
        fieldsOf({ ...started, requestId: '_never' }),
        fieldsOf({ ...started, relayState: 'never' }),
        fieldsOf({ ...started, relayState: other.relayState }),
        { SAMLResponse: fieldsOf(started).SAMLResponse },
      ]
      for (const fields of mixed as Record<string, string>[]) {
        await expectRefused(await browser.answer(domain, fields), 'saml_request_unknown')
      }
      world.ctx.clock.advance(15 * 60_000 + 1000)
      await expectRefused(await browser.answer(domain, fieldsOf(started)), 'saml_request_unknown')
    })

    it('saml_browser_mismatch: another browser, or one without the cookie', async () => {
      const { started } = await begin()
      const { browser: another } = await begin()
      await expectRefused(await another.answer(domain, fieldsOf(started)), 'saml_browser_mismatch')
      await expectRefused(await world.browser().answer(domain, fieldsOf(started)), 'saml_browser_mismatch')
    })

    it('saml_user_deactivated', async () => {
      const personId = await world.addMember(domain.organizationId, 'gone@acme.test')
      const now = world.ctx.now().toISOString()
      await updateMember(world.ctx.db, domain.organizationId, {
        personId,
        status: 'suspended',
        updated_at: now,
      })
      const { browser, started } = await begin()
      const fields = fieldsOf(started, { email: 'gone@acme.test' })
      await expectRefused(await browser.answer(domain, fields), 'saml_user_deactivated')
    })

    it('shows nothing of the document on the page or in a header', async () => {
      const evil = '"><img src=x onerror=alert(1)>&#13;&#10;Set-Cookie: a=b'
      const escaped = evil.replaceAll('&#13;&#10;', '&#10;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
      for (const answering of [
        within({ issuer: escaped }),
        { attributes: [['email', escaped]] as const },
        within({
          status: `<P:Status><P:StatusCode Value="${escaped}"/><P:StatusMessage>${escaped}</P:StatusMessage></P:Status>`,
        }),
      ]) {
        const { browser, started } = await begin()
        const response = await browser.answer(domain, fieldsOf(started, answering))
        expect([...response.headers].join()).not.toContain('onerror')
        expect(await response.text()).not.toContain('onerror')
        const [row] = await world.logOf(domain)
        expect(row?.outcome).toBe('refused')
      }
    })

    it('has a strict policy on its page, and counts against nobody', async () => {
      const response = await world.browser().answer(domain, { SAMLResponse: 'AAAA' })
      const policy = response.headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toContain('unsafe')
      expect(policy).not.toContain('script-src')
      expect(response.headers.get('cache-control')).toBe('no-store')
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      expect(response.headers.get('access-control-allow-origin')).toBeNull()
    })
  })
})
