// The certificates of an identity provider, in whatever shape an administrator pastes them.
import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'
import { MetadataError, readIdpDescriptor } from './idp-descriptor.ts'

/** `message` is a sentence for the administrator who pasted it. */
export class CertificateError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'CertificateError'
  }
}

const curves = new Map([
  ['prime256v1', 'ec-p256'],
  ['secp384r1', 'ec-p384'],
  ['secp521r1', 'ec-p521'],
])
const leastRsaBits = 2048
const dayMs = 24 * 60 * 60 * 1000

const privateKeySentence =
  'Expected a certificate, got a private key. It is not stored here, but whoever saw it can sign in as ' +
  'anybody: replace it at once in your identity provider.'

/**
 * PEM, bare base64, on one line, with CRLF, indented, with a literal `\n`, several of them, or a metadata document.
 * Dates are not looked at: keys are pinned, not chained. Each certificate is given once.
 */
export function readCertificates(text: string): X509Certificate[] {
  const cleaned = text
    .replace(/^\uFEFF/, '')
    .replaceAll(/\\r|\\n/g, '\n')
    .trim()
    .replace(/^"(.*)"$/s, '$1')
  if (cleaned === '') throw new CertificateError('Expected a certificate, got nothing.')
  const certificates = derBlocks(cleaned).map(readDer)
  return [...new Map(certificates.map(each => [each.fingerprint256, each])).values()]
}

/** The certificates as PEM blocks with LF. */
export const toPem = (certificates: readonly X509Certificate[]): string =>
  certificates.map(each => each.toString()).join('')

/** In the words of the API; `pem` as `toPem` made it. */
export function describeCertificates(pem: string, now: Date) {
  return readCertificates(pem).map(certificate => ({
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    serial_number: certificate.serialNumber,
    fingerprint_sha256: certificate.fingerprint256,
    key_type: keyTypeOf(certificate.publicKey),
    not_before: certificate.validFromDate.toISOString(),
    not_after: certificate.validToDate.toISOString(),
    /** Whole days; negative when it has expired. */
    expires_in_days: Math.floor((certificate.validToDate.getTime() - now.getTime()) / dayMs),
  }))
}

/** The fingerprints of those that their issuer signed with SHA-1; what they sign themselves is another matter. */
export const listSha1Certificates = (pem: string): string[] =>
  readCertificates(pem)
    .filter(({ signatureAlgorithm }) => /sha-?1(?!\d)/i.test(signatureAlgorithm ?? ''))
    .map(({ fingerprint256 }) => fingerprint256)

const oneLine = (name: string) => name.replaceAll('\n', ', ')

function derBlocks(text: string): Buffer[] {
  if (text.startsWith('<')) return certificatesOfMetadata(text).map(fromBase64)
  if (text.includes('-----')) return pemBodies(text).map(fromBase64)
  const bytes = fromBase64(text)
  // Some consoles hand out the whole PEM file in base64.
  return bytes.includes('-----BEGIN ') ? pemBodies(bytes.toString()).map(fromBase64) : [bytes]
}

function certificatesOfMetadata(xml: string): string[] {
  try {
    const { certificates } = readIdpDescriptor(xml)
    if (certificates.length > 0) return certificates
  } catch (error) {
    if (error instanceof MetadataError) throw new CertificateError(error.message)
    throw error
  }
  throw new CertificateError('Expected a signing certificate in the metadata document, got none.')
}

/** What stands between the BEGIN and END lines of certificates; text around them is comment. */
function pemBodies(text: string): string[] {
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(text)) throw new CertificateError(privateKeySentence)
  const bodies: string[] = []
  // Comment, then for each line of dashes: BEGIN or END, its label, and the text up to the next one.
  const [, ...parts] = text.split(/-----(BEGIN|END) ([A-Z0-9 ]+)-----/)
  for (let at = 0; at < parts.length; at += 6) {
    const [begin, label, body = '', end, endLabel] = parts.slice(at, at + 6)
    if (label !== 'CERTIFICATE' && label !== 'X509 CERTIFICATE') throw new CertificateError(notA(label ?? ''))
    if (begin !== 'BEGIN' || end !== 'END' || endLabel !== label) {
      throw new CertificateError('Expected BEGIN and END lines in pairs, got one without the other.')
    }
    bodies.push(body)
  }
  if (bodies.length === 0)
    throw new CertificateError('Expected a line -----BEGIN CERTIFICATE-----, got none.')
  return bodies
}

const notA = (label: string) => `Expected a certificate, got a ${label.toLowerCase()}.`

function fromBase64(text: string): Buffer {
  const base64 = text.replaceAll(/\s/g, '')
  if (/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return Buffer.from(base64, 'base64')
  throw new CertificateError('Expected a certificate in PEM or base64, got text that is neither.')
}

function readDer(der: Buffer): X509Certificate {
  const certificate = parseDer(der)
  if (certificate === undefined) throw new CertificateError(whatElse(der))
  keyTypeOf(certificate.publicKey)
  return certificate
}

/** Undefined for what is no certificate, and for one whose key or dates cannot be read. */
function parseDer(der: Buffer): X509Certificate | undefined {
  try {
    const certificate = new X509Certificate(der)
    const dates = [certificate.validFromDate, certificate.validToDate]
    const isReadable =
      certificate.publicKey !== undefined && dates.every(date => !Number.isNaN(date.getTime()))
    return isReadable ? certificate : undefined
  } catch {
    return undefined
  }
}

function whatElse(der: Buffer): string {
  const isKey = (read: () => KeyObject) => {
    try {
      return read() !== undefined
    } catch {
      return false
    }
  }
  const privateTypes = ['pkcs8', 'pkcs1', 'sec1'] as const
  if (privateTypes.some(type => isKey(() => createPrivateKey({ key: der, format: 'der', type })))) {
    return privateKeySentence
  }
  const publicTypes = ['spki', 'pkcs1'] as const
  if (publicTypes.some(type => isKey(() => createPublicKey({ key: der, format: 'der', type })))) {
    return notA('public key')
  }
  return `Expected a certificate, got ${der.length} bytes that are none; perhaps a part is missing or was changed.`
}

/** `rsa-2048`, `ec-p256`, …; refuses keys that signatures are not to be trusted by. */
function keyTypeOf(key: KeyObject): string {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key
  if (type === 'rsa' || type === 'rsa-pss') {
    const bits = details?.modulusLength ?? 0
    if (bits >= leastRsaBits) return `rsa-${bits}`
    throw new CertificateError(`Expected an RSA key of at least ${leastRsaBits} bits, got ${bits} bits.`)
  }
  const curve = curves.get(details?.namedCurve ?? '')
  if (type === 'ec' && curve !== undefined) return curve
  const got = details?.namedCurve ?? type ?? 'an unknown kind'
  throw new CertificateError(`Expected an RSA key or an elliptic curve P-256, P-384 or P-521, got ${got}.`)
}
