// Is it signed by one of the connection's certificates? What comes out is the very text that was signed.
import { hash, X509Certificate } from 'node:crypto'
import { SamlRefusal } from '../refusal.ts'
import { canonicalize } from '../xml/canonical.ts'
import { attributeOf, type Element } from '../xml/element.ts'
import { readXml } from '../xml/read.ts'
import { digestName, verifies } from './algorithms.ts'
import { readSignedInfo, type Signature, type SignaturePolicy } from './policy.ts'

export interface Proof {
  /** The signed element without its signature, as canonical text: the bytes that were digested. */
  readonly text: string
  /** The certificate that verifies, one of the connection's. */
  readonly certificate: X509Certificate
}

export interface Trust extends SignaturePolicy {
  readonly certificates: readonly X509Certificate[]
}

/** Throws `saml_wrong_certificate` or `saml_bad_signature`. */
export function verify(signed: Element, signature: Signature, trust: Trust): Proof {
  const text = canonicalize(signature.signedInfo, { inclusive: signature.info.ownPrefixes })
  const certificate = trust.certificates.find(each =>
    verifies(signature.info.method, each.publicKey, { text, signature: signature.value }),
  )
  if (!certificate) throw notSignedByAny(signature, trust)
  // From here on only what was signed counts: the digest, too, is read from the signed text.
  const info = readSignedInfo(readXml(text), attributeOf(signed, 'ID') ?? '', trust)
  const canonical = canonicalize(signed, { without: signature.element, inclusive: info.prefixes })
  const digest = hash(digestName(info.digestMethod) ?? '', canonical, 'buffer')
  if (!digest.equals(info.digest)) {
    throw new SamlRefusal(
      'saml_bad_signature',
      `the ${signed.local} as it was signed, digest ${info.digest.toString('base64')}`,
      `one that was changed afterwards, digest ${digest.toString('base64')}`,
    )
  }
  return { text: canonical, certificate }
}

function notSignedByAny(signature: Signature, { certificates }: Trust): SamlRefusal {
  const expected = certificates.map(describe).join(' or ')
  const shown = shownCertificate(signature)
  const isKnown = certificates.some(each => each.fingerprint256 === shown?.fingerprint256)
  if (shown && !isKnown) {
    return new SamlRefusal(
      'saml_wrong_certificate',
      `a signature by ${expected}`,
      `one by ${describe(shown)}`,
    )
  }
  const got = `one that verifies with none of them (${signature.info.method})`
  return new SamlRefusal('saml_bad_signature', `a signature by ${expected}`, got)
}

const describe = ({ fingerprint256, validToDate }: X509Certificate) =>
  `certificate ${fingerprint256} (until ${validToDate.toISOString().slice(0, 10)})`

/** Undefined when there is none that can be read. */
function shownCertificate({ shown }: Signature): X509Certificate | undefined {
  try {
    const certificate = shown && new X509Certificate(shown)
    return Number.isNaN(certificate?.validToDate.getTime()) ? undefined : certificate
  } catch {
    return undefined
  }
}

/** SHA-256, of the certificate that a signature shows. */
export const shownFingerprint = (signature: Signature): string | null =>
  shownCertificate(signature)?.fingerprint256 ?? null
