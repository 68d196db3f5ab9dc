// Every page and form of a domain's steps, below the path of the domain's page, with the part that it belongs to.
import { missing } from '../../../base/refusal.ts'
import { setSaml } from './saml.ts'
import * as scim from './scim.ts'
import { showDomain } from './show.ts'
import type { Part, Workplace } from './stepper.ts'
import { verify } from './verify.ts'

type Answer = Response | Promise<Response>

type Step = readonly [
  method: 'GET' | 'POST',
  path: string,
  /** Null: whatever the parts are. */
  part: Part | null,
  handler: (place: Workplace) => Answer,
]

const forms: readonly Step[] = [
  ['POST', '/verify', 'verify', verify],
  ['POST', '/saml', 'saml', setSaml],
  ['POST', '/scim', 'scim', scim.switchScim],
  ['POST', '/scim-tokens', 'scim', scim.rotate],
  ['POST', '/scim-tokens/:token/revoke', 'scim', scim.revoke],
]

/** Whoever loads the address of a form's answer anew comes back to the page. */
const back = ([, path, part]: Step): Step => ['GET', path, part, ({ c, base }) => c.redirect(base, 303)]

/** Refuses outside the parts of the place. */
const within = ([method, path, part, handler]: Step): Step => [
  method,
  path,
  part,
  place => {
    if (part !== null && !place.parts.has(part)) throw missing()
    return handler(place)
  },
]

/** To be mounted in this order, each handler given a workplace. */
export const steps: readonly Step[] = [
  ['GET', '', null, (place: Workplace) => showDomain(place)] as const,
  ...forms,
  ...forms.map(back),
].map(within)
