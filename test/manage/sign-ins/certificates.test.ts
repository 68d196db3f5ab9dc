// The certificate of a sign-in: a trusted one, the one that the response shows, or a fingerprint alone.
import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { usedCertificate } from '../../../src/manage/sign-ins/certificates.ts'
import { attacker, idp } from '../../saml/keys.ts'

const now = new Date('2026-11-25T00:00:00Z')
const trusting = { samlCertificates: idp.certificate }
const { fingerprint256: fingerprint, raw } = new X509Certificate(attacker.certificate)
const shown = (base64: string) => `<ds:X509Certificate>${base64}</ds:X509Certificate>`
const used = (responseXml: string) => usedCertificate(trusting, { fingerprint, responseXml }, now)

describe('usedCertificate', () => {
  it('is one of those trusted, or the one that the response shows', () => {
    const own = new X509Certificate(idp.certificate).fingerprint256
    expect(usedCertificate(trusting, { fingerprint: own, responseXml: null }, now)?.isConfigured).toBe(true)
    const { isConfigured, certificate } =
      used(`<a>${shown('AAAA')}${shown(raw.toString('base64'))}</a>`) ?? {}
    expect([isConfigured, certificate?.fingerprint_sha256]).toEqual([false, fingerprint])
  })

  it('is not looked for among thousands', () => {
    const begun = performance.now()
    const found = used(shown('AAAA').repeat(5000) + shown(raw.toString('base64')))
    expect(found).toEqual({ fingerprint, certificate: null, isConfigured: false })
    expect(performance.now() - begun).toBeLessThan(200)
  })
})
