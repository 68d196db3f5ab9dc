// Conditional requests (RFC 7644 §3.14, RFC 7232): does the version that the client means still stand?
import { preconditionFailed, preconditionRequired } from '../scim/errors.ts'
import { tagOf } from './document.ts'

/** Weak comparison, since our tags are weak; `*` means any version. */
export function matchesTag(header: string, version: number): boolean {
  if (header.trim() === '*') return true
  return header.split(',').some(tag => opaque(tag) === String(version))
}

/** Throws 412 when the resource has another version than `If-Match` names, 428 when none came and one is required. */
export function requireMatch(ifMatch: string | undefined, version: number, isRequired = false): void {
  if (ifMatch === undefined) {
    if (!isRequired) return
    throw preconditionRequired(
      `A change must say in If-Match (in a bulk, in version) which version it means; the resource has ${tagOf(version)}.`,
    )
  }
  if (matchesTag(ifMatch, version)) return
  throw preconditionFailed(`If-Match expects version ${ifMatch}, but the resource has ${tagOf(version)}.`)
}

const opaque = (tag: string) =>
  tag
    .trim()
    .replace(/^W\//, '')
    .replace(/^"(.*)"$/, '$1')
