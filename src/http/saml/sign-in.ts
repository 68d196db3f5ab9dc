// Signing in by the pages of this server: the address first, then SAML or a mailed link; and signing out.
import { followLink, readLink } from '../../login/follow-link.ts'
import { requestLink } from '../../login/link.ts'
import { goOn } from '../../login/onward.ts'
import { endSession, findSignedIn } from '../../login/session.ts'
import { readJwks } from '../../login/token.ts'
import { readWays } from '../../login/ways.ts'
import { isSetUp } from '../../manage/operators/first-run.ts'
import { clearSessionCookie, readSessionCookie } from '../cookies.ts'
import { notSetUpPage } from '../first-run/pages.ts'
import { showPage } from '../look/page.ts'
import { readBody } from '../request.ts'
import { type Call, enter, originOf } from './call.ts'
import { linkPage, mailSentPage, signInPage } from './pages.ts'

const mostFormBytes = 16 * 1024

const signedIn = ({ ctx, c }: Call) => findSignedIn(ctx, readSessionCookie(c, ctx.config))

/** Whoever is signed in already is taken on at once; on an empty server nobody can sign in. */
export async function signInForm(call: Call): Promise<Response> {
  const next = call.c.req.query('next')
  const who = next === undefined ? undefined : await signedIn(call)
  if (who) return call.c.redirect(await goOn(call.ctx, who, next), 303)
  return showPage(call.c, 200, (await isSetUp(call.ctx)) ? signInPage(next) : notSetUpPage)
}

/** SAML where the address has it; a mailed link otherwise. */
export async function chooseWay(call: Call): Promise<Response> {
  const { ctx, c } = call
  const form = new URLSearchParams(new TextDecoder().decode(await readBody(c, mostFormBytes)))
  const email = form.get('email') ?? ''
  const next = form.get('next') ?? undefined
  if ((await readWays(ctx, email)).saml_available) {
    const query = new URLSearchParams({ email, ...(next !== undefined && { next }) })
    return c.redirect(`/login/saml?${query}`, 303)
  }
  await requestLink(ctx, { email, next })
  return showPage(c, 200, mailSentPage(email))
}

const tokenIn = ({ c }: Call) => c.req.param('token') ?? ''

export async function showLink(call: Call): Promise<Response> {
  call.c.header('X-Robots-Tag', 'noindex')
  const { person } = await readLink(call.ctx, tokenIn(call))
  return showPage(call.c, 200, linkPage({ path: call.c.req.path, email: person.email }))
}

export async function takeLink(call: Call): Promise<Response> {
  return enter(call, await followLink(call.ctx, tokenIn(call), originOf(call)))
}

/** Ours ends; the one at the identity provider is left alone. */
export async function signOut({ ctx, c }: Call): Promise<Response> {
  await endSession(ctx, readSessionCookie(c, ctx.config))
  clearSessionCookie(c, ctx.config)
  return c.redirect('/login', 303)
}

export async function jwks({ ctx, c }: Call): Promise<Response> {
  c.header('Cache-Control', 'public, max-age=300')
  return c.json(await readJwks(ctx))
}
