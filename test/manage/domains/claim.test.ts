// What the command line does with domains; the API's rules are in test/http/api.
import { beforeAll, describe, expect, it } from 'vitest'
import { type Caller, operatorCaller } from '../../../src/manage/caller.ts'
import { addDomain } from '../../../src/manage/domains/claim.ts'
import { bootstrap } from '../../../src/manage/organizations/bootstrap.ts'
import { type TestContext, testContext } from '../../context.ts'
import { eachDatabase } from '../../database.ts'
import { pemOf } from '../../saml/metadata-documents.ts'

describe('domains, the operator’s way', () => {
  eachDatabase((_, open) => {
    let ctx: TestContext
    let operator: Caller
    let other: Caller
    beforeAll(async () => {
      ctx = testContext(await open())
      const found = async (organization: string) =>
        operatorCaller((await bootstrap(ctx, { organization, owner: 'ada@acme.test' })).organization_id)
      operator = await found('Acme')
      other = await found('Other')
    })

    it('adds a verified domain with everything in one go', async () => {
      const domain = await addDomain(ctx, operator, {
        name: 'Acme.test',
        verified: true,
        scim: true,
        jit: true,
        samlEntityId: 'urn:idp',
        samlSsoUrl: 'https://idp.test/sso',
        samlCert: pemOf('rsa-2048'),
        idpInitiated: true,
      })
      expect(domain).toMatchObject({
        domain: 'acme.test',
        is_verified: true,
        jit_provisioning_enabled: true,
        has_saml: true,
        saml_idp_initiated_enabled: true,
        has_scim: true,
        scim_bearer_token: expect.any(String),
      })
      const audited = await ctx.db
        .selectFrom('audit')
        .select(['actor_type', 'changes'])
        .where('target_id', '=', domain.id)
        .execute()
      expect(audited).toMatchObject([
        {
          actor_type: 'operator',
          changes: expect.stringContaining('"verified_by":{"before":null,"after":"operator"}'),
        },
      ])
    })

    it('refuses a verified domain that another organization holds verified', async () => {
      await expect(addDomain(ctx, other, { name: 'acme.test', verified: true })).rejects.toMatchObject({
        code: 'domain_taken',
      })
      await expect(addDomain(ctx, operator, { name: 'acme.test', verified: true })).rejects.toMatchObject({
        code: 'unique',
      })
    })

    it('lets one of two organizations have it that take it at once', async () => {
      const both = await Promise.allSettled(
        [operator, other].map(caller => addDomain(ctx, caller, { name: 'rush.test', verified: true })),
      )
      expect(both.map(result => result.status).sort()).toEqual(['fulfilled', 'rejected'])
      const [lost] = both.filter(result => result.status === 'rejected')
      expect(lost?.reason).toMatchObject({ code: 'domain_taken' })
    })

    it('needs --verified for SCIM and just-in-time provisioning', async () => {
      await expect(addDomain(ctx, operator, { name: 'a.test', scim: true })).rejects.toMatchObject({
        code: 'verification_required',
        attr: 'scim_enabled',
      })
      await expect(addDomain(ctx, operator, { name: 'a.test', samlCert: 'garbage' })).rejects.toMatchObject({
        code: 'invalid_input',
      })
    })
  })
})
