// Reading the request that brings a browser here (SAML bindings 3.4): as much of it as this provider needs.
import { inflateRawSync } from 'node:zlib'

export interface AuthnRequest {
  readonly id: string
  readonly acsUrl: string
  /** Whether the person must prove themselves again. */
  readonly isForced: boolean
}

const longest = 64 * 1024

/** Undefined for anything that is no AuthnRequest. */
export function readAuthnRequest(samlRequest: string): AuthnRequest | undefined {
  const root = /<(?:\w+:)?AuthnRequest\s[^>]*>/.exec(inflate(samlRequest))?.[0] ?? ''
  const id = attributeOf(root, 'ID')
  const acsUrl = attributeOf(root, 'AssertionConsumerServiceURL')
  if (id === undefined || acsUrl === undefined) return undefined
  return { id, acsUrl, isForced: attributeOf(root, 'ForceAuthn') === 'true' }
}

function inflate(base64: string): string {
  try {
    return inflateRawSync(Buffer.from(base64, 'base64'), { maxOutputLength: longest }).toString()
  } catch {
    return ''
  }
}

const attributeOf = (tag: string, name: string) =>
  new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&amp;', '&')
