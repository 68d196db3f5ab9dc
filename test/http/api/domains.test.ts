// Section 3 of the Organizations API: listing, claiming and giving up domains, and what each level sees of them.
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../src/base/id.ts'
import { operatorCaller } from '../../../src/manage/caller.ts'
import { addDomain } from '../../../src/manage/domains/claim.ts'
import { insertSession } from '../../../src/store/sign-in/sessions.ts'
import { eachDatabase } from '../../database.ts'
import { pemOf } from '../../saml/metadata-documents.ts'
import { type Client, errorOf, type Installation, install, invalid } from './client.ts'

const fields = [
  ...['id', 'domain', 'is_verified', 'verified_at', 'verification_challenge', 'verification_record'],
  ...['last_checked_at', 'verification_lost_at', 'jit_provisioning_enabled', 'sso_enforcement', 'has_saml'],
  ...['saml_entity_id', 'saml_acs_url', 'saml_x509_cert', 'saml_certificates', 'saml_sp_entity_id'],
  ...['saml_sp_acs_url', 'saml_sp_metadata_url', 'saml_login_url', 'saml_idp_initiated_enabled'],
  ...[
    'saml_sso_binding',
    'saml_sign_requests',
    'saml_metadata_url',
    'saml_metadata_refreshed_at',
    'saml_attribute_mapping',
    'saml_role_mapping',
  ],
  ...['scim_enabled', 'has_scim', 'scim_base_url', 'scim_bearer_token', 'scim_tokens', 'created_at'],
  ...[
    'updated_at',
    'scim_profile',
    'scim_foreign_addresses',
    'scim_require_if_match',
    'scim_unknown_members',
  ],
]

