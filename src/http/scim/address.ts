// What a SCIM path names: the version, the domain, and the endpoint below the domain's base URL.
import { readId } from '../../base/id.ts'
import { invalidValue, invalidVers, notFound } from '../../scim/errors.ts'

export interface Address {
  readonly path: string
  /** With its `?`, or empty. */
  readonly search: string
  /** `v2`; undefined when the path names none, which means the newest (RFC 7644 §3.13). */
  readonly version: string | undefined
  /** Undefined when there is no id where the domain's should be: the path is below no base URL. */
  readonly domainId: string | undefined
  /** What follows the domain, decoded, without empty parts: `['Users', '0190…']`. */
  readonly parts: readonly string[]
}

export function readAddress(url: string): Address {
  const start = url.indexOf('/', url.indexOf('//') + 2)
  const end = url.indexOf('?', start)
  const path = url.slice(start, end < 0 ? undefined : end)
  const [, ...below] = path.split('/').filter(part => part !== '')
  const version = /^v\d+(\.\d+)?$/i.test(below[0] ?? '') ? below.shift() : undefined
  const domainId = readId(below.shift() ?? '')
  // A part that is no valid encoding stands for itself: it names nothing that exists.
  const parts = below.map(part => decode(part) ?? part)
  return { path, search: end < 0 ? '' : url.slice(end), version, domainId, parts }
}

/** The domain's id, once the version is one that we speak. */
export function requireDomainId({ version, domainId, path }: Address): string {
  if (version !== undefined && version.toLowerCase() !== 'v2') {
    throw invalidVers(`The version must be v2, but ${version} came.`)
  }
  if (domainId === undefined) throw notFound(`There is no SCIM endpoint at ${path.slice(0, 200)}.`)
  return domainId
}

/** A name in Latin-1 would be looked for with a replacement character in it, and finding nobody makes doubles. */
export function requireUtf8({ search }: Address): void {
  if (decode(search.replace(/%(?![0-9a-f]{2})/gi, '%25')) !== undefined) return
  throw invalidValue('The query must be UTF-8, percent-encoded, but bytes came that are none.')
}

function decode(part: string): string | undefined {
  if (!part.includes('%')) return part
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}
