// Sending an invite once more: with a new link and a new end, a few times an hour; the links before open nothing.
import { denied, missing } from '../../base/refusal.ts'
import { digestOf, newSecret } from '../../base/secret.ts'
import type { Context } from '../../context.ts'
import { type Db, transact } from '../../store/db.ts'
import { type Invite, lockInvite, renewInvite } from '../../store/organization/invites.ts'
import { deleteItemsAbout } from '../../store/records/outbox.ts'
import { record } from '../audit.ts'
import { type Caller, requireLevel } from '../caller.ts'
import { refuseOften } from '../often.ts'
import { beginInviting, expiryFrom, type Inviting } from './invite.ts'
import { type InviteLink, linkOf } from './link.ts'
import { queueInviteMail } from './mail.ts'

const action = 'invite.resent'

export async function resendInvite(ctx: Context, caller: Caller, id: string): Promise<InviteLink> {
  return transact(ctx.db, async tx => {
    const inviting = await beginInviting(tx, ctx, caller)
    requireLevel(inviting.caller, 'admin')
    const invite = await lockInvite(tx, caller.organizationId, id)
    if (!invite) throw missing()
    refuseAbove(inviting, invite)
    await refuseOften(tx, {
      organizationId: caller.organizationId,
      action,
      targetId: id,
      what: 'An invite',
      now: inviting.now,
    })
    return linkOf(ctx, await sendAgain(tx, inviting, invite))
  })
}

/** The link gives what the invite gives, be it to whoever looks at it. */
function refuseAbove({ caller }: Inviting, { level }: Invite): void {
  if (level <= caller.level) return
  throw denied(`Nobody can invite above their own level: yours is ${caller.level}, the invite's is ${level}.`)
}

async function sendAgain(tx: Db, inviting: Inviting, before: Invite) {
  const { ctx, caller, organization, inviterName } = inviting
  const token = newSecret()
  const now = inviting.now.toISOString()
  const made = await renewInvite(tx, before, {
    digest: digestOf(token),
    expiresAt: expiryFrom(inviting),
    now,
  })
  // A mail that still waits would carry the link that is dead now.
  await deleteItemsAbout(tx, made.id)
  await queueInviteMail(tx, ctx, {
    invite: made,
    token,
    organizationName: organization.name,
    inviterName,
    now,
  })
  const target = { type: 'invite', id: made.id, label: made.target_email }
  const changes = { expires_at: { before: before.expires_at, after: made.expires_at } }
  await record(tx, caller, { action, target, about: [made.target_email], changes, now })
  return { made, token }
}
