// The algorithms that a signature may be made with, by their identifiers (RFC 9231).
import { constants, type KeyObject, verify } from 'node:crypto'

interface SignatureAlgorithm {
  readonly keyType: 'rsa' | 'ec'
  readonly hash: string
  readonly isPss?: boolean
}

const more = 'http://www.w3.org/2001/04/xmldsig-more#'
const pss = 'http://www.w3.org/2007/05/xmldsig-more#'
const xmldsig = 'http://www.w3.org/2000/09/xmldsig#'
const xmlenc = 'http://www.w3.org/2001/04/xmlenc#'

const signatures = new Map<string, SignatureAlgorithm>([
  [`${more}rsa-sha256`, { keyType: 'rsa', hash: 'sha256' }],
  [`${more}rsa-sha384`, { keyType: 'rsa', hash: 'sha384' }],
  [`${more}rsa-sha512`, { keyType: 'rsa', hash: 'sha512' }],
  [`${pss}sha256-rsa-MGF1`, { keyType: 'rsa', hash: 'sha256', isPss: true }],
  [`${pss}sha384-rsa-MGF1`, { keyType: 'rsa', hash: 'sha384', isPss: true }],
  [`${pss}sha512-rsa-MGF1`, { keyType: 'rsa', hash: 'sha512', isPss: true }],
  [`${more}ecdsa-sha256`, { keyType: 'ec', hash: 'sha256' }],
  [`${more}ecdsa-sha384`, { keyType: 'ec', hash: 'sha384' }],
  [`${more}ecdsa-sha512`, { keyType: 'ec', hash: 'sha512' }],
  [`${xmldsig}rsa-sha1`, { keyType: 'rsa', hash: 'sha1' }],
])

const digests = new Map([
  [`${xmlenc}sha256`, 'sha256'],
  [`${more}sha384`, 'sha384'],
  [`${xmlenc}sha512`, 'sha512'],
  [`${xmldsig}sha1`, 'sha1'],
])

/** SHA-1 only where the installation allows it; HMAC and DSA never. */
export const isStrongSignature = (uri: string, allowSha1: boolean): boolean =>
  isStrong(signatures.get(uri)?.hash, allowSha1)

export const isStrongDigest = (uri: string, allowSha1: boolean): boolean =>
  isStrong(digests.get(uri), allowSha1)

const isStrong = (hash: string | undefined, allowSha1: boolean) =>
  hash !== undefined && (hash !== 'sha1' || allowSha1)

/** The name that node:crypto has for it. */
export const digestName = (uri: string): string | undefined => digests.get(uri)

/** False, too, for a key of another kind than the algorithm's. */
export function verifies(uri: string, key: KeyObject, signed: { text: string; signature: Buffer }): boolean {
  const algorithm = signatures.get(uri)
  if (!algorithm || !fits(algorithm, key)) return false
  const padding = algorithm.isPss
    ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
    : {}
  const encoding = algorithm.keyType === 'ec' ? { dsaEncoding: 'ieee-p1363' as const } : {}
  try {
    return verify(
      algorithm.hash,
      Buffer.from(signed.text),
      { key, ...padding, ...encoding },
      signed.signature,
    )
  } catch {
    // A key whose own parameters forbid the algorithm.
    return false
  }
}

function fits({ keyType, isPss }: SignatureAlgorithm, key: KeyObject): boolean {
  const type = key.asymmetricKeyType
  return type === keyType || (type === 'rsa-pss' && isPss === true)
}
