// The set-up guides: for every identity provider our values at the steps where they are pasted, and its forms drawn.
import { describe, expect, it } from 'vitest'
import {
  type ProviderId,
  providers,
  samlSteps,
  scimSteps,
} from '../../../../src/http/console/domains/providers/providers.ts'
import type { DomainObject } from '../../../../src/manage/domains/view.ts'

const site = 'https://id.example.com'
const id = '0198c0de-1111-7222-8333-444455556666'
const acsUrl = `${site}/saml/${id}/acs`
const baseUrl = `${site}/scim/v2/${id}`
const at = '2026-01-01T00:00:00.000Z'

const scimToken = { id: 'x', hint: 'ab12', created_at: at, expires_at: null, last_used_at: null }

const domain: DomainObject = {
  id,
  domain: 'acme.test',
  is_verified: true,
  verified_at: at,
  verification_challenge: null,
  verification_record: null,
  last_checked_at: null,
  verification_lost_at: null,
  jit_provisioning_enabled: false,
  sso_enforcement: '',
  saml_entity_id: null,
  saml_acs_url: null,
  saml_x509_cert: null,
  saml_sso_binding: 'redirect',
  saml_sign_requests: false,
  saml_idp_initiated_enabled: false,
  saml_metadata_url: null,
  saml_attribute_mapping: null,
  saml_role_mapping: null,
  scim_enabled: true,
  scim_profile: 'default',
  scim_foreign_addresses: 'allow',
  scim_require_if_match: false,
  scim_unknown_members: 'refuse',
  has_saml: false,
  saml_certificates: [],
  saml_sp_entity_id: `${site}/saml/${id}/metadata`,
  saml_sp_acs_url: acsUrl,
  saml_sp_metadata_url: `${site}/saml/${id}/metadata`,
  saml_login_url: `${site}/saml/${id}/login`,
  saml_metadata_refreshed_at: null,
  has_scim: true,
  scim_base_url: baseUrl,
  scim_bearer_token: null,
  scim_tokens: [scimToken],
  created_at: at,
  updated_at: at,
}

const ids: readonly ProviderId[] = providers.map(each => each.id)
const guideOf = async (provider: ProviderId, of: DomainObject = domain, token: string | null = null) => ({
  saml: String(await samlSteps(provider, of)),
  scim: String(await scimSteps(provider, of, token)),
})
const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(match => match[1] ?? '')
/** What is there to copy, as it is pasted. */
const toCopy = (html: string) =>
  found(html, /<code id="[^"]+">([^<]*)<\/code>/g).map(text =>
    text.replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
  )

