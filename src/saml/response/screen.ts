// The shape that a response must have before anything in it is believed: one assertion, in its place, no foreign signatures.
import { malformed } from '../refusal.ts'
import { allOf, attributeOf, childrenOf, type Element, elementsOf, is } from '../xml/element.ts'
import { ds, dsig11, exclusive, saml, samlp, xenc, xenc11 } from '../xml/namespaces.ts'

export interface ScreenedResponse {
  readonly response: Element
  /** An Assertion or EncryptedAssertion; none where the identity provider reports an error. */
  readonly assertion: Element | undefined
}

const signatureParts = ['SignedInfo', 'SignatureValue', 'KeyInfo', 'KeyValue']
const signatureNamespaces = [ds, dsig11, exclusive]
// Elements of these have an `Id` in their schemas. Nothing here is ever found by it.
const withOwnId = [ds, dsig11, xenc, xenc11]

/** Throws `saml_malformed`. */
export function screenResponse(root: Element): ScreenedResponse {
  if (!is(root, samlp, 'Response')) throw malformed('a samlp:Response', nameOf(root))
  const all = allOf(root)
  if (all.some(each => each !== root && is(each, samlp, 'Response'))) {
    throw malformed('one Response', 'one in another')
  }
  const assertions = all.filter(isAssertion)
  const [assertion] = assertions
  if (assertions.length > 1) throw malformed('exactly one Assertion', `${assertions.length}`)
  if (assertion && assertion.parent !== root) {
    throw malformed('the Assertion directly in the Response', `in ${assertion.parent?.name}`)
  }
  screenIds(all)
  screenSignatures(all, [root, assertion])
  requireId(root)
  if (assertion?.local === 'Assertion') requireId(assertion)
  return { response: root, assertion }
}

/** Asked for only once the status is known: an error comes without. Throws `saml_malformed`. */
export function requireAssertion({ assertion }: ScreenedResponse): Element {
  if (assertion) return assertion
  throw malformed('exactly one Assertion', 'none')
}

/** What was decrypted, or proven by itself. Throws `saml_malformed`. */
export function screenAssertion(root: Element): Element {
  if (!is(root, saml, 'Assertion')) throw malformed('a saml:Assertion', nameOf(root))
  const all = allOf(root)
  if (all.filter(isAssertion).length > 1) throw malformed('exactly one Assertion', 'one in another')
  screenIds(all)
  screenSignatures(all, [root])
  requireId(root)
  return root
}

const isAssertion = ({ uri, local }: Element) =>
  uri === saml && (local === 'Assertion' || local === 'EncryptedAssertion')

const nameOf = ({ uri, local }: Element) => `{${uri}}${local}`

function requireId(element: Element): void {
  if (!attributeOf(element, 'ID')) throw malformed(`an ID on ${element.local}`, 'none')
}

function screenIds(all: readonly Element[]): void {
  const seen = new Set<string>()
  for (const element of all) {
    for (const { name, local, value } of element.attributes) {
      if (local.toLowerCase() !== 'id') continue
      const isKnown = name === 'ID' || (name === 'Id' && withOwnId.includes(element.uri))
      if (!isKnown) throw malformed('ID as the only attribute of its kind', `${name} on ${element.name}`)
      if (seen.has(value)) throw malformed('every ID once', `"${value}" twice`)
      seen.add(value)
    }
  }
}

function screenSignatures(all: readonly Element[], signable: readonly (Element | undefined)[]): void {
  for (const element of all.filter(each => is(each, ds, 'Signature'))) {
    const { parent } = element
    if (parent === undefined || !signable.includes(parent)) {
      throw malformed('a Signature directly in Response or Assertion', `one in ${parent?.name ?? 'nothing'}`)
    }
    if (childrenOf(parent, ds, 'Signature').length > 1) throw malformed('one Signature', 'several')
    screenSignature(element)
  }
}

function screenSignature(signature: Element): void {
  for (const part of elementsOf(signature)) {
    if (part.uri !== ds || !signatureParts.includes(part.local)) {
      throw malformed(`only ${signatureParts.join(', ')} in Signature`, nameOf(part))
    }
  }
  const foreign = allOf(signature).find(each => !signatureNamespaces.includes(each.uri))
  if (foreign) throw malformed('nothing foreign in Signature', nameOf(foreign))
}
