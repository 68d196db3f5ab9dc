// Reading the request that brings a browser here: as much of it as this provider needs.
import { inflateRawSync } from 'node:zlib'

export interface AuthnRequest {
  readonly id: string
  readonly acsUrl: string
  /** Whether the person must prove themselves again. */
  readonly isForced: boolean
}

const longest = 64 * 1024

/** How it comes: deflated in a query (SAML bindings 3.4.4.1), or as it is in a form (3.5.4). */
export type Binding = 'redirect' | 'post'

/** Undefined for anything that is no AuthnRequest. */
export function readAuthnRequest(samlRequest: string, binding: Binding): AuthnRequest | undefined {
  const bytes = Buffer.from(samlRequest, 'base64')
  const xml = binding === 'redirect' ? inflate(bytes) : bytes.subarray(0, longest).toString()
  const root = /<(?:\w+:)?AuthnRequest\s[^>]*>/.exec(xml)?.[0] ?? ''
  const id = attributeOf(root, 'ID')
  const acsUrl = attributeOf(root, 'AssertionConsumerServiceURL')
  if (id === undefined || acsUrl === undefined) return undefined
  return { id, acsUrl, isForced: attributeOf(root, 'ForceAuthn') === 'true' }
}

function inflate(bytes: Buffer): string {
  try {
    return inflateRawSync(bytes, { maxOutputLength: longest }).toString()
  } catch {
    return ''
  }
}

const attributeOf = (tag: string, name: string) =>
  new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&amp;', '&')
