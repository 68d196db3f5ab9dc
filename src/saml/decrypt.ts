// Decrypts an EncryptedAssertion with the installation's keys (XML Encryption 1.1, narrowed).
import { constants, createDecipheriv, createPrivateKey, privateDecrypt } from 'node:crypto'
import { malformed, SamlRefusal } from './refusal.ts'
import { attributeOf, childOf, childrenOf, type Element, textOf } from './xml/element.ts'
import { ds, xenc, xenc11 } from './xml/namespaces.ts'
import { readXml } from './xml/read.ts'

export interface DecryptionSettings {
  /** PEM, newest first; several while one replaces another. */
  readonly decryptionKeys: readonly string[]
  /** CBC can be altered without the key: only under a signature around it. */
  readonly allowCbc: boolean
}

type Gcm = 'aes-128-gcm' | 'aes-192-gcm' | 'aes-256-gcm'
type Cipher = { readonly gcm: Gcm } | { readonly cbc: string }

const ciphers = new Map<string, Cipher>([
  [`${xenc11}aes128-gcm`, { gcm: 'aes-128-gcm' }],
  [`${xenc11}aes192-gcm`, { gcm: 'aes-192-gcm' }],
  [`${xenc11}aes256-gcm`, { gcm: 'aes-256-gcm' }],
  [`${xenc}aes128-cbc`, { cbc: 'aes-128-cbc' }],
  [`${xenc}aes192-cbc`, { cbc: 'aes-192-cbc' }],
  [`${xenc}aes256-cbc`, { cbc: 'aes-256-cbc' }],
])
const oaepMgf1p = `${xenc}rsa-oaep-mgf1p`
const oaep = `${xenc11}rsa-oaep`
const hashes = new Map([
  [`${ds}sha1`, 'sha1'],
  [`${xenc}sha256`, 'sha256'],
  [`http://www.w3.org/2001/04/xmldsig-more#sha384`, 'sha384'],
  [`${xenc}sha512`, 'sha512'],
])
const maskHashes = new Map(['sha1', 'sha256', 'sha384', 'sha512'].map(name => [`${xenc11}mgf1${name}`, name]))
const mostRecipients = 4
const ivBytes = { gcm: 12, cbc: 16 }
const tagBytes = 16

/**
 * The root of the plaintext, whose parent is the place that the ciphertext stood in.
 * Refuses a form or algorithm that we do not take by its name; whatever goes wrong once a key is used is
 * one `saml_decryption_failed`, so that nobody learns from it what the plaintext is like.
 */
export function decrypt(encrypted: Element, settings: DecryptionSettings): Element {
  const data = only(encrypted, xenc, 'EncryptedData')
  const cipher = cipherOf(data, settings.allowCbc)
  const recipients = recipientsOf(encrypted, data).map(each => ({
    hash: oaepHashOf(only(each, xenc, 'EncryptionMethod')),
    value: cipherValueOf(each),
  }))
  const ciphertext = cipherValueOf(data)
  for (const { hash, value } of recipients) {
    for (const pem of settings.decryptionKeys) {
      const text = open(ciphertext, cipher, () => unwrap(pem, hash, value))
      if (text !== undefined) return readPlaintext(text, encrypted)
    }
  }
  throw undecipherable()
}

const undecipherable = () =>
  new SamlRefusal(
    'saml_decryption_failed',
    'an assertion encrypted for the certificate in our metadata',
    'one that cannot be decrypted',
  )

function readPlaintext(text: string, place: Element): Element {
  try {
    return readXml(text, place)
  } catch {
    throw undecipherable()
  }
}

function cipherOf(data: Element, allowCbc: boolean): Cipher {
  const algorithm = attributeOf(only(data, xenc, 'EncryptionMethod'), 'Algorithm') ?? ''
  const cipher = ciphers.get(algorithm)
  const isAllowed = cipher !== undefined && (allowCbc || 'gcm' in cipher)
  if (isAllowed) return cipher
  const expected = allowCbc ? 'AES-GCM or AES-CBC' : 'AES-GCM (AES-CBC only in a signed response)'
  throw new SamlRefusal('saml_weak_algorithm', expected, algorithm || 'no algorithm')
}