describe('providers', () => {
  it('are nine, the unknown one last', () => {
    expect(providers.map(({ name }) => name)).toEqual([
      'Okta',
      'Entra ID',
      'Google Workspace',
      'OneLogin',
      'JumpCloud',
      'PingOne',
      'AD FS',
      'Keycloak',
      'Another one',
    ])
  })

  describe.each(ids)('%s', provider => {
    it('has all of our SAML values to copy', async () => {
      const values = toCopy((await guideOf(provider)).saml)
      expect(values).toEqual(
        expect.arrayContaining([
          domain.saml_sp_entity_id,
          acsUrl,
          domain.saml_sp_metadata_url,
          domain.saml_login_url,
          'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
        ]),
      )
    })

    it('names what comes back to us, and the address among what it sends', async () => {
      const { saml } = await guideOf(provider)
      expect(saml).toContain('comes back to us')
      expect(saml).toMatch(/email|E-Mail/)
    })

    it('has the base URL to copy, and the token when it has just been made', async () => {
      const { scim } = await guideOf(provider, domain, 'clear-token')
      expect(toCopy(scim)).toEqual(expect.arrayContaining([baseUrl, 'clear-token']))
    })

    it('says which token it is where it is not shown any more', async () => {
      const { scim } = await guideOf(provider)
      expect(toCopy(scim)).not.toContain('ab12')
      expect(scim).toContain('…ab12')
    })

    it('says what to do where there is no token, and where SCIM is off', async () => {
      expect((await guideOf(provider, { ...domain, scim_tokens: [] })).scim).toContain('no token yet')
      const off = { ...domain, scim_enabled: false, scim_base_url: null, scim_tokens: [] }
      expect((await guideOf(provider, off)).scim).toContain('as soon as SCIM is switched on')
    })

    it('gives every value a button and an id of its own', async () => {
      const { saml, scim } = await guideOf(provider, domain, 'clear-token')
      const named = found(saml + scim, /<code id="([^"]+)"/g)
      expect(new Set(named).size).toBe(named.length)
      expect(found(saml + scim, /data-copy="([^"]+)"/g)).toEqual(named)
    })

    it('draws each form with the marks of its fields', async () => {
      const { saml, scim } = await guideOf(provider)
      const forms = found(saml + scim, /<div class="their-form">(.*?)<\/svg>/gs)
      expect(forms.length).toBeGreaterThan(2)
      for (const form of forms) {
        const [list = '', drawing = ''] = form.split('<svg')
        expect(drawing).toMatch(
          /^ class="drawing" viewBox="0 0 320 [\d.]+" role="img" aria-label="[^"]{20,}"/,
        )
        const marks = found(list, /<b class="mark(?: back)?">([^<]+)</g)
        expect(marks.length).toBeGreaterThan(0)
        expect(found(drawing, /<text class="number"[^>]*>([^<]+)</g)).toEqual(marks)
        for (const text of found(drawing, /<text [^>]*>([^<]*)</g)) expect(text.length).toBeLessThan(60)
      }
    })

    it('is written to its end, and light', async () => {
      const { saml, scim } = await guideOf(provider)
      const text = (saml + scim).replaceAll(/<[^>]*>/g, ' ')
      expect(text).not.toMatch(/TODO|TBD|lorem|undefined|\[object|`/i)
      for (const words of found(saml + scim, /<p>(.*?)<\/p>/g)) expect(words).not.toContain('&quot;')
      expect(saml.length + scim.length).toBeLessThan(20_000)
    })
  })

  it.each(['google', 'adfs', 'keycloak'] as const)(
    '%s cannot push, and there is what to do instead',
    async provider => {
      const { scim } = await guideOf(provider)
      expect(scim).toContain('What to do instead:')
      expect(scim).toContain('just-in-time')
    },
  )

  it('show nothing of what identity providers say, and make strange values inert', async () => {
    const evil = '"><script>alert(1)</script>'
    const hostile: DomainObject = {
      ...domain,
      domain: evil,
      saml_entity_id: `https://evil.test/${evil}`,
      saml_acs_url: evil,
      saml_metadata_url: evil,
      saml_sp_acs_url: `${acsUrl}${evil}`,
      scim_base_url: `${baseUrl}${evil}`,
      scim_tokens: [{ ...scimToken, hint: evil }],
    }
    for (const provider of ids) {
      const { saml, scim } = await guideOf(provider, hostile)
      expect(saml + scim).not.toContain('<script')
      expect(saml + scim).not.toContain('evil.test')
      expect(await guideOf(provider, hostile, evil)).toMatchObject({
        scim: expect.not.stringContaining('<script'),
      })
    }
  })

  it('give OneLogin a pattern of our ACS URL alone, and a template that is JSON', async () => {
    const { saml, scim } = await guideOf('onelogin')
    const pattern = new RegExp(toCopy(saml).find(text => text.startsWith('^')) ?? '')
    expect(pattern.test(acsUrl)).toBe(true)
    expect(
      [`${acsUrl}/x`, `https://evil.test/?${acsUrl}`, acsUrl.replace('.com', '-com')].some(url =>
        pattern.test(url),
      ),
    ).toBe(false)
    expect(JSON.parse(toCopy(scim).find(text => text.startsWith('{')) ?? '')).toMatchObject({
      userName: '{$parameters.scimusername}',
    })
  })

  it('give AD FS the command that signs what it encrypts', async () => {
    expect(toCopy((await guideOf('adfs')).saml)).toContain(
      `Set-AdfsRelyingPartyTrust -TargetIdentifier "${domain.saml_sp_entity_id}" -SamlResponseSignature MessageAndAssertion`,
    )
  })
})