describe('domains', () => {
  eachDatabase((_, open) => {
    let installation: Installation
    let owner: Client
    let base: string
    beforeAll(async () => {
      installation = await install(await open())
      owner = installation.owner
      base = `/api/organizations/${installation.organizationId}/domains`
    })

    it('POST /domains: 201 with every field of the table, unverified', async () => {
      const { status, body } = await owner('POST', base, { body: { domain: 'fields.test' } })
      expect(status).toBe(201)
      expect(Object.keys(body).sort()).toEqual(fields.sort())
      const id = body.id
      const url = `http://127.0.0.1:3000/saml/${id}`
      expect(body).toMatchObject({
        domain: 'fields.test',
        is_verified: false,
        verified_at: null,
        verification_challenge: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
        verification_record: {
          type: 'TXT',
          name: '_gatehouse-challenge.fields.test',
          value: body.verification_challenge,
        },
        sso_enforcement: '',
        has_saml: false,
        saml_certificates: [],
        saml_sp_entity_id: `${url}/metadata`,
        saml_sp_acs_url: `${url}/acs`,
        saml_sp_metadata_url: `${url}/metadata`,
        saml_login_url: `${url}/login`,
        scim_enabled: false,
        has_scim: false,
        scim_base_url: null,
        scim_bearer_token: null,
        scim_tokens: [],
      })
    })

    it('POST /domains: drops what needs verification and keeps the SAML fields', async () => {
      const { status, body } = await owner('POST', base, {
        body: {
          domain: 'kept.test',
          jit_provisioning_enabled: 'nonsense',
          sso_enforcement: 'saml',
          scim_enabled: true,
          is_verified: true,
          id: 'mine',
          saml_entity_id: 'https://idp.test',
          saml_acs_url: 'https://idp.test/sso',
          saml_x509_cert: pemOf('rsa-2048').replaceAll('\n', '\r\n'),
        },
      })
      expect(status).toBe(201)
      expect(body).toMatchObject({
        is_verified: false,
        jit_provisioning_enabled: false,
        sso_enforcement: '',
        scim_enabled: false,
        saml_entity_id: 'https://idp.test',
        saml_acs_url: 'https://idp.test/sso',
        saml_x509_cert: pemOf('rsa-2048'),
        has_saml: true,
        saml_certificates: [
          { key_type: 'rsa-2048', fingerprint_sha256: expect.stringMatching(/^([0-9A-F]{2}:){31}/) },
        ],
      })
    })

    it.each([
      [{}, 'required'],
      [{ domain: null }, 'null'],
      [{ domain: '' }, 'blank'],
      [{ domain: '  ' }, 'blank'],
      [{ domain: 7 }, 'invalid_input'],
      [{ domain: ['a.test'] }, 'invalid_input'],
      [{ domain: `${'a'.repeat(250)}.test` }, 'max_length'],
      [{ domain: 'https://acme.test' }, 'invalid_input'],
      [{ domain: 'ada@acme.test' }, 'invalid_input'],
      [{ domain: '192.0.2.1' }, 'invalid_input'],
      [{ domain: 'co.uk' }, 'invalid_input'],
      [{ domain: 'a_b.test' }, 'invalid_input'],
      [{ domain: 'a\u0000.test' }, 'invalid_input'],
    ])('POST /domains: refuses %j', async (body, code) => {
      expect(errorOf(await owner('POST', base, { body }))).toEqual(invalid(code, 'domain'))
    })

    it('POST /domains: the name is trimmed, lower-cased and stored in its ASCII form', async () => {
      const { body } = await owner('POST', base, { body: { domain: '  BÜCHER.Example. ' } })
      expect(body.domain).toBe('xn--bcher-kva.example')
    })

    it('POST /domains: a name that the organization has is `unique`, before any error of a later field', async () => {
      await owner('POST', base, { body: { domain: 'twice.test' } })
      const again = await owner('POST', base, { body: { domain: 'TWICE.test', saml_acs_url: 'ftp://no' } })
      expect(errorOf(again)).toEqual(invalid('unique', 'domain'))
    })

    it('POST /domains: of the same name twice at once one is made', async () => {
      const both = await Promise.all(
        [1, 2, 3].map(() => owner('POST', base, { body: { domain: 'race.test' } })),
      )
      expect(both.map(answer => answer.status).sort()).toEqual([201, 400, 400])
    })

    it('POST /domains: a name that another organization holds verified is 201', async () => {
      const other = await installation.another()
      await addDomain(installation.ctx, operatorCaller(other.organizationId), {
        name: 'held.test',
        verified: true,
      })
      expect((await owner('POST', base, { body: { domain: 'held.test' } })).status).toBe(201)
    })

    it('GET /domains: ordered by the byte value of the name, a page of them', async () => {
      const { organizationId, owner } = await installation.another()
      const path = `/api/organizations/${organizationId}/domains`
      for (const domain of ['b.test', 'a-b.test', 'a.test', 'ab.test'])
        await owner('POST', path, { body: { domain } })
      const { body } = await owner('GET', `${path}?limit=3`)
      expect(body).toMatchObject({
        count: 4,
        next: `http://127.0.0.1:3000${path}?limit=3&offset=3`,
        previous: null,
        results: [{ domain: 'a-b.test' }, { domain: 'a.test' }, { domain: 'ab.test' }],
      })
    })

    it('GET /domains/{id}: an upper-case id is found, a malformed one is missing', async () => {
      const { body: made } = await owner('POST', base, { body: { domain: 'case.test' } })
      const { status, body } = await owner('GET', `${base}/${String(made.id).toUpperCase()}/`)
      expect([status, body.id]).toEqual([200, made.id])
      for (const id of ['7', 'x'.repeat(3000), `${made.id}0`, '%00', '@current'])
        expect((await owner('GET', `${base}/${id}`)).status).toBe(404)
    })

    it('GET /domains/{id}: members below admin see neither the challenge nor the record', async () => {
      const { body: made } = await owner('POST', base, { body: { domain: 'seen.test' } })
      const member = await installation.memberOf(installation.organizationId, 1)
      const { status, body } = await member('GET', `${base}/${made.id}`)
      expect(status).toBe(200)
      expect(body).toMatchObject({ verification_challenge: null, verification_record: null })
      const admin = await installation.memberOf(installation.organizationId, 8)
      expect((await admin('GET', `${base}/${made.id}`)).body.verification_challenge).toBe(
        made.verification_challenge,
      )
    })

    it('DELETE /domains/{id}: 204, then gone; sessions that came in through its SAML end, others stay', async () => {
      const { ctx, organizationId, ownerId } = installation
      const { body: made } = await owner('POST', base, { body: { domain: 'gone.test' } })
      const session = {
        person_id: ownerId,
        organization_id: organizationId,
        method: 'saml' as const,
        signed_in_at: '2026-01-01T00:00:00.000Z',
      }
      const through = async (domainId: string | null) => {
        const id = newId()
        const expires_at = '2036-01-01T00:00:00.000Z'
        await insertSession(ctx.db, { ...session, id, digest: id, domain_id: domainId, expires_at })
        return id
      }
      await through(String(made.id))
      const other = await through(null)
      expect((await owner('DELETE', `${base}/${made.id}`)).status).toBe(204)
      expect((await owner('GET', `${base}/${made.id}`)).status).toBe(404)
      expect((await owner('DELETE', `${base}/${made.id}`)).status).toBe(404)
      expect(await ctx.db.selectFrom('sessions').select('id').execute()).toEqual([{ id: other }])
    })

    it('POST /domains/{id}/verify: a failed check is 200 and says what was seen; once in 5 seconds; then verified, once', async () => {
      const { ctx } = installation
      const { body: made } = await owner('POST', base, { body: { domain: 'verify.test' } })
      const path = `${base}/${made.id}/verify`
      const failed = await owner('POST', path)
      expect(failed).toMatchObject({
        status: 200,
        body: {
          is_verified: false,
          last_checked_at: expect.stringMatching(/Z$/),
          verification_check: {
            outcome: 'not_found',
            name: '_gatehouse-challenge.verify.test',
            found: [],
            resolver_error: null,
            hint: expect.stringContaining('_gatehouse-challenge.verify.test'),
          },
        },
      })
      const early = await owner('POST', path, { body: {} })
      expect([early.status, early.body.code, early.headers.get('retry-after')]).toEqual([
        429,
        'throttled',
        '5',
      ])
      const value = String(made.verification_challenge)
      ctx.dns.set('_gatehouse-challenge.verify.test', { outcome: 'found', values: ['other', value] })
      ctx.clock.advance(5_000)
      expect((await owner('POST', path)).body).toMatchObject({
        is_verified: true,
        verified_at: expect.stringMatching(/Z$/),
        verification_check: { outcome: 'verified', found: ['other', value], hint: null },
      })
      expect(errorOf(await owner('POST', path))).toEqual(invalid('already_verified', null))
    })

    it('POST /domains/{id}/verify: 400 domain_taken where another organization holds the name', async () => {
      const other = await installation.another()
      const { ctx } = installation
      await addDomain(ctx, operatorCaller(other.organizationId), { name: 'spoken-for.test', verified: true })
      const { body } = await owner('POST', base, { body: { domain: 'spoken-for.test' } })
      expect(errorOf(await owner('POST', `${base}/${body.id}/verify`))).toEqual(invalid('domain_taken', null))
    })

    it('writes the audit row of each change in the words of the API', async () => {
      const { body: made } = await owner('POST', base, { body: { domain: 'audited.test' } })
      await owner('PATCH', `${base}/${made.id}`, {
        body: { saml_entity_id: 'urn:idp' },
        headers: { 'X-Request-Id': 'abc' },
      })
      await owner('DELETE', `${base}/${made.id}`)
      const log = `/api/organizations/${installation.organizationId}/audit_log?target_id=${made.id}`
      expect((await owner('GET', log)).body.results).toMatchObject([
        { action: 'domain.deleted', target: { type: 'domain', id: made.id, label: 'audited.test' } },
        {
          action: 'domain.updated',
          actor: { type: 'api_key' },
          changes: { saml_entity_id: { before: null, after: 'urn:idp' } },
          request_id: 'abc',
        },
        { action: 'domain.created' },
      ])
    })
  })
})
