// Signing in over HTTP without pages: what is open to an address, a mailed link, tokens for applications, who is here.
import { z } from 'zod'
import { Refusal } from '../../base/refusal.ts'
import { requestLink } from '../../login/link.ts'
import { findSignedIn } from '../../login/session.ts'
import { exchangeCode } from '../../login/token.ts'
import { readWays } from '../../login/ways.ts'
import { readSessionCookie } from '../cookies.ts'
import { csrfTokenOf, refuseOtherSites } from '../own-pages.ts'
import { text, words } from './mount/fields.ts'
import { ofAnybody } from './mount/operation.ts'
import { id, instant, address as shownAddress } from './mount/shapes.ts'

const address = z.object({ email: words(254) })
const linkFields = address.extend({
  next: text(2048).optional().describe('Where to go afterwards.'),
})
const codeFields = z.object({ code: words(128) })

const ways = z.object({
  sso_enforcement: z.enum(['', 'saml']),
  saml_available: z.boolean(),
  email_link_available: z.boolean(),
})

const signedInAs = z
  .object({
    id,
    user: z.object({
      id,
      uuid: id,
      email: shownAddress,
      first_name: z.string(),
      last_name: z.string(),
    }),
    organization_id: id.nullable(),
    method: z.string(),
    signed_in_at: instant,
    expires_at: instant,
    csrf_token: z.string().describe('What requests that write send as `X-CSRF-Token`.'),
  })
  .meta({ id: 'Session' })

export const precheck = ofAnybody({
  id: 'listWaysIn',
  summary: 'The ways in that are open to an address, whether anybody has it or not',
  body: address,
  answer: ways,
  run: async (ctx, { body }) => readWays(ctx, (await body()).email),
})

/** The same answer, as fast, whether anybody has this address or not. */
export const mailLink = ofAnybody({
  id: 'mailSignInLink',
  summary: 'Mail a link that signs in',
  body: linkFields,
  answer: z.object({ detail: z.string() }),
  run: async (ctx, { c, body }) => {
    refuseOtherSites(c, ctx.config)
    await requestLink(ctx, await body())
    return { detail: 'If somebody with this address is a member here, a link is on its way.' }
  },
})

export const exchange = ofAnybody({
  id: 'exchangeCode',
  summary: 'A short token for an application, for the code that a browser brought it',
  body: codeFields,
  answer: z.object({
    token: z.string().describe('A JWT, verified by `/.well-known/jwks.json`.'),
    expires_at: instant,
  }),
  run: async (ctx, { body }) => exchangeCode(ctx, (await body()).code),
})

/** The session of the browser's cookie, and the token by which its pages may write. */
export const session = ofAnybody({
  id: 'getSession',
  summary: 'Who is signed in in this browser',
  answer: signedInAs,
  run: async (ctx, { c }) => {
    const secret = readSessionCookie(c, ctx.config)
    const signedIn = await findSignedIn(ctx, secret)
    if (!secret || !signedIn)
      throw new Refusal('unauthenticated', 'not_authenticated', 'Nobody is signed in.')
    const { id: sessionId, organization_id, method, signed_in_at, expires_at } = signedIn.session
    const { id: personId, email, first_name, last_name } = signedIn.person
    return {
      id: sessionId,
      user: { id: personId, uuid: personId, email, first_name, last_name },
      organization_id,
      method,
      signed_in_at,
      expires_at,
      csrf_token: csrfTokenOf(secret),
    }
  },
})
