// A key to sign with and the certificate that shows it, made anew whenever the demo starts.
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { selfSignedCertificate } from '../../base/self-signed.ts'

export interface Credential {
  readonly privateKey: KeyObject
  /** PEM. */
  readonly certificate: string
}

const dayMs = 24 * 60 * 60 * 1000

export function makeCredential(commonName: string, now: Date): Credential {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const notBefore = new Date(now.getTime() - dayMs)
  const notAfter = new Date(now.getTime() + 365 * dayMs)
  return {
    privateKey,
    certificate: selfSignedCertificate({ privateKey, commonName, notBefore, notAfter }),
  }
}

export const base64Of = ({ certificate }: Credential): string =>
  certificate.replaceAll(/-----[A-Z ]+-----|\s/g, '')
