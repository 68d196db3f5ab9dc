import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { selfSignedCertificate } from '../../src/base/self-signed.ts'

const notBefore = new Date('2026-01-02T03:04:05Z')

describe('self-signed', () => {
  it.each([
    ['RSA', () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey, '2049-12-31T23:59:59Z'],
    ['P-256', () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey, '2050-01-01T00:00:00Z'],
    ['P-384', () => generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey, '2126-01-02T03:04:05Z'],
  ])('makes a certificate that %s verifies, with its name and its dates', (_type, makeKey, end) => {
    const privateKey = createPrivateKey(makeKey().export({ type: 'pkcs8', format: 'pem' }))
    const pem = selfSignedCertificate({
      privateKey,
      commonName: 'Gatehouse · Tür',
      notBefore,
      notAfter: new Date(end),
    })
    const certificate = new X509Certificate(pem)
    expect(certificate.toString()).toBe(pem)
    expect(certificate.subject).toBe('CN=Gatehouse · Tür')
    expect(certificate.issuer).toBe(certificate.subject)
    expect(certificate.checkPrivateKey(privateKey)).toBe(true)
    expect(certificate.verify(certificate.publicKey)).toBe(true)
    expect(certificate.validFromDate).toEqual(notBefore)
    expect(certificate.validToDate).toEqual(new Date(end))
  })

  it('never gives two certificates one serial number', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const make = () =>
      selfSignedCertificate({ privateKey, commonName: 'x', notBefore, notAfter: new Date('2030-01-01') })
    expect(new X509Certificate(make()).serialNumber).not.toBe(new X509Certificate(make()).serialNumber)
  })
})
