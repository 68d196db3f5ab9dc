// The way into a set-up and out of it: the link's page, where the secret leaves the address for a cookie, and leaving.
import type { Context as HonoContext } from 'hono'
import type { Context } from '../../context.ts'
import { openSetUp, readSetUp } from '../../manage/set-up/open.ts'
import { clearSetUpCookie, setSetUpCookie } from '../cookies.ts'
import { showPage } from '../look/page.ts'
import { refuseOtherSites } from '../own-pages.ts'
import type { HttpEnv } from '../request.ts'
import { basePath, type SetUpCall } from './call.ts'
import { beginningPage, leftPage } from './pages.ts'

type C = HonoContext<HttpEnv>

export const originOf = (c: C) => ({ ip: c.get('ip'), requestId: c.get('requestId') })

/** Programs look at the links of mails too: nothing begins before the button is pressed. */
export async function show(ctx: Context, c: C): Promise<Response> {
  const setUp = await readSetUp(ctx, c.req.param('secret') ?? '', originOf(c))
  return showPage(c, 200, beginningPage(setUp))
}

/** A browser that is shared forgets the link by itself; it is in the mail still. */
const longestSeconds = 24 * 60 * 60

export async function begin(ctx: Context, c: C): Promise<Response> {
  refuseOtherSites(c, ctx.config)
  const secret = c.req.param('secret') ?? ''
  const { expiresAt } = await openSetUp(ctx, secret, originOf(c))
  const left = (Date.parse(expiresAt) - ctx.now().getTime()) / 1000
  setSetUpCookie(c, ctx.config, { secret, seconds: Math.min(longestSeconds, left) })
  return c.redirect(basePath, 303)
}

export function leave({ ctx, c }: SetUpCall): Response | Promise<Response> {
  clearSetUpCookie(c, ctx.config)
  return showPage(c, 200, leftPage)
}
