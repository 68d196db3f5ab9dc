// Encrypted assertions for somebody else, by weak means, changed, or without a signature that covers them.
import { attacker, sp } from '../keys.ts'
import { type Making, make } from '../provider.ts'
import { type Encryption, encryptXml } from '../sign.ts'
import { edit, hostile } from './case.ts'

const encrypted = (encryption: Partial<Encryption> = {}, making: Making = {}) =>
  make({}, { ...making, encryption: { recipient: sp, ...encryption } })
const good = encrypted()
const saml = 'urn:oasis:names:tc:SAML:2.0:assertion'

/** A response, unsigned, around what is encrypted of the text. */
const around = (plain: string, encryption: Partial<Encryption> = {}) =>
  make().replace(/<saml:Assertion.*<\/saml:Assertion>/s, () =>
    encryptXml(plain, { recipient: sp, ...encryption }).replace(
      /^<[^>]+>/,
      `<saml:EncryptedAssertion xmlns:saml="${saml}">`,
    ),
  )
const assertion = /<saml:Assertion.*<\/saml:Assertion>/s.exec(make())?.[0] ?? ''
const unsigned = edit(assertion, /<ds:Signature .*?<\/ds:Signature>/s, '')
const lastValue =
  /(?<=<xenc:CipherValue>)[^<]*(?=<\/xenc:CipherValue><\/xenc:CipherData><\/xenc:EncryptedData>)/

export const encryption = [
  hostile('saml_decryption_failed', 'encrypted for somebody else', encrypted({ recipient: attacker })),
  hostile('saml_decryption_failed', 'no key of ours', good, { decryptionKeys: [] }),
  hostile(
    'saml_decryption_failed',
    'the ciphertext changed',
    edit(good, lastValue, Buffer.alloc(200).toString('base64')),
  ),
  hostile('saml_decryption_failed', 'the ciphertext cut short', edit(good, lastValue, 'AAAA')),
  hostile(
    'saml_decryption_failed',
    'a shorter key than the cipher’s name says',
    edit(encrypted({ cipher: 'aes128-gcm' }), 'aes128-gcm', 'aes256-gcm'),
  ),
  hostile('saml_decryption_failed', 'text that is no XML', around('ada@acme.test')),
  hostile('saml_decryption_failed', 'two assertions', around(assertion + assertion)),
  hostile('saml_decryption_failed', 'a document type', around(`<!DOCTYPE x>${assertion}`)),
  hostile('saml_malformed', 'a response', around(make().replace(/^<\?.*?\?>/, ''))),
  hostile(
    'saml_malformed',
    'an assertion in an assertion',
    around(edit(assertion, '</saml:Assertion>', `${unsigned}</saml:Assertion>`)),
  ),
  hostile('saml_unsigned', 'an unsigned assertion in an unsigned response', around(unsigned)),
  hostile(
    'saml_bad_signature',
    'a changed assertion, encrypted anew by an attacker',
    around(edit(assertion, 'ada@', 'eve@')),
  ),
  hostile(
    'saml_bad_signature',
    'a signed response around an exchanged EncryptedAssertion',
    edit(
      encrypted({}, { signed: 'response' }),
      /<xenc:EncryptedData.*<\/xenc:EncryptedData>/s,
      /<xenc:EncryptedData.*<\/xenc:EncryptedData>/s.exec(around(edit(unsigned, 'ada@', 'eve@')))?.[0] ?? '',
    ),
  ),
  hostile('saml_weak_algorithm', 'CBC in an unsigned response', encrypted({ cipher: 'aes256-cbc' })),
  hostile(
    'saml_weak_algorithm',
    'CBC where it is not allowed',
    encrypted({ cipher: 'aes256-cbc' }, { signed: 'both' }),
    { allowCbc: false },
  ),
  hostile(
    'saml_weak_algorithm',
    'triple DES',
    edit(good, /(?<=Algorithm=")[^"]*aes256-gcm/, 'http://www.w3.org/2001/04/xmlenc#tripledes-cbc'),
  ),
  hostile('saml_weak_algorithm', 'RSA with PKCS #1 v1.5', encrypted({ pkcs1: true })),
  hostile(
    'saml_weak_algorithm',
    'an unknown hash in OAEP',
    edit(good, /(?<=<ds:DigestMethod [^>]*Algorithm=")[^"]*/, 'urn:x'),
  ),
  hostile(
    'saml_weak_algorithm',
    'two hashes in OAEP',
    edit(encrypted({ oaep: 'sha256' }), 'mgf1sha256', 'mgf1sha1'),
  ),
  hostile(
    'saml_malformed',
    'a reference to the ciphertext elsewhere',
    edit(
      good,
      /<xenc:CipherValue>[^<]*<\/xenc:CipherValue>(?=<\/xenc:CipherData><\/xenc:EncryptedData>)/,
      '<xenc:CipherReference URI="http://evil.test/x"/>',
    ),
  ),
  hostile(
    'saml_malformed',
    'no EncryptedData',
    edit(good, /<xenc:EncryptedData.*<\/xenc:EncryptedData>/s, ''),
  ),
  hostile('saml_malformed', 'no EncryptedKey', edit(good, /<ds:KeyInfo .*<\/ds:KeyInfo>/s, '')),
  hostile(
    'saml_malformed',
    'five EncryptedKey',
    edit(
      good,
      /<xenc:EncryptedKey.*<\/xenc:EncryptedKey>/s,
      (/<xenc:EncryptedKey.*<\/xenc:EncryptedKey>/s.exec(good)?.[0] ?? '')
        .replace(' Id="_key"', '')
        .repeat(5),
    ),
  ),
]
