// A self-signed certificate around a key of ours (RFC 5280): SAML metadata carries keys as certificates, and Node makes none.
import { createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto'

interface Subject {
  readonly privateKey: KeyObject
  readonly commonName: string
  readonly notBefore: Date
  readonly notAfter: Date
}

// DER tags.
const integer = 0x02
const bitString = 0x03
const nothing = 0x05
const identifier = 0x06
const utf8 = 0x0c
const utcTime = 0x17
const generalizedTime = 0x18
const sequence = 0x30
const set = 0x31

const rsaWithSha256 = Buffer.from('2a864886f70d01010b', 'hex')
const ecdsaWithSha256 = Buffer.from('2a8648ce3d040302', 'hex')
const commonNameId = Buffer.from('550403', 'hex')

/** PEM; RSA and EC keys, signed with SHA-256. */
export function selfSignedCertificate({ privateKey, commonName, notBefore, notAfter }: Subject): string {
  const isRsa = privateKey.asymmetricKeyType === 'rsa'
  const algorithm = isRsa
    ? der(sequence, der(identifier, rsaWithSha256), der(nothing))
    : der(sequence, der(identifier, ecdsaWithSha256))
  const name = der(
    sequence,
    der(set, der(sequence, der(identifier, commonNameId), der(utf8, Buffer.from(commonName)))),
  )
  const body = der(
    sequence,
    der(integer, serialNumber()),
    algorithm,
    name,
    der(sequence, time(notBefore), time(notAfter)),
    name,
    createPublicKey(privateKey).export({ type: 'spki', format: 'der' }),
  )
  const signature = sign('sha256', body, privateKey)
  const certificate = der(sequence, body, algorithm, der(bitString, Buffer.from([0]), signature))
  const lines = certificate.toString('base64').replaceAll(/.{64}(?=.)/g, '$&\n')
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`
}

/** Positive and without a leading zero byte. */
function serialNumber(): Buffer {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40
  return bytes
}

/** UTCTime until 2049 by RFC 5280, GeneralizedTime after it. */
function time(date: Date): Buffer {
  const digits = date.toISOString().replaceAll(/[-:T]|\.\d+/g, '')
  const isShort = date.getUTCFullYear() < 2050
  return isShort ? der(utcTime, Buffer.from(digits.slice(2))) : der(generalizedTime, Buffer.from(digits))
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const length = content.length
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content])
  const bytes = Buffer.from(length.toString(16).padStart(length > 0xff ? 4 : 2, '0'), 'hex')
  return Buffer.concat([Buffer.from([tag, 0x80 | bytes.length]), bytes, content])
}
