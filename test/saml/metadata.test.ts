import { describe, expect, it } from 'vitest'
import { MetadataError, readIdpMetadata } from '../../src/saml/metadata.ts'
import {
  entra,
  idp,
  keyDescriptor,
  okta,
  pemOf,
  post,
  protocol,
  redirect,
  service,
} from './metadata-documents.ts'

const key = keyDescriptor('rsa-2048')

describe('metadata: what it takes', () => {
  it('reads the metadata of Okta', () => {
    expect(readIdpMetadata(okta)).toEqual({
      entityId: 'http://www.okta.com/exk1',
      ssoUrl: 'https://acme.okta.com/app/exk1/sso/saml',
      binding: 'HTTP-Redirect',
      certificates: pemOf('rsa-2048'),
      wantsSignedRequests: false,
    })
  })

  it('reads the metadata of Entra, with the keys of its SAML role alone', () => {
    expect(readIdpMetadata(entra)).toEqual({
      entityId: 'https://sts.windows.net/0199/',
      ssoUrl: 'https://login.microsoftonline.com/0199/saml2',
      binding: 'HTTP-Redirect',
      certificates: pemOf('rsa-2048') + pemOf('ec-p256'),
      wantsSignedRequests: false,
    })
  })

  it('prefers HTTP-Redirect and settles for HTTP-POST', () => {
    expect(readIdpMetadata(idp(key + service(post) + service(redirect))).binding).toBe('HTTP-Redirect')
    const onlyPost = readIdpMetadata(idp(key + service(post)))
    expect(onlyPost).toMatchObject({ binding: 'HTTP-POST', ssoUrl: 'https://idp.test/HTTP-POST' })
  })

  it.each(['true', '1'])('notes that requests are wanted signed (%s)', value => {
    const xml = idp(key + service(redirect), `${protocol} WantAuthnRequestsSigned="${value}"`)
    expect(readIdpMetadata(xml).wantsSignedRequests).toBe(true)
  })

  it('undoes the escapes of XML in a URL', () => {
    const xml = idp(key + service(redirect, 'https://idp.test/sso?a=1&amp;b=2'))
    expect(readIdpMetadata(xml).ssoUrl).toBe('https://idp.test/sso?a=1&b=2')
  })
})

describe('metadata: what it refuses', () => {
  it.each([
    [
      'no binding that we speak',
      idp(key + service('urn:oasis:names:tc:SAML:2.0:bindings:SOAP')),
      'bindings:SOAP',
    ],
    ['no SingleSignOnService', idp(key), 'got none'],
    ['no certificate', idp(service(redirect)), 'Expected a signing certificate'],
    [
      'a key for encryption alone',
      idp(keyDescriptor('rsa-2048', 'encryption') + service(redirect)),
      'got none',
    ],
    ['a weak key', idp(keyDescriptor('rsa-1024') + service(redirect)), 'got 1024 bits'],
  ])('refuses %s with a sentence', (_what, xml, sentence) => {
    expect(() => readIdpMetadata(xml)).toThrow(MetadataError)
    expect(() => readIdpMetadata(xml)).toThrow(sentence)
  })
})
