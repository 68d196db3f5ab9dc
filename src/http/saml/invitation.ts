// The page behind the link of an invite: what it is about, the button that accepts it, and why it cannot be accepted.
import { Refusal } from '../../base/refusal.ts'
import { findSignedIn } from '../../login/session.ts'
import { acceptInvite } from '../../manage/invites/accept.ts'
import { openInvitation } from '../../manage/invites/invitation.ts'
import { readSessionCookie } from '../cookies.ts'
import { showPage } from '../look/page.ts'
import { type Call, originOf } from './call.ts'
import { deadInvitePage, invitationPage, joinedPage, refusedInvitePage } from './invitation-pages.ts'

/** Programs look at the links of mails too: nothing is accepted before the button is pressed. */
export const show = (call: Call): Promise<Response> =>
  answering(call, async answer =>
    showPage(call.c, 200, invitationPage(await openInvitation(call.ctx, answer))),
  )

/** Whoever is signed in has to be the recipient; the link alone is enough for somebody who is not. */
export const accept = (call: Call): Promise<Response> =>
  answering(call, async answer => {
    const joined = await acceptInvite(call.ctx, { ...answer, origin: originOf(call) })
    return showPage(call.c, 200, joinedPage(joined))
  })

type Answer = Omit<Parameters<typeof acceptInvite>[1], 'origin'>

async function answering(
  { ctx, c }: Call,
  respond: (answer: Answer) => Promise<Response>,
): Promise<Response> {
  c.header('X-Robots-Tag', 'noindex')
  const token = c.req.param('token') ?? ''
  const person = (await findSignedIn(ctx, readSessionCookie(c, ctx.config)))?.person
  try {
    return await respond({ token, person })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (error.kind === 'missing') return showPage(c, 404, deadInvitePage)
    if (error.kind !== 'invalid') throw error
    // The way in that the page offers in its place is not known to the refusal.
    const opened = error.code === 'sso_enforced' ? await openInvitation(ctx, { token, person }) : undefined
    return showPage(c, 400, opened ? invitationPage(opened) : refusedInvitePage(error))
  }
}
