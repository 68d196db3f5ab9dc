// What not even an unmasked log may hold outside of bodies: whatever opens a door, also where it does not belong.

import { remembered } from './memory.ts'
import { hidden } from './personal.ts'

const naming = /auth|token|secret|passw|api-?key|credential|session/i

/** The tokens and keys of this server, whatever they stand in. */
const ours = /\bgt[a-z]_[\w-]{8,}/g

/** Whether a header or a parameter of this name holds something to get in by. */
export const holdsCredential = remembered(name => naming.test(name))

/** Most texts have no underscore, and are not looked at any closer. */
export const withoutTokens = (text: string): string =>
  text.includes('_') ? text.replace(ours, hidden) : text

/** A query string as it came, with or without its `?`. */
export const withoutCredentials = (search: string): string =>
  naming.test(search) ? search.split('&').map(withoutCredential).join('&') : search

function withoutCredential(pair: string): string {
  const name = pair.slice(0, Math.max(pair.indexOf('='), 0))
  return holdsCredential(name) ? `${name}=${hidden}` : pair
}
