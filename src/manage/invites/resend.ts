// Sending an invite once more: with a new link and a new end, a few times an hour; the links before open nothing.
import { denied, missing, throttled } from '../../base/refusal.ts'
import { digestOf, newSecret } from '../../base/secret.ts'
import type { Context } from '../../context.ts'
import { type Db, transact } from '../../store/db.ts'
import { type Invite, lockInvite, renewInvite } from '../../store/organization/invites.ts'
import { countAudit } from '../../store/records/audit.ts'
import { deleteItemsAbout } from '../../store/records/outbox.ts'
import { record } from '../audit.ts'
import { type Caller, requireLevel } from '../caller.ts'
import { beginInviting, expiryFrom, type Inviting } from './invite.ts'
import { type InviteLink, linkOf } from './link.ts'
import { queueInviteMail } from './mail.ts'

const action = 'invite.resent'
const mostAnHour = 5
const hourMs = 60 * 60 * 1000

export async function resendInvite(ctx: Context, caller: Caller, id: string): Promise<InviteLink> {
  return transact(ctx.db, async tx => {
    const inviting = await beginInviting(tx, ctx, caller)
    requireLevel(inviting.caller, 'admin')
    const invite = await lockInvite(tx, caller.organizationId, id)
    if (!invite) throw missing()
    refuseAbove(inviting, invite)
    await refuseOften(tx, inviting, invite)
    return linkOf(ctx, await sendAgain(tx, inviting, invite))
  })
}

/** The link gives what the invite gives, be it to whoever looks at it. */
function refuseAbove({ caller }: Inviting, { level }: Invite): void {
  if (level <= caller.level) return
  throw denied(`Nobody can invite above their own level: yours is ${caller.level}, the invite's is ${level}.`)
}

/** Counted in the audit log, so that every process counts alike. */
async function refuseOften(tx: Db, { now }: Inviting, { organization_id, id }: Invite): Promise<void> {
  const after = new Date(now.getTime() - hourMs).toISOString()
  const sent = await countAudit(tx, organization_id, { action, targetId: id, after })
  if (sent < mostAnHour) return
  throw throttled(
    `An invite can be sent again ${mostAnHour} times an hour; this one was sent ${sent} times.`,
    hourMs / 1000,
  )
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
