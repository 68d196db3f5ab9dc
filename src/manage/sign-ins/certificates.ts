// The certificate that a sign-in was signed with, beside those that its domain trusts today.
import type { Domain } from '../../domain/domain.ts'
import { CertificateError, describeCertificates } from '../../saml/certificate.ts'

export type CertificateObject = ReturnType<typeof describeCertificates>[number]

export interface UsedCertificate {
  readonly fingerprint: string
  /** Null where nothing but the fingerprint was kept. */
  readonly certificate: CertificateObject | null
  /** Whether it is one of the domain's now. */
  readonly isConfigured: boolean
}

interface Shown {
  readonly fingerprint: string | null
  readonly responseXml: string | null
}

export function usedCertificate(
  { samlCertificates }: Pick<Domain, 'samlCertificates'>,
  { fingerprint, responseXml }: Shown,
  now: Date,
): UsedCertificate | null {
  if (fingerprint === null) return null
  const configured = samlCertificates === null ? [] : describeCertificates(samlCertificates, now)
  const known = configured.find(each => each.fingerprint_sha256 === fingerprint)
  const certificate = known ?? shownIn(responseXml ?? '', fingerprint, now)
  return { fingerprint, certificate, isConfigured: known !== undefined }
}

const longestShown = 20_000
/** An honest response shows one in each signature, or a chain of a few. */
const mostRead = 10

/** What the response shows of itself: for people to compare, never trusted. */
function shownIn(xml: string, fingerprint: string, now: Date): CertificateObject | null {
  const texts = xml.matchAll(/<(?:[\w.-]{1,40}:)?X509Certificate>([A-Za-z0-9+/=\s]+)</g)
  for (const [, base64 = ''] of texts.take(mostRead)) {
    const found = base64.length <= longestShown ? read(base64, now) : undefined
    if (found?.fingerprint_sha256 === fingerprint) return found
  }
  return null
}

function read(base64: string, now: Date): CertificateObject | undefined {
  try {
    return describeCertificates(base64, now)[0]
  } catch (error) {
    if (error instanceof CertificateError) return undefined
    throw error
  }
}
