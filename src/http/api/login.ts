// Signing in over HTTP without pages: what is open to an address, a mailed link, tokens for applications, who is here.
import { z } from 'zod'
import { Refusal } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { requestLink } from '../../login/link.ts'
import { findSignedIn } from '../../login/session.ts'
import { exchangeCode } from '../../login/token.ts'
import { readWays } from '../../login/ways.ts'
import { readSessionCookie } from '../cookies.ts'
import { csrfTokenOf, refuseOtherSites } from '../own-pages.ts'
import { parse, readJson } from './body.ts'
import { text, words } from './fields.ts'
import type { ApiContext } from './request.ts'

const address = z.object({ email: words(254) })
const linkFields = address.extend({ next: text(2048).optional() })
const codeFields = z.object({ code: words(128) })

export async function precheck(ctx: Context, c: ApiContext) {
  return c.json(await readWays(ctx, parse(address, await readJson(c)).email))
}

/** The same answer, as fast, whether anybody has this address or not. */
export async function mailLink(ctx: Context, c: ApiContext) {
  refuseOtherSites(c, ctx.config)
  await requestLink(ctx, parse(linkFields, await readJson(c)))
  return c.json({ detail: 'If somebody with this address is a member here, a link is on its way.' })
}

export async function exchange(ctx: Context, c: ApiContext) {
  return c.json(await exchangeCode(ctx, parse(codeFields, await readJson(c)).code))
}

/** The session of the browser's cookie, and the token by which its pages may write. */
export async function session(ctx: Context, c: ApiContext) {
  const secret = readSessionCookie(c, ctx.config)
  const signedIn = await findSignedIn(ctx, secret)
  if (!secret || !signedIn) throw new Refusal('unauthenticated', 'not_authenticated', 'Nobody is signed in.')
  const { id, organization_id, method, signed_in_at, expires_at } = signedIn.session
  const { id: personId, email, first_name, last_name } = signedIn.person
  const user = { id: personId, uuid: personId, email, first_name, last_name }
  const csrf_token = csrfTokenOf(secret)
  return c.json({ id, user, organization_id, method, signed_in_at, expires_at, csrf_token })
}
