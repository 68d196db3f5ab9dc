// PATCH /domains/{id}: what may be set when, and what each field takes.
import { beforeAll, describe, expect, it } from 'vitest'
import { operatorCaller } from '../../../src/manage/caller.ts'
import { addDomain } from '../../../src/manage/domains/claim.ts'
import { eachDatabase } from '../../database.ts'
import { entra, okta, pemOf } from '../../saml/metadata-documents.ts'
import { type Client, errorOf, type Installation, install, invalid } from './client.ts'

const saml = {
  saml_entity_id: 'https://idp.test',
  saml_acs_url: 'https://idp.test/sso',
  saml_x509_cert: pemOf('rsa-2048'),
}
const groups = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`group ${index}`, 1]))
let names = 0

describe('domain settings', () => {
  eachDatabase((_, open) => {
    let installation: Installation
    let owner: Client
    let base: string
    beforeAll(async () => {
      installation = await install(await open())
      owner = installation.owner
      base = `/api/organizations/${installation.organizationId}/domains`
    })

    const unverified = async () => {
      const { body } = await owner('POST', base, { body: { domain: `claimed${names++}.test` } })
      return `${base}/${body.id}`
    }
    const verified = async () => {
      const operator = operatorCaller(installation.organizationId)
      const domain = await addDomain(installation.ctx, operator, {
        name: `own${names++}.test`,
        verified: true,
      })
      return `${base}/${domain.id}`
    }
    const patch = (path: string, body: object) => owner('PATCH', path, { body })

    it.each([
      ['jit_provisioning_enabled', true],
      ['jit_provisioning_enabled', false],
      ['jit_provisioning_enabled', null],
      ['jit_provisioning_enabled', 'nonsense'],
      ['sso_enforcement', 'saml'],
      ['sso_enforcement', ''],
      ['scim_enabled', true],
      ['scim_enabled', false],
    ])('PATCH /domains/{id}: %s: %j while unverified is verification_required', async (field, value) => {
      const path = await unverified()
      expect(errorOf(await patch(path, { [field]: value }))).toEqual(invalid('verification_required', field))
    })

    it('PATCH /domains/{id}: nothing of a refused body is kept', async () => {
      const path = await unverified()
      await patch(path, { ...saml, scim_enabled: true })
      expect((await owner('GET', path)).body.saml_entity_id).toBeNull()
    })

    it('PATCH /domains/{id}: the first error is that of the first field of the table', async () => {
      const path = await unverified()
      const all = {
        scim_enabled: true,
        saml_x509_cert: 'no',
        saml_acs_url: 'no',
        jit_provisioning_enabled: true,
      }
      expect((await patch(path, all)).body.attr).toBe('jit_provisioning_enabled')
      const { jit_provisioning_enabled: _, ...rest } = all
      expect((await patch(path, rest)).body.attr).toBe('saml_acs_url')
      expect((await patch(path, { scim_enabled: true, saml_x509_cert: 'no' })).body.attr).toBe(
        'saml_x509_cert',
      )
    })

    it('PATCH /domains/{id}: SAML fields are allowed while unverified; `domain` and read-only fields are ignored', async () => {
      const path = await unverified()
      const before = (await owner('GET', path)).body
      const { status, body } = await patch(path, {
        ...saml,
        domain: 'other.test',
        id: 'x',
        is_verified: true,
        has_saml: false,
        scim_bearer_token: 'mine',
        nonsense: {},
      })
      expect(status).toBe(200)
      expect(body).toMatchObject({
        ...saml,
        domain: before.domain,
        id: before.id,
        is_verified: false,
        has_saml: true,
      })
      expect(body.scim_bearer_token).toBeNull()
    })

    it('PATCH /domains/{id}: an empty body changes nothing', async () => {
      const path = await verified()
      const { body: before } = await owner('GET', path)
      installation.ctx.clock.advance(1000)
      expect((await owner('PATCH', path)).body).toEqual(before)
      expect((await patch(path, { jit_provisioning_enabled: false })).body).toEqual(before)
    })

    it('PATCH /domains/{id}: null and blank clear a SAML field', async () => {
      const path = await unverified()
      await patch(path, saml)
      const { body } = await patch(path, { saml_entity_id: '', saml_acs_url: null, saml_x509_cert: ' \n' })
      expect(body).toMatchObject({
        saml_entity_id: null,
        saml_acs_url: null,
        saml_x509_cert: null,
        has_saml: false,
      })
    })

    it.each([
      ['sso_enforcement', 'password', 'invalid_choice'],
      ['sso_enforcement', 7, 'invalid_input'],
      ['sso_enforcement', null, 'null'],
      ['jit_provisioning_enabled', 'true', 'invalid_input'],
      ['jit_provisioning_enabled', null, 'null'],
      ['scim_enabled', 1, 'invalid_input'],
      ['saml_entity_id', 'x'.repeat(513), 'max_length'],
      ['saml_entity_id', 'a\u0000b', 'invalid_input'],
      ['saml_entity_id', '\ud800', 'invalid_input'],
      ['saml_entity_id', {}, 'invalid_input'],
      ['saml_acs_url', 'http://idp.test/sso', 'invalid_input'],
      ['saml_acs_url', 'javascript:alert(1)', 'invalid_input'],
      ['saml_acs_url', 'https://a:b@idp.test/', 'invalid_input'],
      ['saml_acs_url', 'https://idp.te\r\nst/sso', 'invalid_input'],
      ['saml_acs_url', 'https://idp.test/s so', 'invalid_input'],
      ['saml_acs_url', 'https://idp.test/\u0001', 'invalid_input'],
      ['saml_acs_url', 'https:idp.test', 'invalid_input'],
      ['saml_acs_url', 'https:\\\\idp.test\\sso', 'invalid_input'],
      ['saml_acs_url', `https://idp.test/${'x'.repeat(512)}`, 'max_length'],
      ['saml_x509_cert', 'garbage', 'invalid_input'],
      ['saml_x509_cert', pemOf('rsa-1024'), 'invalid_input'],
      ['saml_x509_cert', pemOf('ed25519'), 'invalid_input'],
      ['saml_x509_cert', 'x'.repeat(65_537), 'max_length'],
      ['saml_idp_initiated_enabled', null, 'null'],
      ['saml_metadata', '<nonsense/>', 'invalid_input'],
      ['saml_metadata', okta.replace('http://www.okta.com/exk1', 'x'.repeat(513)), 'invalid_input'],
      ['saml_metadata', 'http://idp.test/metadata', 'invalid_input'],
      ['saml_metadata', 'https://nowhere.test/metadata', 'invalid_input'],
      ['saml_attribute_mapping', { email: 7 }, 'invalid_input'],
      ['saml_attribute_mapping', 'email', 'invalid_input'],
      ['saml_role_mapping', { admins: 9 }, 'invalid_choice'],
      ['saml_role_mapping', { admins: 15 }, 'invalid_choice'],
      ['saml_role_mapping', { admins: 'owner' }, 'invalid_input'],
      ['saml_role_mapping', [], 'invalid_input'],
      ['saml_role_mapping', { '\ud800': 1 }, 'invalid_input'],
      ['saml_role_mapping', { ['x'.repeat(513)]: 1 }, 'invalid_input'],
      ['saml_role_mapping', groups(1001), 'max_length'],
      ['saml_attribute_mapping', { email: ['a\u0000b'] }, 'invalid_input'],
      ['saml_metadata', 'https://idp.test/\nmetadata', 'invalid_input'],
      ['scim_profile', 'nonsense', 'invalid_choice'],
      ['scim_require_if_match', 'yes', 'invalid_input'],
      ['scim_unknown_members', 'keep', 'invalid_choice'],
    ])('PATCH /domains/{id}: %s refuses %.60j with %s', async (field, value, code) => {
      const answer = await patch(await verified(), { [field]: value })
      expect(errorOf(answer)).toEqual(invalid(code, field))
    })

    it('PATCH /domains/{id}: a private key is refused with the advice to replace it', async () => {
      const key = '-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----'
      const { body } = await patch(await unverified(), { saml_x509_cert: key })
      expect(body.detail).toMatch(/private key/i)
    })

    it('PATCH /domains/{id}: http is allowed for loopback', async () => {
      const saml_acs_url = 'http://127.0.0.1:8080/sso'
      expect((await patch(await unverified(), { saml_acs_url })).body).toMatchObject({ saml_acs_url })
    })

    it('PATCH /domains/{id}: several certificates in one value are kept and described', async () => {
      const { body } = await patch(await unverified(), {
        saml_x509_cert: pemOf('rsa-2048') + pemOf('ec-p256'),
      })
      expect(body.saml_certificates).toMatchObject([{ key_type: 'rsa-2048' }, { key_type: 'ec-p256' }])
    })

    it('PATCH /domains/{id}: a thousand groups may be mapped', async () => {
      const saml_role_mapping = groups(1000)
      expect((await patch(await unverified(), { saml_role_mapping })).body).toMatchObject({
        saml_role_mapping,
      })
    })

    it('R82 PATCH /domains/{id}: scim_require_if_match is kept and written down', async () => {
      const path = await unverified()
      expect((await owner('GET', path)).body.scim_require_if_match).toBe(false)
      const { status, body } = await patch(path, { scim_require_if_match: true })
      expect([status, body.scim_require_if_match]).toEqual([200, true])
      expect((await owner('GET', path)).body.scim_require_if_match).toBe(true)
      const { body: audit } = await owner(
        'GET',
        `/api/organizations/${installation.organizationId}/audit_log`,
      )
      const [latest] = audit.results as object[]
      expect(latest).toMatchObject({
        action: 'domain.updated',
        changes: { scim_require_if_match: { before: false, after: true } },
      })
    })

    it('R78 PATCH /domains/{id}: scim_unknown_members is kept', async () => {
      const path = await unverified()
      expect((await owner('GET', path)).body.scim_unknown_members).toBe('refuse')
      expect((await patch(path, { scim_unknown_members: 'drop' })).status).toBe(200)
      expect((await owner('GET', path)).body.scim_unknown_members).toBe('drop')
    })

    it('PATCH /domains/{id}: the mappings are kept as given, and null clears them', async () => {
      const path = await unverified()
      const mappings = {
        saml_attribute_mapping: { email: ['mail', 'urn:oid:1'], groups: 'memberOf' },
        saml_role_mapping: { admins: 8, constructor: 1 },
      }
      expect((await patch(path, mappings)).body).toMatchObject(mappings)
      const cleared = { saml_attribute_mapping: null, saml_role_mapping: null }
      expect((await patch(path, cleared)).body).toMatchObject(cleared)
    })

    it('PATCH /domains/{id}: sso_enforcement is saml_not_configured, then saml_not_tested, then possible', async () => {
      const path = await verified()
      const enforce = { sso_enforcement: 'saml' }
      expect(errorOf(await patch(path, enforce))).toEqual(invalid('saml_not_configured', 'sso_enforcement'))
      expect(errorOf(await patch(path, { ...enforce, ...saml }))).toEqual(
        invalid('saml_not_tested', 'sso_enforcement'),
      )
      await patch(path, saml)
      await markTested(path)
      expect((await patch(path, enforce)).body).toMatchObject(enforce)
    })

    const markTested = (path: string) =>
      installation.ctx.db
        .updateTable('domains')
        .set({ saml_tested_at: '2026-01-01T00:00:00.000Z' })
        .where('id', '=', path.slice(-36))
        .execute()

    it('PATCH /domains/{id}: a test says nothing about another identity provider or only new certificates', async () => {
      for (const change of [{ saml_entity_id: 'urn:other' }, { saml_x509_cert: pemOf('ec-p256') }]) {
        const path = await verified()
        await patch(path, saml)
        await markTested(path)
        await patch(path, change)
        expect((await patch(path, { sso_enforcement: 'saml' })).body.code).toBe('saml_not_tested')
      }
    })

    it('PATCH /domains/{id}: a test says nothing about an address that is looked for elsewhere', async () => {
      const path = await verified()
      const mapped = { saml_attribute_mapping: { email: 'mail', groups: 'teams' } }
      await patch(path, { ...saml, ...mapped })
      await markTested(path)
      await patch(path, { saml_attribute_mapping: { email: ['mail'], groups: 'roles' } })
      await patch(path, { sso_enforcement: 'saml' })
      expect((await patch(path, { sso_enforcement: '' })).status).toBe(200)
      await patch(path, { saml_attribute_mapping: { email: ['displayName', 'mail'] } })
      expect((await patch(path, { sso_enforcement: 'saml' })).body.code).toBe('saml_not_tested')
    })

    it('PATCH /domains/{id}: a roll-over of certificates keeps the test', async () => {
      const path = await verified()
      await patch(path, saml)
      await markTested(path)
      await patch(path, { saml_x509_cert: pemOf('rsa-2048') + pemOf('ec-p256') })
      expect((await patch(path, { sso_enforcement: 'saml' })).status).toBe(200)
    })

    it('PATCH /domains/{id}: no SAML field can be emptied while SAML is enforced', async () => {
      const path = await verified()
      await patch(path, saml)
      await markTested(path)
      await patch(path, { sso_enforcement: 'saml' })
      const emptied = await patch(path, { saml_x509_cert: null })
      expect(errorOf(emptied)).toEqual(invalid('saml_not_configured', 'saml_x509_cert'))
      expect((await patch(path, { saml_x509_cert: null, sso_enforcement: '' })).status).toBe(200)
    })

    it('PATCH /domains/{id}: saml_metadata as XML fills the three fields', async () => {
      const { body } = await patch(await unverified(), { saml_metadata: okta })
      expect(body).toMatchObject({
        saml_entity_id: 'http://www.okta.com/exk1',
        saml_acs_url: 'https://acme.okta.com/app/exk1/sso/saml',
        saml_x509_cert: pemOf('rsa-2048'),
        has_saml: true,
        saml_metadata_url: null,
      })
      expect(body).not.toHaveProperty('saml_metadata')
    })

    it('PATCH /domains/{id}: saml_metadata as a URL is fetched and kept until a field is set by hand', async () => {
      const path = await unverified()
      const url = 'https://login.test/metadata'
      installation.ctx.pages.set(url, entra)
      const { body } = await patch(path, { saml_metadata: url })
      expect(body).toMatchObject({
        saml_entity_id: 'https://sts.windows.net/0199/',
        saml_metadata_url: url,
        saml_metadata_refreshed_at: expect.stringMatching(/Z$/),
      })
      const same = await patch(path, { saml_entity_id: body.saml_entity_id })
      expect(same.body.saml_metadata_url).toBe(url)
      expect((await patch(path, { saml_entity_id: 'urn:mine' })).body.saml_metadata_url).toBeNull()
    })

    it('PATCH /domains/{id}: saml_metadata null forgets the URL and keeps the fields', async () => {
      const path = await unverified()
      installation.ctx.pages.set('https://login.test/metadata', entra)
      await patch(path, { saml_metadata: 'https://login.test/metadata' })
      const { body } = await patch(path, { saml_metadata: null })
      expect(body).toMatchObject({ saml_metadata_url: null, has_saml: true })
    })

    it('PATCH /domains/{id}: scim_enabled true makes a token once; true again makes none; false kills every token', async () => {
      const path = await verified()
      const first = await patch(path, { scim_enabled: true })
      expect(first.body).toMatchObject({
        scim_enabled: true,
        has_scim: true,
        scim_base_url: `http://127.0.0.1:3000/scim/v2/${first.body.id}`,
        scim_bearer_token: expect.stringMatching(/\S{43,}/),
        scim_tokens: [
          { hint: String(first.body.scim_bearer_token).slice(-4), expires_at: null, last_used_at: null },
        ],
      })
      expect((await patch(path, { scim_enabled: true })).body.scim_bearer_token).toBeNull()
      expect((await owner('GET', path)).body.scim_bearer_token).toBeNull()
      await owner('POST', `${path}/scim/token`, { body: { overlap_seconds: 60 } })
      const off = await patch(path, { scim_enabled: false })
      expect(off.body).toMatchObject({ has_scim: false, scim_base_url: null, scim_tokens: [] })
      const on = await patch(path, { scim_enabled: true })
      expect(on.body.scim_tokens).toHaveLength(1)
      expect(on.body.scim_bearer_token).not.toBe(first.body.scim_bearer_token)
    })

    it('PATCH /domains/{id}: switched on twice at once, SCIM gets one token', async () => {
      const path = await verified()
      const both = await Promise.all([1, 2].map(() => patch(path, { scim_enabled: true })))
      expect(both.map(answer => answer.status)).toEqual([200, 200])
      expect(both.filter(answer => answer.body.scim_bearer_token !== null)).toHaveLength(1)
      expect((await owner('GET', path)).body.scim_tokens).toHaveLength(1)
    })
  })
})
