// From a response as it came to the assertion that the identity provider signed: policy, cryptography, decryption.
import { attempt, type Checks } from './checks.ts'
import { type DecryptionSettings, decrypt } from './decrypt.ts'
import { SamlRefusal } from './refusal.ts'
import { requireAssertion, screenAssertion, screenResponse } from './response/screen.ts'
import { readSignature, type Signature, signatureOf } from './signature/policy.ts'
import { shownFingerprint, type Trust, verify } from './signature/verify.ts'
import type { Element } from './xml/element.ts'

export interface Proven {
  /** Read from text that was signed: by itself, or as a part of the response. */
  readonly assertion: Element
  /** Only when the response itself is signed. */
  readonly response: Element | undefined
}

export interface Watch {
  readonly checks: Checks
  /** Told the fingerprint of the certificate in question. */
  readonly note: (certificateFingerprint: string | null) => void
}

export function proveAssertion(
  { response, assertion }: { response: Element; assertion: Element },
  trust: Trust & DecryptionSettings,
  watch: Watch,
): Proven {
  const inPlain = assertion.local === 'Assertion' ? assertion : undefined
  const signatures = attempt(watch.checks, 'policy', () => {
    const found = [response, inPlain].map(element => element && read(element, trust))
    // Whether an encrypted assertion is signed shows when it is decrypted.
    if (inPlain && found.every(each => each === undefined)) throw unsigned()
    return found
  })
  const [around, own] = signatures
  const provenResponse = around && screenResponse(prove(around, trust, watch))
  const result = { response: provenResponse?.response }
  if (own) return { ...result, assertion: screenAssertion(prove(own, trust, watch)) }
  const source = provenResponse ? requireAssertion(provenResponse) : assertion
  if (inPlain) return { ...result, assertion: source }
  return { ...result, assertion: proveEncrypted(source, trust, { ...watch, isSigned: Boolean(around) }) }
}

/** Plaintext under a signed response is signed with it; any other has to be signed itself. */
function proveEncrypted(
  encrypted: Element,
  trust: Trust & DecryptionSettings,
  watch: Watch & { isSigned: boolean },
): Element {
  const allowCbc = trust.allowCbc && watch.isSigned
  const plain = attempt(watch.checks, 'decryption', () =>
    screenAssertion(decrypt(encrypted, { ...trust, allowCbc })),
  )
  const own = attempt(watch.checks, 'policy', () => {
    const found = read(plain, trust)
    if (!found && !watch.isSigned) throw unsigned()
    return found
  })
  return own ? screenAssertion(prove(own, trust, watch)) : plain
}

interface Signed {
  readonly element: Element
  readonly signature: Signature
}

function read(element: Element, trust: Trust): Signed | undefined {
  const signature = signatureOf(element)
  return signature && { element, signature: readSignature(signature, element, trust) }
}

function prove({ element, signature }: Signed, trust: Trust, { checks, note }: Watch): Element {
  note(shownFingerprint(signature))
  const proof = attempt(checks, 'signature', () => verify(element, signature, trust))
  note(proof.certificate.fingerprint256)
  return proof.element
}

const unsigned = () =>
  new SamlRefusal('saml_unsigned', 'a signature on the Response or the Assertion', 'none on either')
