// What a domain takes from the metadata of its identity provider.
import { CertificateError, readCertificates, toPem } from './certificate.ts'
import { MetadataError, readIdpDescriptor } from './idp-descriptor.ts'

export { MetadataError }

type Binding = 'HTTP-Redirect' | 'HTTP-POST'

export interface IdpMetadata {
  entityId: string
  ssoUrl: string
  binding: Binding
  /** PEM blocks of every key that may sign. */
  certificates: string
  wantsSignedRequests: boolean
}

// In the order of our preference.
const bindings: readonly Binding[] = ['HTTP-Redirect', 'HTTP-POST']

/** Throws a MetadataError. The caller still holds each value to what it would ask of a typed one. */
export function readIdpMetadata(xml: string): IdpMetadata {
  const { entityId, services, certificates, wantsSignedRequests } = readIdpDescriptor(xml)
  if (certificates.length === 0) {
    throw new MetadataError('Expected a signing certificate in IDPSSODescriptor, got none.')
  }
  for (const binding of bindings) {
    const service = services.find(each => each.binding === `urn:oasis:names:tc:SAML:2.0:bindings:${binding}`)
    if (service) {
      const pem = readPem(certificates)
      return { entityId, ssoUrl: service.location, binding, certificates: pem, wantsSignedRequests }
    }
  }
  const got = services.map(each => each.binding).join(', ') || 'none'
  throw new MetadataError(`Expected a SingleSignOnService with HTTP-Redirect or HTTP-POST, got ${got}.`)
}

function readPem(certificates: readonly string[]): string {
  try {
    return toPem(certificates.flatMap(readCertificates))
  } catch (error) {
    if (error instanceof CertificateError) throw new MetadataError(error.message)
    throw error
  }
}
