import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CertificateError,
  describeCertificates,
  readCertificates,
  toPem,
} from '../../src/saml/certificate.ts'
import { base64Of, entra, idp, okta, pemOf, redirect, service } from './metadata-documents.ts'

const rsa = pemOf('rsa-2048')
const ec = pemOf('ec-p256')
const normalised = (text: string) => toPem(readCertificates(text))

describe('certificate: the shapes that administrators paste', () => {
  it.each([
    ['PEM', rsa],
    ['bare base64', base64Of('rsa-2048')],
    ['bare base64 with line breaks', base64Of('rsa-2048').replaceAll(/.{60}/g, '$&\n')],
    ['one line', rsa.replaceAll('\n', '')],
    ['one line with spaces in place of the breaks', rsa.replaceAll('\n', ' ')],
    ['CRLF', rsa.replaceAll('\n', '\r\n')],
    ['indented', rsa.replaceAll(/^/gm, '    ')],
    ['a literal \\n', rsa.replaceAll('\n', '\\n')],
    ['a literal \\r\\n', rsa.replaceAll('\n', '\\r\\n')],
    ['a JSON string', JSON.stringify(rsa)],
    ['a byte order mark and blank lines', `\uFEFF\n\n${rsa}\n\n`],
    ['text before and after, as OpenSSL writes it', `subject=CN = idp\nissuer=CN = idp\n${rsa}trailer\n`],
    ['the old label', rsa.replaceAll('CERTIFICATE', 'X509 CERTIFICATE')],
    ['a PEM file in base64', Buffer.from(rsa).toString('base64')],
    ['a metadata document', okta],
  ])('reads %s', (_shape, text) => {
    expect(normalised(text)).toBe(rsa)
  })

  it('reads several, in their order', () => {
    expect(normalised(rsa + ec)).toBe(rsa + ec)
    expect(normalised(`${ec}\r\n\r\n${rsa.replaceAll('\n', '\r\n')}`)).toBe(ec + rsa)
    expect(normalised((rsa + ec).replaceAll('\n', ''))).toBe(rsa + ec)
    expect(normalised(entra)).toBe(rsa + ec)
  })

  it('gives a certificate once that was pasted twice', () => {
    expect(normalised(rsa + ec + rsa)).toBe(rsa + ec)
  })

  it.each(['rsa-2048', 'rsa-3072', 'rsa-pss-2048', 'ec-p256', 'ec-p384', 'ec-p521'])(
    'accepts a key %s',
    name => {
      expect(normalised(pemOf(name))).toBe(pemOf(name))
    },
  )
})

