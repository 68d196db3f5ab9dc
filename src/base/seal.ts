// Secrets that must be readable again: sealed with AES-256-GCM by the newest of the installation's secrets.
import { createCipheriv, createDecipheriv, hash, hkdfSync, randomBytes } from 'node:crypto'

const version = 'v1'
const ivBytes = 12
const tagBytes = 16

interface Key {
  id: string
  bytes: Buffer
}

const storage = 'gatehouse seal'

/**
 * `v1.<key id>.<base64url of iv, tag and ciphertext>`. The first secret is the newest and seals. What is sealed for one
 * purpose opens for no other.
 */
export function seal(secrets: readonly string[], clear: string, purpose = storage): string {
  const [newest] = secrets
  if (newest === undefined) throw new Error('Expected a secret to seal with, got none.')
  const { id, bytes } = keyFrom(newest, purpose)
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', bytes, iv).setAAD(Buffer.from(`${version}.${id}`))
  const body = Buffer.concat([cipher.update(clear, 'utf8'), cipher.final()])
  return `${version}.${id}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`
}

/** Opens with whichever secret has sealed it. Throws when that one is gone or a character was changed. */
export function unseal(secrets: readonly string[], sealed: string, purpose = storage): string {
  const [form, id = '', envelope = ''] = sealed.split('.')
  if (form !== version) throw new Error(`Expected a value sealed as ${version}, got another form.`)
  const key = secrets.map(secret => keyFrom(secret, purpose)).find(each => each.id === id)
  if (key === undefined) {
    throw new Error(
      `Expected the secret that this was sealed with (key ${id}), got ${secrets.length} others.`,
    )
  }
  const bytes = Buffer.from(envelope, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, bytes.subarray(0, ivBytes), {
    authTagLength: tagBytes,
  })
  decipher.setAAD(Buffer.from(`${version}.${id}`))
  decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
  const body = bytes.subarray(ivBytes + tagBytes)
  return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
}

/** The id names a key without telling anything about it. */
function keyFrom(secret: string, purpose: string): Key {
  const bytes = Buffer.from(hkdfSync('sha256', secret, '', purpose, 32))
  return { id: hash('sha256', bytes).slice(0, 8), bytes }
}
