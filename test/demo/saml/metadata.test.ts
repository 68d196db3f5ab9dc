import { describe, expect, it } from 'vitest'
import { readIdpMetadata } from '../../../src/saml/metadata.ts'
import { acme } from '../acme.ts'

describe('metadata', () => {
  it('says what Gatehouse has to know', () => {
    const { metadata, credentials } = acme().identity
    expect(readIdpMetadata(metadata)).toMatchObject({
      entityId: 'http://localhost:3001/metadata',
      ssoUrl: 'http://localhost:3001/sso',
      binding: 'HTTP-Redirect',
      certificates: credentials.own.certificate,
    })
  })
})
