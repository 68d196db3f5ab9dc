// Every page and form of a domain's steps, below the path of the domain's page, with the part that it belongs to.
import { missing } from '../../../base/refusal.ts'
import * as enforcement from './enforce/enforce.ts'
import * as removal from './removal/removal.ts'
import * as saml from './saml/saml.ts'
import * as scim from './scim/scim.ts'
import { showDomain } from './show.ts'
import type { Part, Workplace } from './stepper.ts'
import { awaitTest, startTest } from './test/test.ts'
import { verify } from './verify/verify.ts'

type Answer = Response | Promise<Response>

type Step = readonly [
  method: 'GET' | 'POST',
  path: string,
  /** Null: whatever the parts are. */
  part: Part | null,
  handler: (place: Workplace) => Answer,
]

const pages: readonly Step[] = [
  ['GET', '', null, place => showDomain(place)],
  ['GET', '/test', 'test', startTest],
  ['GET', '/test/arrival', 'test', awaitTest],
  ['GET', '/enforce', 'enforce', enforcement.show],
  ['GET', '/delete', 'settings', removal.show],
]

const forms: readonly Step[] = [
  ['POST', '/verify', 'verify', verify],
  ['POST', '/saml/preview', 'saml', saml.preview],
  ['POST', '/saml', 'saml', saml.save],
  ['POST', '/saml/attributes', 'saml', saml.setAttributes],
  ['POST', '/settings', 'settings', saml.setJoining],
  ['POST', '/scim', 'scim', scim.switchScim],
  ['POST', '/scim-tokens', 'scim', scim.rotate],
  ['POST', '/scim-tokens/:token/revoke', 'scim', scim.revoke],
  ['POST', '/enforce', 'enforce', enforcement.change],
  ['POST', '/delete', 'settings', removal.remove],
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
export const steps: readonly Step[] = [...pages, ...forms, ...forms.map(back)].map(within)
