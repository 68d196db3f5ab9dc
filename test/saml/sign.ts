// Signs and encrypts as identity providers do, by a library that the code under test does not verify with.
import {
  constants,
  createCipheriv,
  createPublicKey,
  type KeyObject,
  publicEncrypt,
  randomBytes,
  sign,
} from 'node:crypto'
import { SignedXml } from 'xml-crypto'
import { certificateBase64, type Signer } from './keys.ts'

export const more = 'http://www.w3.org/2001/04/xmldsig-more#'
export const ds = 'http://www.w3.org/2000/09/xmldsig#'
export const xenc = 'http://www.w3.org/2001/04/xmlenc#'
const xenc11 = 'http://www.w3.org/2009/xmlenc11#'
export const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
export const enveloped = `${ds}enveloped-signature`

export interface Signing {
  readonly key: Signer
  readonly method?: string
  readonly digest?: string
  readonly transforms?: readonly string[]
  readonly canonicalization?: string
  /** Refers to the document as a whole, not to an ID. */
  readonly isEmptyUri?: boolean
  /** The prefix of the signature's own elements. */
  readonly prefix?: string
  /** What KeyInfo shows; the signer's certificate when left out, no KeyInfo when null. */
  readonly shown?: string | null
  /** An XPath to what is signed; the URI is its ID. */
  readonly target: string
  /** An XPath to the element that the signature is put after. */
  readonly after?: string
}

type Make = (text: Buffer, key: KeyObject) => Buffer

const pss =
  (hash: string): Make =>
  (text, key) =>
    sign(hash, text, {
      key,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
    })
const ecdsa =
  (hash: string): Make =>
  (text, key) =>
    sign(hash, text, { key, dsaEncoding: 'ieee-p1363' })
const plain =
  (hash: string): Make =>
  (text, key) =>
    sign(hash, text, key)

const makers: Readonly<Record<string, Make>> = {
  [`${ds}rsa-sha1`]: plain('sha1'),
  [`${more}rsa-sha256`]: plain('sha256'),
  [`${more}rsa-sha384`]: plain('sha384'),
  [`${more}rsa-sha512`]: plain('sha512'),
  'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1': pss('sha256'),
  'http://www.w3.org/2007/05/xmldsig-more#sha384-rsa-MGF1': pss('sha384'),
  'http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1': pss('sha512'),
  [`${more}ecdsa-sha256`]: ecdsa('sha256'),
  [`${more}ecdsa-sha384`]: ecdsa('sha384'),
  [`${more}ecdsa-sha512`]: ecdsa('sha512'),
}

export function signXml(xml: string, signing: Signing): string {
  const { key, method = `${more}rsa-sha256`, shown = certificateBase64(key), target } = signing
  const signer = new SignedXml({
    privateKey: key.privateKey,
    signatureAlgorithm: method as `${typeof more}rsa-sha256`,
    canonicalizationAlgorithm: (signing.canonicalization ?? exclusive) as typeof exclusive,
    getKeyInfoContent: () =>
      shown === null
        ? null
        : `<X509Data xmlns="${ds}"><X509Certificate>${shown}</X509Certificate></X509Data>`,
  })
  for (const [name, make] of Object.entries(makers)) {
    signer.SignatureAlgorithms[name as `${typeof more}rsa-sha256`] = class {
      getSignature(text: unknown) {
        return make(Buffer.from(String(text)), key.privateKey).toString('base64')
      }
      verifySignature = () => false
      getAlgorithmName = () => name as `${typeof more}rsa-sha256`
    } as never
  }
  signer.addReference({
    xpath: target,
    transforms: [...(signing.transforms ?? [enveloped, exclusive])],
    digestAlgorithm: signing.digest ?? `${xenc}sha256`,
    ...(signing.isEmptyUri && { isEmptyUri: true }),
  })
  const location = {
    reference: signing.after ?? `${target}/*[local-name()='Issuer']`,
    action: 'after' as const,
  }
  signer.computeSignature(xml, { prefix: signing.prefix ?? 'ds', location })
  return signer.getSignedXml()
}

