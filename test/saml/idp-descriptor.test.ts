import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MetadataError, readIdpDescriptor } from '../../src/saml/idp-descriptor.ts'
import {
  base64Of,
  entity,
  idp,
  keyDescriptor,
  okta,
  protocol,
  redirect,
  service,
} from './metadata-documents.ts'

const good = idp(keyDescriptor('rsa-2048') + service(redirect))
const federation = (...entities: string[]) =>
  `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">${entities.join('')}</md:EntitiesDescriptor>`

describe('idp-descriptor: SAML metadata 2.4.3', () => {
  it('gives every service and every certificate that may sign', () => {
    const keys =
      keyDescriptor('rsa-2048') + keyDescriptor('rsa-3072', 'encryption') + keyDescriptor('ec-p256', '')
    expect(readIdpDescriptor(idp(keys + service(redirect)))).toEqual({
      entityId: 'https://idp.test',
      wantsSignedRequests: false,
      services: [{ binding: redirect, location: 'https://idp.test/HTTP-Redirect' }],
      certificates: [base64Of('rsa-2048'), base64Of('ec-p256')],
    })
  })

  it('finds the one identity provider of a federation, nested ones too', () => {
    const application = entity(
      'https://sp.test',
      `<md:SPSSODescriptor ${protocol}>${keyDescriptor('rsa-3072')}</md:SPSSODescriptor>`,
    )
    const found = readIdpDescriptor(federation(application, federation(good)))
    expect(found).toEqual(readIdpDescriptor(good))
  })

  it('takes a comment, a byte order mark and white space for what they are', () => {
    const xml = `\uFEFF${good.replace('<md:IDPSSO', '<!-- ours -->\n  <md:IDPSSO')}\n`
    expect(readIdpDescriptor(xml)).toEqual(readIdpDescriptor(good))
  })

  it('passes over the part of a provider that speaks SAML 1.1 alone', () => {
    const old = '<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:1.1:protocol"/>'
    expect(readIdpDescriptor(good.replace('<md:IDPSSO', `${old}<md:IDPSSO`))).toEqual(readIdpDescriptor(good))
  })

  it('passes over look-alikes in another namespace or another place', () => {
    const stray =
      '<md:Extensions><x:SingleSignOnService xmlns:x="urn:x" Binding="b" Location="l"/>' +
      `${service(redirect, 'https://evil.test')}${keyDescriptor('rsa-3072')}</md:Extensions>`
    expect(readIdpDescriptor(good.replace('<md:KeyDescriptor', `${stray}<md:KeyDescriptor`))).toEqual(
      readIdpDescriptor(good),
    )
  })
})

describe('idp-descriptor: what it refuses', () => {
  const deep = `${'<a>'.repeat(50)}${'</a>'.repeat(50)}`
  it.each([
    ['a document type', `<!DOCTYPE a [<!ENTITY e "x">]>${good}`, 'document type declaration'],
    ['a processing instruction', `<?php echo 1 ?>${good}`, 'processing instruction'],
    ['a CDATA section', good.replace('<ds:X509Certificate>', '$&<![CDATA[x]]>'), 'CDATA'],
    ['an entity of its own', good.replace('<ds:X509Certificate>', '$&&e;'), 'well-formed XML'],
    ['a document that ends early', good.slice(0, -20), 'well-formed XML'],
    ['an undeclared prefix', good.replace('<md:IDPSSO', '<x:a/><md:IDPSSO'), 'well-formed XML'],
    ['a doubled attribute', good.replace('entityID=', 'entityID="a" entityID='), 'well-formed XML'],
    ['text that is no XML', 'hello', 'well-formed XML'],
    ['nothing', '', 'well-formed XML'],
    ['an HTML page', '<html><body>Sign in</body></html>', 'IDPSSODescriptor'],
    ['the metadata of an application', entity('a', `<md:SPSSODescriptor ${protocol}/>`), 'IDPSSODescriptor'],
    [
      'two identity providers',
      federation(good, okta.replace(/^<\?.*?\?>/, '')),
      'got 2: https://idp.test, http://www',
    ],
    ['no entity id', good.replace('entityID="https://idp.test"', ''), 'entityID'],
    ['fifty levels', good.replace('<md:IDPSSO', `${deep}<md:IDPSSO`), 'at most 40 levels'],
    ['more than 256 KiB', good + ' '.repeat(256 * 1024), 'at most 262144 bytes'],
  ])('refuses %s with a sentence', (_what, xml, sentence) => {
    expect(() => readIdpDescriptor(xml)).toThrow(MetadataError)
    expect(() => readIdpDescriptor(xml)).toThrow(sentence)
  })

  it('throws nothing else, whatever is cut out or put in', () => {
    const position = fc.nat(good.length)
    fc.assert(
      fc.property(position, position, fc.string(), (from, length, put) => {
        const xml = good.slice(0, from) + put + good.slice(from + length)
        try {
          readIdpDescriptor(xml)
        } catch (error) {
          expect(error).toBeInstanceOf(MetadataError)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
