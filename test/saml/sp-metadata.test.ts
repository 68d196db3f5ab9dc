import { describe, expect, it } from 'vitest'
import { spMetadata } from '../../src/saml/sp-metadata.ts'
import { certificateBase64, nextSp, sp } from './keys.ts'
import { violations } from './schema.ts'

const description = {
  entityId: 'https://gatehouse.test/saml/0199/metadata',
  acsUrl: 'https://gatehouse.test/saml/0199/acs',
  signingCertificates: [sp.certificate],
  encryptionCertificates: [sp.certificate],
  signsRequests: false,
}

describe('sp-metadata', () => {
  it.each([
    ['as it is', description],
    ['without keys', { ...description, signingCertificates: [], encryptionCertificates: [] }],
    ['with signed requests', { ...description, signsRequests: true }],
    [
      'while one key replaces another',
      { ...description, encryptionCertificates: [nextSp.certificate, sp.certificate] },
    ],
    [
      'with an address that needs escaping',
      { ...description, acsUrl: 'https://gatehouse.test/acs?a="1"&b=<2>' },
    ],
  ])('is valid by the schema of OASIS %s', async (_case, given) => {
    expect(await violations(spMetadata(given), 'metadata')).toEqual([])
  })

  it('is held to that schema by a checker that finds a mistake', async () => {
    const wrong = spMetadata(description).replace(' index="0"', '')
    expect((await violations(wrong, 'metadata')).join()).toContain("'index' is required")
  })

  it('names us, our address and our keys', () => {
    const xml = spMetadata(description)
    expect(xml).toContain(`entityID="${description.entityId}"`)
    expect(xml).toContain(`Location="${description.acsUrl}"`)
    expect(xml.split(certificateBase64(sp))).toHaveLength(3)
  })
})
