// What a signature may look like, before any of it is computed (SAML core 5.4, narrowed).
import { SamlRefusal } from '../refusal.ts'
import { attributeOf, childOf, childrenOf, type Element, elementsOf, is, textOf } from '../xml/element.ts'
import { ds, exclusive } from '../xml/namespaces.ts'
import { isStrongDigest, isStrongSignature } from './algorithms.ts'

export interface SignaturePolicy {
  readonly allowSha1: boolean
}

export interface SignedInfo {
  readonly method: string
  readonly digestMethod: string
  readonly digest: Buffer
  /** The PrefixLists of the two canonicalizations: of SignedInfo itself, and of what it refers to. */
  readonly ownPrefixes: readonly string[]
  readonly prefixes: readonly string[]
}

export interface Signature {
  readonly element: Element
  readonly signedInfo: Element
  readonly info: SignedInfo
  readonly value: Buffer
  /** The first certificate that KeyInfo shows, as DER: for the log, never trusted. */
  readonly shown: Buffer | undefined
}

const enveloped = `${ds}enveloped-signature`
const mostPrefixes = 40
// There are no comments to keep: the strict reading refuses them.
const canonicalizations = [exclusive, `${exclusive}WithComments`]

const bad = (expected: string, got: string) => new SamlRefusal('saml_bad_signature', expected, got)
const weak = (expected: string, got: string) => new SamlRefusal('saml_weak_algorithm', expected, got)

export const signatureOf = (signed: Element): Element | undefined => childOf(signed, ds, 'Signature')

/** Throws `saml_weak_algorithm`, or `saml_bad_signature` for one that does not sign `signed` itself as a whole. */
export function readSignature(element: Element, signed: Element, policy: SignaturePolicy): Signature {
  const signedInfo = only(element, 'SignedInfo')
  return {
    element,
    signedInfo,
    info: readSignedInfo(signedInfo, attributeOf(signed, 'ID') ?? '', policy),
    value: readBase64(only(element, 'SignatureValue')),
    shown: shownCertificate(element),
  }
}

export function readSignedInfo(signedInfo: Element, id: string, { allowSha1 }: SignaturePolicy): SignedInfo {
  const method = algorithmOf(only(signedInfo, 'SignatureMethod'))
  if (!isStrongSignature(method, allowSha1)) {
    throw weak('RSA (PKCS #1 or PSS) or ECDSA with SHA-256, SHA-384 or SHA-512', method || 'no algorithm')
  }
  const reference = only(signedInfo, 'Reference')
  const uri = attributeOf(reference, 'URI') ?? ''
  if (id === '' || uri !== `#${id}`) {
    throw bad(`a Reference to the element around the Signature, "#${id}"`, `"${uri}"`)
  }
  const digestMethod = algorithmOf(only(reference, 'DigestMethod'))
  if (!isStrongDigest(digestMethod, allowSha1)) {
    throw weak('a digest by SHA-256, SHA-384 or SHA-512', digestMethod || 'no algorithm')
  }
  return {
    method,
    digestMethod,
    digest: readBase64(only(reference, 'DigestValue')),
    ownPrefixes: readCanonicalization(only(signedInfo, 'CanonicalizationMethod')),
    prefixes: readTransforms(reference),
  }
}

/** The enveloped signature transform, then exclusive canonicalization, and nothing else. */
function readTransforms(reference: Element): readonly string[] {
  const transforms = childrenOf(only(reference, 'Transforms'), ds, 'Transform')
  const [first, second] = transforms
  const isUsual = first !== undefined && second !== undefined && transforms.length === 2
  if (!isUsual || algorithmOf(first) !== enveloped || elementsOf(first).length > 0) {
    const got = transforms.map(algorithmOf).join(', ') || 'none'
    throw bad('the transforms enveloped-signature and exclusive canonicalization', got)
  }
  return readCanonicalization(second)
}

function readCanonicalization(element: Element): readonly string[] {
  const algorithm = algorithmOf(element)
  if (!canonicalizations.includes(algorithm)) throw bad('exclusive canonicalization', algorithm)
  const [inclusive, ...others] = elementsOf(element)
  if (!inclusive) return []
  if (others.length > 0 || !is(inclusive, exclusive, 'InclusiveNamespaces')) {
    throw bad('at most a list of prefixes with the canonicalization', inclusive.name)
  }
  const prefixes = (attributeOf(inclusive, 'PrefixList') ?? '').split(/\s+/).filter(prefix => prefix !== '')
  if (prefixes.length > mostPrefixes) throw bad(`at most ${mostPrefixes} prefixes`, `${prefixes.length}`)
  return prefixes
}

function only(parent: Element, local: string): Element {
  const [found, ...others] = childrenOf(parent, ds, local)
  if (found && others.length === 0) return found
  throw bad(`exactly one ${local} in ${parent.local}`, `${others.length + (found ? 1 : 0)}`)
}

/** A parameter inside (a truncated HMAC, other PSS salts) changes what the algorithm means; none is known here. */
function algorithmOf(element: Element): string {
  const isPlain = element.local === 'CanonicalizationMethod' || element.local === 'Transform'
  const [parameter] = isPlain ? [] : elementsOf(element)
  if (parameter) throw weak(`${element.local} without parameters`, parameter.name)
  return attributeOf(element, 'Algorithm') ?? ''
}

function readBase64(element: Element): Buffer {
  const base64 = textOf(element)?.replaceAll(/[ \t\r\n]/g, '') ?? ''
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw bad(`base64 in ${element.local}`, 'something else')
  return Buffer.from(base64, 'base64')
}

function shownCertificate(signature: Element): Buffer | undefined {
  const data = childrenOf(signature, ds, 'KeyInfo').flatMap(info => childrenOf(info, ds, 'X509Data'))
  const [first] = data.flatMap(each => childrenOf(each, ds, 'X509Certificate'))
  return first && Buffer.from(textOf(first) ?? '', 'base64')
}
