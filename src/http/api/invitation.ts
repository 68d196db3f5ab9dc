// An invite as whoever has its link sees it over HTTP: shown, and answered.
import { z } from 'zod'
import { Refusal } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { authenticateKey, authenticateSession, type Principal } from '../../manage/caller.ts'
import { acceptInvite } from '../../manage/invites/accept.ts'
import { readInvitation } from '../../manage/invites/invitation.ts'
import { readSessionCookie } from '../cookies.ts'
import { refuseOtherSites } from '../own-pages.ts'
import { member } from './members.ts'
import { bearerIn } from './mount/authenticate.ts'
import { words } from './mount/fields.ts'
import { ofAnybody } from './mount/operation.ts'
import { param } from './mount/params.ts'
import type { ApiContext } from './mount/request.ts'
import * as shapes from './mount/shapes.ts'

const invitation = z
  .object({
    organization_name: z.string(),
    invited_by: z.string(),
    target_email: shapes.address,
    level: shapes.level,
    expires_at: shapes.instant,
  })
  .meta({ id: 'Invitation' })

const acceptance = z
  .object({
    organization: z.object({ id: shapes.id, name: z.string(), slug: z.string() }),
    member,
    redirect_url: shapes.url,
  })
  .meta({ id: 'Acceptance' })

export const show = ofAnybody({
  id: 'getInvitation',
  summary: 'What an invite is about, by the secret of its link',
  query: z.object({ token: param() }),
  answer: invitation,
  run: (ctx, { query }) => readInvitation(ctx, query().token),
})

export const accept = ofAnybody({
  id: 'acceptInvitation',
  summary: 'Accept an invite, by the secret of its link',
  body: z.object({ token: words(128) }),
  answer: acceptance,
  run: async (ctx, { c, body }) => {
    refuseOtherSites(c, ctx.config)
    const { token } = await body()
    const principal = await findPrincipal(ctx, c)
    const origin = { ip: c.get('ip'), requestId: c.get('requestId') }
    return acceptInvite(ctx, { token, person: principal?.person, origin })
  },
})

/** Whoever answers may be signed in, but need not be; the cookie of a session that has ended says nothing. */
async function findPrincipal(ctx: Context, c: ApiContext): Promise<Principal | undefined> {
  const origin = { ip: c.get('ip'), requestId: c.get('requestId') }
  const header = c.req.header('authorization')
  if (header !== undefined) return authenticateKey(ctx, bearerIn(header), origin)
  const secret = readSessionCookie(c, ctx.config)
  return secret ? authenticateSession(ctx, secret, origin).catch(ignoreEnded) : undefined
}

function ignoreEnded(error: unknown): undefined {
  if (!(error instanceof Refusal && error.kind === 'unauthenticated')) throw error
}
