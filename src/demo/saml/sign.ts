// Signatures as identity providers make them: enveloped, exclusive canonicalization, the certificate beside it.
import { SignedXml } from 'xml-crypto'
import { base64Of, type Credential } from './credential.ts'

type Hash = 'sha256' | 'sha1'

const ds = 'http://www.w3.org/2000/09/xmldsig#'
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const methods = {
  sha256: {
    signature: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    digest: 'http://www.w3.org/2001/04/xmlenc#sha256',
  },
  sha1: { signature: `${ds}rsa-sha1`, digest: `${ds}sha1` },
} as const

export interface Signing {
  /** The local name of the element that is signed. */
  readonly element: 'Assertion' | 'Response'
  readonly credential: Credential
  readonly hash: Hash
}

export function signXml(xml: string, { element, credential, hash }: Signing): string {
  const path = `//*[local-name()='${element}']`
  const signer = new SignedXml({
    privateKey: credential.privateKey,
    signatureAlgorithm: methods[hash].signature,
    canonicalizationAlgorithm: exclusive,
    getKeyInfoContent: () =>
      `<ds:X509Data><ds:X509Certificate>${base64Of(credential)}</ds:X509Certificate></ds:X509Data>`,
  })
  signer.addReference({
    xpath: path,
    transforms: [`${ds}enveloped-signature`, exclusive],
    digestAlgorithm: methods[hash].digest,
  })
  // Right after the Issuer, as the schema wants it.
  const location = { reference: `${path}/*[local-name()='Issuer']`, action: 'after' } as const
  signer.computeSignature(xml, { prefix: 'ds', location })
  return signer.getSignedXml()
}