describe('certificate: what is refused, and the sentence', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const rsaKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const bare = (der: Buffer) => der.toString('base64')

  it.each([
    ['PKCS #8', String(privateKey.export({ type: 'pkcs8', format: 'pem' }))],
    ['SEC 1', String(privateKey.export({ type: 'sec1', format: 'pem' }))],
    ['PKCS #1', String(rsaKey.export({ type: 'pkcs1', format: 'pem' }))],
    [
      'encrypted',
      String(rsaKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })),
    ],
    ['PKCS #8 in bare base64', bare(rsaKey.export({ type: 'pkcs8', format: 'der' }))],
    ['SEC 1 in bare base64', bare(privateKey.export({ type: 'sec1', format: 'der' }))],
    ['beside its certificate', rsa + String(rsaKey.export({ type: 'pkcs8', format: 'pem' }))],
  ])('refuses a private key (%s) and says to replace it at once', (_shape, text) => {
    expect(() => readCertificates(text)).toThrow(/got a private key.*replace it at once/)
  })

  it.each([
    ['a public key', String(publicKey.export({ type: 'spki', format: 'pem' })), 'got a public key'],
    [
      'a public key in bare base64',
      bare(publicKey.export({ type: 'spki', format: 'der' })),
      'got a public key',
    ],
    ['a signing request', rsa.replaceAll('CERTIFICATE', 'CERTIFICATE REQUEST'), 'got a certificate request'],
    ['RSA-1024', pemOf('rsa-1024'), 'at least 2048 bits, got 1024 bits'],
    ['P-224', pemOf('ec-p224'), 'got secp224r1'],
    ['secp256k1', pemOf('ec-secp256k1'), 'got secp256k1'],
    ['Ed25519', pemOf('ed25519'), 'got ed25519'],
    ['a weak one among good ones', rsa + pemOf('rsa-1024'), 'got 1024 bits'],
    ['a PEM without its end', rsa.replace(/-----END.*/, ''), 'one without the other'],
    ['a PEM without its beginning', rsa.replace(/-----BEGIN.*/, ''), 'one without the other'],
    ['two beginnings', `-----BEGIN CERTIFICATE-----\n${rsa}`, 'one without the other'],
    ['a certificate with a part missing', base64Of('rsa-2048').slice(0, 400), 'perhaps a part is missing'],
    ['a fingerprint', '0B:EB:2C:40:84:76', 'neither'],
    ['a file name', 'idp.crt', 'neither'],
    ['base64 of something else', bare(Buffer.from('hello there')), 'got 11 bytes that are none'],
    ['nothing', ' \n', 'got nothing'],
    ['an HTML page', '<!DOCTYPE html><html></html>', 'document type declaration'],
    ['metadata without a certificate', idp(service(redirect)), 'Expected a signing certificate'],
  ])('refuses %s', (_what, text, sentence) => {
    expect(() => readCertificates(text)).toThrow(CertificateError)
    expect(() => readCertificates(text)).toThrow(sentence)
  })

  it('throws nothing else, whatever is cut out or put in', () => {
    const pasted = rsa + ec
    const position = fc.nat(pasted.length)
    fc.assert(
      fc.property(position, position, fc.string({ maxLength: 3 }), (from, length, put) => {
        try {
          const pem = normalised(pasted.slice(0, from) + put + pasted.slice(from + length))
          describeCertificates(pem, new Date())
        } catch (error) {
          expect(error).toBeInstanceOf(CertificateError)
        }
      }),
      { numRuns: 3000 },
    )
  })

  it('reads a hostile 64 KiB in no time', () => {
    const started = performance.now()
    for (const part of ['-----BEGIN ', '-----BEGIN CERTIFICATE-----', '-', 'A', '\\', '"', '<a>']) {
      const hostile = part.repeat(Math.ceil(65_536 / part.length))
      expect(() => readCertificates(hostile), part).toThrow(CertificateError)
    }
    expect(performance.now() - started).toBeLessThan(1000)
  })
})

describe('certificate: describeCertificates', () => {
  it('describes each in the words of the API', () => {
    const [first, second] = describeCertificates(rsa + ec, new Date('2026-12-01T00:00:00Z'))
    expect(first).toEqual({
      subject: 'O=Acme\\, Inc, CN=rsa-2048.acme.test',
      issuer: 'O=Acme\\, Inc, CN=rsa-2048.acme.test',
      serial_number: '0C0FE8BCC9F9F4B77679FCFF199279A0E68ED934',
      fingerprint_sha256:
        '0B:EB:2C:40:84:76:84:93:DC:66:8A:00:75:D7:A2:2E:FB:50:88:62:E1:59:EC:5A:7E:45:93:C2:30:29:C0:63',
      key_type: 'rsa-2048',
      not_before: '2026-11-25T13:14:30.000Z',
      not_after: '2036-11-22T13:14:30.000Z',
      expires_in_days: 3644,
    })
    expect(second?.key_type).toBe('ec-p256')
  })

  it.each([
    ['2036-11-21T13:14:30Z', 1],
    ['2036-11-22T13:14:29Z', 0],
    ['2036-11-22T13:14:31Z', -1],
    ['2036-12-22T13:14:30Z', -30],
  ])('at %s has %i whole days left: an expired one is described, not refused', (now, days) => {
    expect(describeCertificates(rsa, new Date(now))[0]?.expires_in_days).toBe(days)
  })
})
