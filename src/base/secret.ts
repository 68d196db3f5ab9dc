// Random secrets, the digests we store instead of them, and comparing without telling by the time it takes.
import { hash, randomBytes, timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const checksumLength = 6
const keyForm = /^[A-Za-z0-9_-]{43}[0-9A-Za-z]{6}$/

/** SHA-256 in hexadecimal. Enough for secrets of 256 random bits, which nobody can guess; not for passwords. */
export const digestOf = (text: string): string => hash('sha256', text)

/** Takes the same time wherever the texts differ, and tells nothing about their lengths. */
export const sameText = (a: string, b: string): boolean =>
  timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'))

/** The end of a secret, by which its owner recognises it in a list. */
export const hintOf = (text: string): string => text.slice(-4)

/** The prefix and 256 random bits in 43 URL-safe characters. */
export const newSecret = (prefix = ''): string => prefix + randomBytes(32).toString('base64url')

/** A secret with a checksum at its end, so that secret scanners can tell a real key from a look-alike. */
export function newKey(prefix: string): string {
  const secret = newSecret(prefix)
  return secret + checksumOf(secret)
}

export function isWellFormedKey(prefix: string, text: string): boolean {
  if (!text.startsWith(prefix) || !keyForm.test(text.slice(prefix.length))) return false
  return checksumOf(text.slice(0, -checksumLength)) === text.slice(-checksumLength)
}

/** CRC-32 as six base62 digits, the largest first. */
function checksumOf(text: string): string {
  let rest = crc32(text)
  let digits = ''
  for (let place = 0; place < checksumLength; place++) {
    digits = base62.charAt(rest % 62) + digits
    rest = Math.floor(rest / 62)
  }
  return digits
}
