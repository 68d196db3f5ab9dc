// A look at what an identity provider gives, before it is saved, on both databases.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Domain } from '../../../src/domain/domain.ts'
import { operatorCaller } from '../../../src/manage/caller.ts'
import { changeDomain } from '../../../src/manage/domains/domains.ts'
import { previewSaml, type SamlOffer } from '../../../src/manage/domains/saml-preview.ts'
import { eachDatabase } from '../../database.ts'
import { openSurface, type Surface } from '../../http/scim/surface.ts'
import { idp, keyDescriptor, okta, pemOf, redirect, service } from '../../saml/metadata-documents.ts'

const set = {
  samlEntityId: 'https://idp.test',
  samlSsoUrl: 'https://idp.test/HTTP-Redirect',
  samlCertificates: pemOf('rsa-2048'),
  samlTestedAt: '2026-01-01T00:00:00.000Z',
} as const
const same = idp(keyDescriptor('rsa-2048') + service(redirect))

describe('the preview of SAML metadata', () => {
  eachDatabase((_, open) => {
    let surface: Surface
    let count = 0
    beforeAll(async () => {
      surface = await openSurface(await open())
    })
    const caller = () => operatorCaller(surface.tenant.organizationId)
    const look = async (offer: SamlOffer, changes: Partial<Domain> = {}) => {
      const name = `preview-${count++}.test`
      const { domain } = await surface.addDomain(surface.tenant.organizationId, name, changes)
      return { id: domain.id, ...(await previewSaml(surface.ctx, caller(), { id: domain.id, offer })) }
    }
    const kinds = async (offer: SamlOffer, changes: Partial<Domain> = {}) =>
      (await look(offer, changes)).cautions.map(({ kind }) => kind)

    it('reads both sides and changes nothing', async () => {
      const { id, before, after, url } = await look({ metadata: okta })
      expect([before.entityId, before.certificates, url]).toEqual([null, [], null])
      expect(after).toMatchObject({
        entityId: 'http://www.okta.com/exk1',
        binding: 'redirect',
        signsRequests: false,
      })
      expect(after.certificates).toHaveLength(1)
      const row = await surface.ctx.db
        .selectFrom('domains')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      expect([row.saml_entity_id, row.saml_metadata_url]).toEqual([null, null])
    })

    it('says when nothing changes, when it is another provider, and when no certificate is an old one', async () => {
      expect(await kinds({ metadata: same }, set)).toEqual(['nothing_changes'])
      expect(await kinds({ metadata: okta }, set)).toContain('other_entity_id')
      const rolled = idp(keyDescriptor('rsa-3072') + service(redirect))
      expect(await kinds({ metadata: rolled }, set)).toEqual(['other_certificates'])
      const overlapping = idp(keyDescriptor('rsa-3072') + keyDescriptor('rsa-2048') + service(redirect))
      expect(await kinds({ metadata: overlapping }, set)).toEqual([])
      expect(await kinds({ metadata: rolled }, { ...set, ssoEnforcement: 'saml' })).toEqual([
        'other_certificates',
        'enforced',
      ])
    })

    it('says when the daily look at a URL ends', async () => {
      const byUrl = { ...set, samlMetadataUrl: 'https://idp.test/metadata' }
      expect(await kinds({ metadata: same }, byUrl)).toEqual(['url_ends'])
      surface.ctx.pages.set('https://idp.test/metadata', same)
      expect(await kinds({ metadata: 'https://idp.test/metadata' }, byUrl)).toEqual(['nothing_changes'])
    })

    const typed = {
      settings: {
        saml_entity_id: set.samlEntityId,
        saml_acs_url: set.samlSsoUrl,
        saml_x509_cert: set.samlCertificates,
      },
    }

    it('says so too when the same values are typed by hand', async () => {
      const byUrl = { ...set, samlMetadataUrl: 'https://idp.test/metadata' }
      expect(await kinds(typed, byUrl)).toEqual(['url_ends'])
      expect(await kinds(typed, set)).toEqual(['nothing_changes'])
    })

    it('is saved only over the settings that it was compared with', async () => {
      const { ctx } = surface
      const { id, seen } = await look({ metadata: okta })
      const patch = { saml_metadata: okta }
      await changeDomain(ctx, caller(), { id, patch: { ...typed.settings } })
      await expect(changeDomain(ctx, caller(), { id, patch, seen })).rejects.toMatchObject({
        kind: 'conflict',
        code: 'changed_meanwhile',
      })
      const again = await previewSaml(ctx, caller(), { id, offer: { metadata: okta } })
      await changeDomain(ctx, caller(), { id, patch, seen: again.seen })
      // The same form once more: everything that it says is there.
      await changeDomain(ctx, caller(), { id, patch, seen: again.seen })
    })

    it('says what is wrong with certificates', async () => {
      const weak = {
        saml_entity_id: 'https://x.test',
        saml_acs_url: 'https://x.test',
        saml_x509_cert: pemOf('rsa-2048-sha1'),
      }
      expect(await kinds({ settings: weak })).toEqual(['sha1'])
      surface.ctx.clock.advance(365 * 24 * 3_600_000 * 11)
      expect(await kinds({ metadata: same })).toEqual(['all_expired'])
      surface.ctx.clock.advance(-365 * 24 * 3_600_000 * 22)
      expect(await kinds({ metadata: same })).toEqual(['not_yet_valid'])
      surface.ctx.clock.advance(365 * 24 * 3_600_000 * 11)
    })

    it('knows our own values', async () => {
      const { id } = await look({ metadata: okta })
      const { baseUrl } = surface.ctx.config
      const settings = {
        saml_entity_id: `${baseUrl}/saml/${id}/metadata`,
        saml_acs_url: `${baseUrl}/saml/${id}/acs`,
        saml_x509_cert: pemOf('rsa-2048'),
      }
      const { cautions } = await previewSaml(surface.ctx, caller(), { id, offer: { settings } })
      expect(cautions.map(({ kind }) => kind)).toEqual(['our_entity_id', 'our_acs_url'])
    })

    it('names what was seen, so that it is saved or nothing is', async () => {
      const { id, seen } = await look({ metadata: okta })
      const save = (metadata: string, as: string) =>
        changeDomain(surface.ctx, caller(), { id, patch: { saml_metadata: metadata }, seen: as })
      await expect(save(same, seen)).rejects.toMatchObject({ kind: 'conflict', code: 'changed_meanwhile' })
      await expect(save(okta, '')).rejects.toMatchObject({ kind: 'conflict' })
      expect(await save(okta, seen)).toMatchObject({ has_saml: true })
    })

    it('knows no domain of another organization', async () => {
      const other = await surface.addTenant(`preview-other-${count++}.test`)
      await expect(
        previewSaml(surface.ctx, caller(), { id: other.domain.id, offer: { metadata: okta } }),
      ).rejects.toMatchObject({ kind: 'missing' })
    })
  })
})
