// From a response as it came to the assertion that the identity provider signed: policy, cryptography, decryption.
import { attempt, type Checks } from './checks.ts'
import { type DecryptionSettings, decrypt } from './decrypt.ts'
import { SamlRefusal } from './refusal.ts'
import { requireAssertion, screenAssertion, screenResponse } from './response/screen.ts'
import { readSignature, type Signature, signatureOf } from './signature/policy.ts'
import { shownFingerprint, type Trust, verify } from './signature/verify.ts'
import type { Element } from './xml/element.ts'
import { readXml } from './xml/read.ts'

export interface Proven {
  /** Read from text that was signed: by itself, or as a part of the response. */
  readonly assertion: Element
  /** Read from text that was signed; undefined when only the assertion is. */
  readonly signedResponse: Element | undefined
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
  const isPlain = assertion.local === 'Assertion'
  const { around, own } = attempt(watch.checks, 'policy', () => {
    const found = { around: read(response, trust), own: isPlain ? read(assertion, trust) : undefined }
    // Whether an encrypted assertion is signed shows when it is decrypted.
    if (isPlain && !found.around && !found.own) throw unsigned()
    return found
  })
  const proven = around && screenResponse(readXml(prove(around, trust, watch)))
  const text = own && prove(own, trust, watch)
  const signedResponse = proven?.response
  const source = proven ? requireAssertion(proven) : assertion
  if (!isPlain) {
    const isSigned = proven !== undefined
    return { signedResponse, assertion: proveEncrypted(source, trust, { ...watch, isSigned }) }
  }
  // In a signed response it has been read already from text that was signed.
  if (proven) return { signedResponse, assertion: source }
  if (text === undefined) throw unsigned()
  return { signedResponse, assertion: screenAssertion(readXml(text)) }
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
  return own ? screenAssertion(readXml(prove(own, trust, watch))) : plain
}

interface Signed {
  readonly element: Element
  readonly signature: Signature
}

function read(element: Element, trust: Trust): Signed | undefined {
  const signature = signatureOf(element)
  return signature && { element, signature: readSignature(signature, element, trust) }
}

/** The canonical text that is signed. */
function prove({ element, signature }: Signed, trust: Trust, { checks, note }: Watch): string {
  note(shownFingerprint(signature))
  const proof = attempt(checks, 'signature', () => verify(element, signature, trust))
  note(proof.certificate.fingerprint256)
  return proof.text
}

const unsigned = () =>
  new SamlRefusal('saml_unsigned', 'a signature on the Response or the Assertion', 'none on either')
