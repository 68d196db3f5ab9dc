// One request to a public page, and the answers that several of them give.
import type { Context as HonoContext } from 'hono'
import type { Context } from '../../context.ts'
import type { Judge } from '../../login/saml/judge.ts'
import { endSession } from '../../login/session.ts'
import { readSessionCookie, setSessionCookie } from '../cookies.ts'
import type { HttpEnv } from '../request.ts'

export interface Call {
  readonly ctx: Context
  readonly judge: Judge
  readonly c: HonoContext<HttpEnv>
}

export const originOf = ({ c }: Call) => ({ ip: c.get('ip'), requestId: c.get('requestId') })

/** A new session in the browser; the one that it had ends with it. On to where the sign-in was going. */
export async function enter(
  { ctx, c }: Call,
  { session, next }: { session: { readonly secret: string; readonly expiresAt: Date }; next: string },
): Promise<Response> {
  await endSession(ctx, readSessionCookie(c, ctx.config))
  const seconds = (session.expiresAt.getTime() - ctx.now().getTime()) / 1000
  setSessionCookie(c, ctx.config, { secret: session.secret, seconds })
  return c.redirect(next, 303)
}