/** EncryptedKey stands in KeyInfo of EncryptedData, or beside EncryptedData. */
function recipientsOf(encrypted: Element, data: Element): Element[] {
  const inside = childrenOf(data, ds, 'KeyInfo').flatMap(info => childrenOf(info, xenc, 'EncryptedKey'))
  const all = [...inside, ...childrenOf(encrypted, xenc, 'EncryptedKey')]
  if (all.length > 0 && all.length <= mostRecipients) return all
  throw malformed(`1 to ${mostRecipients} EncryptedKey`, `${all.length}`)
}

/** The hash of RSA-OAEP; RSA with PKCS #1 v1.5 padding is never taken. */
function oaepHashOf(method: Element): string {
  const algorithm = attributeOf(method, 'Algorithm') ?? ''
  if (algorithm !== oaep && algorithm !== oaepMgf1p) {
    throw new SamlRefusal('saml_weak_algorithm', 'RSA-OAEP', algorithm || 'no algorithm')
  }
  const digest = hashNamed(hashes, childOf(method, ds, 'DigestMethod'))
  const mask = algorithm === oaep ? hashNamed(maskHashes, childOf(method, xenc11, 'MGF')) : 'sha1'
  if (digest !== mask || childOf(method, xenc, 'OAEPparams')) {
    const expected = 'RSA-OAEP without parameters and with one hash for digest and mask'
    throw new SamlRefusal('saml_weak_algorithm', expected, `${digest} and ${mask}`)
  }
  return digest
}

/** SHA-1 is what XML Encryption means when it is not said. */
function hashNamed(table: ReadonlyMap<string, string>, element: Element | undefined): string {
  if (!element) return 'sha1'
  const algorithm = attributeOf(element, 'Algorithm') ?? ''
  const name = table.get(algorithm)
  if (name) return name
  throw new SamlRefusal(
    'saml_weak_algorithm',
    'a hash that we know for RSA-OAEP',
    algorithm || 'no algorithm',
  )
}

const unwrap = (pem: string, oaepHash: string, wrapped: Buffer) =>
  privateDecrypt({ key: createPrivateKey(pem), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, wrapped)

/** Undefined for a wrong key and for a changed ciphertext alike. */
function open(ciphertext: Buffer, cipher: Cipher, unwrapKey: () => Buffer): string | undefined {
  try {
    const key = unwrapKey()
    const plain =
      'gcm' in cipher ? openGcm(ciphertext, cipher.gcm, key) : openCbc(ciphertext, cipher.cbc, key)
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain)
  } catch {
    return undefined
  }
}

function openGcm(bytes: Buffer, name: Gcm, key: Buffer): Buffer {
  const end = bytes.length - tagBytes
  const iv = bytes.subarray(0, ivBytes.gcm)
  const decipher = createDecipheriv(name, key, iv, { authTagLength: tagBytes })
  decipher.setAuthTag(bytes.subarray(end))
  return Buffer.concat([decipher.update(bytes.subarray(ivBytes.gcm, end)), decipher.final()])
}

/** The last byte is the length of the padding; what the padding is made of is left open (XML Encryption 5.2). */
function openCbc(bytes: Buffer, name: string, key: Buffer): Buffer {
  const decipher = createDecipheriv(name, key, bytes.subarray(0, ivBytes.cbc)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(bytes.subarray(ivBytes.cbc)), decipher.final()])
  const padding = padded.at(-1) ?? 0
  if (padding < 1 || padding > ivBytes.cbc) throw new Error('padding')
  return padded.subarray(0, padded.length - padding)
}

function cipherValueOf(element: Element): Buffer {
  const value = textOf(only(only(element, xenc, 'CipherData'), xenc, 'CipherValue')) ?? ''
  const base64 = value.replaceAll(/[ \t\r\n]/g, '')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw malformed('base64 in CipherValue', 'something else')
  return Buffer.from(base64, 'base64')
}

function only(parent: Element, uri: string, local: string): Element {
  const [found, ...others] = childrenOf(parent, uri, local)
  if (found && others.length === 0) return found
  throw malformed(`exactly one ${local} in ${parent.local}`, `${others.length + (found ? 1 : 0)}`)
}
