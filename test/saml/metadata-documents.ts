// Metadata documents as identity providers publish them, around the certificates of fixtures/saml/certificates.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const pemOf = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../../fixtures/saml/certificates', `${name}.pem`), 'utf8')

export const base64Of = (name: string): string => pemOf(name).replaceAll(/-----[A-Z ]+-----|\n/g, '')

export const protocol = 'protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"'
export const redirect = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect'
export const post = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST'

export const keyDescriptor = (certificate: string, use = 'signing') =>
  `<md:KeyDescriptor${use === '' ? '' : ` use="${use}"`}><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${base64Of(
    certificate,
  )}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`

export const service = (binding: string, location = `https://idp.test/${binding.split(':').at(-1)}`) =>
  `<md:SingleSignOnService Binding="${binding}" Location="${location}"/>`

export const entity = (entityId: string, content: string) =>
  '<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" ' +
  `xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="${entityId}">${content}</md:EntityDescriptor>`

export const idp = (content: string, attributes = protocol) =>
  entity('https://idp.test', `<md:IDPSSODescriptor ${attributes}>${content}</md:IDPSSODescriptor>`)

/** As Okta gives it: line breaks in the certificate, POST before Redirect. */
export const okta = `<?xml version="1.0" encoding="UTF-8"?><md:EntityDescriptor entityID="http://www.okta.com/exk1" xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"><md:IDPSSODescriptor WantAuthnRequestsSigned="false" ${protocol}><md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${base64Of(
  'rsa-2048',
).replaceAll(
  /.{64}/g,
  '$&\n',
)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified</md:NameIDFormat><md:SingleSignOnService Binding="${post}" Location="https://acme.okta.com/app/exk1/sso/saml"/><md:SingleSignOnService Binding="${redirect}" Location="https://acme.okta.com/app/exk1/sso/saml"/></md:IDPSSODescriptor></md:EntityDescriptor>`

/** As Entra gives it: default namespaces, its own signature, WS-Federation roles first, two keys during a rollover. */
export const entra = `<?xml version="1.0" encoding="utf-8"?><EntityDescriptor ID="_1" entityID="https://sts.windows.net/0199/" xmlns="urn:oasis:names:tc:SAML:2.0:metadata"><Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><KeyInfo><X509Data><X509Certificate>${base64Of(
  'rsa-3072',
)}</X509Certificate></X509Data></KeyInfo></Signature><RoleDescriptor xsi:type="fed:SecurityTokenServiceType" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:fed="http://docs.oasis-open.org/wsfed/federation/200706" protocolSupportEnumeration="http://docs.oasis-open.org/wsfed/federation/200706"><KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${base64Of(
  'rsa-3072',
)}</X509Certificate></X509Data></KeyInfo></KeyDescriptor></RoleDescriptor><IDPSSODescriptor ${protocol}>${[
  'rsa-2048',
  'ec-p256',
]
  .map(
    name =>
      `<KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${base64Of(name)}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>`,
  )
  .join(
    '',
  )}<SingleLogoutService Binding="${redirect}" Location="https://login.microsoftonline.com/0199/saml2"/><SingleSignOnService Binding="${redirect}" Location="https://login.microsoftonline.com/0199/saml2"/><SingleSignOnService Binding="${post}" Location="https://login.microsoftonline.com/0199/saml2"/></IDPSSODescriptor></EntityDescriptor>`
