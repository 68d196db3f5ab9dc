// What not even an unmasked log may hold outside of bodies: whatever opens a door, also where it does not belong.

import { hidden } from './personal.ts'

const naming = /auth|token|secret|passw|api-?key|credential|session/i

/** The tokens and keys of this server, whatever they stand in. */
const ours = /\bgt[a-z]_[\w-]{8,}/g

/** Whether a header or a parameter of this name holds something to get in by. */
export const holdsCredential = (name: string): boolean => naming.test(name)

export const withoutTokens = (text: string): string => text.replace(ours, hidden)

/** A query string as it came, with or without its `?`. */
export const withoutCredentials = (search: string): string =>
  search
    .split('&')
    .map(pair => {
      const name = pair.slice(0, Math.max(pair.indexOf('='), 0))
      return holdsCredential(name) ? `${name}=${hidden}` : pair
    })
    .join('&')
