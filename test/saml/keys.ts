// Fresh keys and certificates for each run of the tests.
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { selfSignedCertificate } from '../../src/base/self-signed.ts'

export interface Signer {
  readonly privateKey: KeyObject
  readonly certificate: string
}

const certified = (commonName: string, privateKey: KeyObject): Signer => ({
  privateKey,
  certificate: selfSignedCertificate({
    privateKey,
    commonName,
    notBefore: new Date('2025-01-01T00:00:00Z'),
    notAfter: new Date('2035-01-01T00:00:00Z'),
  }),
})
const rsa = (name: string) => certified(name, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)
const ec = (name: string, namedCurve: string) =>
  certified(name, generateKeyPairSync('ec', { namedCurve }).privateKey)

export const idp = rsa('idp.test')
export const nextIdp = rsa('idp.test, next year')
export const attacker = rsa('attacker.test')
export const ec256 = ec('idp.test P-256', 'P-256')
export const ec384 = ec('idp.test P-384', 'P-384')
/** Ours, that assertions are encrypted for. */
export const sp = rsa('gatehouse.test')
export const nextSp = rsa('gatehouse.test, next year')

export const privatePem = ({ privateKey }: Signer): string =>
  privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
export const certificateBase64 = ({ certificate }: Signer): string =>
  certificate.replaceAll(/-----[A-Z ]+-----|\s/g, '')