export interface Encryption {
  readonly recipient: Signer
  readonly cipher?: 'aes128-gcm' | 'aes192-gcm' | 'aes256-gcm' | 'aes128-cbc' | 'aes256-cbc'
  /** The digest of RSA-OAEP; sha1 is written in the old way. */
  readonly oaep?: 'sha1' | 'sha256' | 'sha512'
  readonly pkcs1?: boolean
  /** Puts EncryptedKey beside EncryptedData. */
  readonly isBeside?: boolean
}

/** The text in place of which the EncryptedAssertion stands. */
export function encryptXml(plain: string, encryption: Encryption, prefix = 'saml'): string {
  const { recipient, cipher = 'aes256-gcm', oaep = 'sha1' } = encryption
  const isGcm = cipher.endsWith('gcm')
  const key = randomBytes(Number(/\d+/.exec(cipher)?.[0]) / 8)
  const wrapped = publicEncrypt(
    {
      key: createPublicKey(recipient.privateKey),
      padding: encryption.pkcs1 ? constants.RSA_PKCS1_PADDING : constants.RSA_PKCS1_OAEP_PADDING,
      ...(encryption.pkcs1 ? {} : { oaepHash: oaep }),
    },
    key,
  )
  const transport = encryption.pkcs1
    ? `<xenc:EncryptionMethod Algorithm="${xenc}rsa-1_5"/>`
    : oaep === 'sha1'
      ? `<xenc:EncryptionMethod Algorithm="${xenc}rsa-oaep-mgf1p"><ds:DigestMethod xmlns:ds="${ds}" Algorithm="${ds}sha1"/></xenc:EncryptionMethod>`
      : `<xenc:EncryptionMethod Algorithm="${xenc11}rsa-oaep"><ds:DigestMethod xmlns:ds="${ds}" Algorithm="${xenc}${oaep}"/><xenc11:MGF xmlns:xenc11="${xenc11}" Algorithm="${xenc11}mgf1${oaep}"/></xenc:EncryptionMethod>`
  const encryptedKey = `<xenc:EncryptedKey xmlns:xenc="${xenc}" Id="_key">${transport}<xenc:CipherData><xenc:CipherValue>${wrapped.toString('base64')}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey>`
  const data = isGcm ? sealGcm(cipher, key, plain) : sealCbc(cipher, key, plain)
  const keyInfo = encryption.isBeside
    ? `<ds:KeyInfo xmlns:ds="${ds}"><ds:RetrievalMethod Type="${xenc}EncryptedKey" URI="#_key"/></ds:KeyInfo>`
    : `<ds:KeyInfo xmlns:ds="${ds}">${encryptedKey}</ds:KeyInfo>`
  return `<${prefix}:EncryptedAssertion><xenc:EncryptedData xmlns:xenc="${xenc}" Id="_data" Type="${xenc}Element"><xenc:EncryptionMethod Algorithm="${isGcm ? xenc11 : xenc}${cipher}"/>${keyInfo}<xenc:CipherData><xenc:CipherValue>${data.toString('base64')}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>${encryption.isBeside ? encryptedKey : ''}</${prefix}:EncryptedAssertion>`
}

function sealGcm(cipher: string, key: Buffer, plain: string): Buffer {
  const iv = randomBytes(12)
  const name = cipher.replace('aes', 'aes-') as 'aes-256-gcm'
  const sealing = createCipheriv(name, key, iv)
  return Buffer.concat([iv, sealing.update(plain, 'utf8'), sealing.final(), sealing.getAuthTag()])
}

function sealCbc(cipher: string, key: Buffer, plain: string): Buffer {
  const iv = randomBytes(16)
  const sealing = createCipheriv(cipher.replace('aes', 'aes-'), key, iv)
  return Buffer.concat([iv, sealing.update(plain, 'utf8'), sealing.final()])
}
