// The mail of an invite: put into the outbox with it, and noted on it once it has gone out.
import type { Context } from '../../context.ts'
import { delegationLetter, inviteLetter } from '../../outside/mail/letters.ts'
import type { Mail } from '../../outside/mail/message.ts'
import type { Db } from '../../store/db.ts'
import { findInvite, type Invite, markInviteMailed } from '../../store/organization/invites.ts'
import { enqueue } from '../../store/records/outbox.ts'
import type { Deliver } from '../delivery/delivery.ts'

export const inviteKind = 'invite_mail'

interface Payload {
  readonly inviteId: string
  readonly mail: Mail
}

interface Addressing {
  readonly invite: Invite
  /** The secret of the link. */
  readonly token: string
  readonly organizationName: string
  readonly inviterName: string
  readonly now: string
}

export async function queueInviteMail(
  tx: Db,
  { config }: Context,
  { invite, token, organizationName, inviterName, now }: Addressing,
): Promise<void> {
  const write = invite.is_setup_delegation === 1 ? delegationLetter : inviteLetter
  const mail = write({
    to: invite.target_email,
    firstName: invite.first_name,
    organization: organizationName,
    invitedBy: inviterName,
    message: invite.message,
    url: `${config.baseUrl}/invites/${token}`,
    expiresAt: invite.expires_at,
  })
  const payload: Payload = { inviteId: invite.id, mail }
  const { organization_id: organizationId, id: about } = invite
  await enqueue(tx, config.secrets, { kind: inviteKind, payload, organizationId, about, now })
}

/** An invite that was replaced, withdrawn or answered meanwhile needs no mail, nor does one that has expired. */
export const deliverInvite: Deliver = async (ctx, { key, organizationId, payload }) => {
  const { inviteId, mail } = payload as Payload
  const invite = organizationId === null ? undefined : await findInvite(ctx.db, organizationId, inviteId)
  if (!invite || invite.expires_at <= ctx.now().toISOString()) return
  const { isHandedOver } = await ctx.sendMail(mail, key)
  await markInviteMailed(ctx.db, invite, { isHandedOver, now: ctx.now().toISOString() })
}
