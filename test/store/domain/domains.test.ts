// The rows of domains: what a sign-in that worked says of settings that are others by then.
import { describe, expect, it } from 'vitest'
import { findDomain, markSamlTested, replaceDomain } from '../../../src/store/domain/domains.ts'
import { eachDatabase } from '../../database.ts'
import { openSurface } from '../../http/scim/surface.ts'
import { pemOf } from '../../saml/metadata-documents.ts'

describe('the rows of domains', () => {
  eachDatabase((_, open) => {
    it('are marked as tested by a sign-in with these very settings', async () => {
      const db = await open()
      const { tenant, addDomain } = await openSurface(db)
      const { domain } = await addDomain(tenant.organizationId, 'tested.test', {
        samlEntityId: 'https://idp.test',
        samlSsoUrl: 'https://idp.test/sso',
        samlCertificates: pemOf('rsa-2048'),
      })
      const now = '2026-01-01T00:00:00.000Z'
      const tested = async () => (await findDomain(db, tenant.organizationId, domain.id))?.samlTestedAt
      const changed = { ...domain, samlAttributeMapping: { email: ['displayName'] } }
      await replaceDomain(db, changed)
      await markSamlTested(db, domain, now)
      expect(await tested()).toBeNull()
      await markSamlTested(db, changed, now)
      expect(await tested()).toBe(now)
      await replaceDomain(db, domain)
      await markSamlTested(db, { ...domain, samlSsoUrl: 'https://idp.test/other' }, now)
      expect(await tested()).toBeNull()
      await markSamlTested(db, domain, now)
      expect(await tested()).toBe(now)
    })
  })
})
