// Our side of a connection as a metadata document for the identity provider to read (SAML metadata 2.4.4).
import { escapeAttribute } from './xml/canonical.ts'
import { ds, md, samlp, xenc, xenc11 } from './xml/namespaces.ts'

export interface SpDescription {
  readonly entityId: string
  readonly acsUrl: string
  /** PEM blocks, newest first; several while one replaces another. */
  readonly signingCertificates: readonly string[]
  readonly encryptionCertificates: readonly string[]
  readonly signsRequests: boolean
}

const nameIdFormats = [
  'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
  'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
]
// In the order of our preference.
const encryptionMethods = [`${xenc11}aes256-gcm`, `${xenc11}aes128-gcm`, `${xenc}rsa-oaep-mgf1p`]

export function spMetadata(description: SpDescription): string {
  const { entityId, acsUrl, signsRequests } = description
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<md:EntityDescriptor xmlns:md="${md}" xmlns:ds="${ds}" entityID="${escapeAttribute(entityId)}">`,
    `  <md:SPSSODescriptor AuthnRequestsSigned="${signsRequests}" WantAssertionsSigned="true" protocolSupportEnumeration="${samlp}">`,
    ...description.signingCertificates.map(pem => keyDescriptor('signing', pem)),
    ...description.encryptionCertificates.map(pem => keyDescriptor('encryption', pem, encryptionMethods)),
    ...nameIdFormats.map(format => `    <md:NameIDFormat>${format}</md:NameIDFormat>`),
    `    <md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${escapeAttribute(acsUrl)}" index="0" isDefault="true"/>`,
    '  </md:SPSSODescriptor>',
    '</md:EntityDescriptor>',
  ]
  return `${lines.join('\n')}\n`
}

function keyDescriptor(use: 'signing' | 'encryption', pem: string, methods: readonly string[] = []): string {
  const base64 = pem.replaceAll(/-----[A-Z ]+-----|\s/g, '')
  return [
    `    <md:KeyDescriptor use="${use}">`,
    `      <ds:KeyInfo><ds:X509Data><ds:X509Certificate>${base64}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`,
    ...methods.map(method => `      <md:EncryptionMethod Algorithm="${method}"/>`),
    '    </md:KeyDescriptor>',
  ].join('\n')
}
