// Leaving the setup of an organization to somebody who can finish it: an administrator by a dedicated mail.
import { denied, missing } from '../../base/refusal.ts'
import { digestOf, newSecret } from '../../base/secret.ts'
import type { Context } from '../../context.ts'
import { levels } from '../../domain/level.ts'
import { type Db, transact } from '../../store/db.ts'
import {
  deleteInvite,
  findInvite,
  type Invite,
  replaceInviteSecret,
} from '../../store/organization/invites.ts'
import { lockPerson } from '../../store/organization/people.ts'
import {
  findDelegation,
  putDelegation,
  type SetupDelegation,
} from '../../store/organization/setup-delegations.ts'
import { isWaiting } from '../../store/records/outbox.ts'
import { record } from '../audit.ts'
import type { Caller } from '../caller.ts'
import { viewInvite } from '../invites.ts'
import { beginInviting, type Inviting, invite } from './invite.ts'
import { queueInviteMail } from './mail.ts'

export interface DelegationWish {
  /** Lower-cased. */
  readonly target_email: string
  readonly message: string
  readonly step_at_delegation: string
}

/** While one that the caller made here is pending, it is the answer; one that they made elsewhere ends. */
export async function delegateSetup(ctx: Context, caller: Caller, wish: DelegationWish) {
  const { personId } = caller
  if (personId === null) throw denied('Only a person can leave the setup to somebody.')
  return transact(ctx.db, async tx => {
    // Of two calls at once the second one finds what the first one made.
    if (!(await lockPerson(tx, personId))) throw missing()
    const inviting = await beginInviting(tx, ctx, caller)
    const former = await findDelegation(tx, personId)
    const pending = former && (await findPending(tx, inviting, former))
    if (pending) {
      await sendAgain(tx, inviting, pending)
      return viewInvite(tx, inviting.now, pending)
    }
    if (former) await cancel(tx, caller, former, inviting.now.toISOString())
    return viewInvite(tx, inviting.now, await begin(tx, inviting, { personId, wish }))
  })
}

async function findPending(
  tx: Db,
  { caller, now }: Inviting,
  { organization_id, invite_id }: SetupDelegation,
): Promise<Invite | undefined> {
  if (organization_id !== caller.organizationId) return undefined
  const found = await findInvite(tx, organization_id, invite_id)
  return found && found.expires_at > now.toISOString() ? found : undefined
}

/** Only when the mail never went out, nor will: its link is not known any more, so it gets a new one. */
async function sendAgain(tx: Db, inviting: Inviting, pending: Invite): Promise<void> {
  if (pending.mailed_at !== null || (await isWaiting(tx, pending.id))) return
  const { ctx, organization, inviterName } = inviting
  const token = newSecret()
  const now = inviting.now.toISOString()
  await replaceInviteSecret(tx, pending, { digest: digestOf(token), now })
  const addressing = { invite: pending, token, organizationName: organization.name, inviterName, now }
  await queueInviteMail(tx, ctx, addressing)
}

async function cancel(
  tx: Db,
  { actor }: Caller,
  { organization_id: organizationId, invite_id: id }: SetupDelegation,
  now: string,
): Promise<void> {
  const found = await findInvite(tx, organizationId, id)
  if (!found || !(await deleteInvite(tx, organizationId, id))) return
  const target = { type: 'invite', id, label: found.target_email }
  const changes = { level: { before: found.level, after: null } }
  const about = [found.target_email]
  await record(tx, { organizationId, actor }, { action: 'invite.deleted', target, about, changes, now })
}

async function begin(
  tx: Db,
  inviting: Inviting,
  { personId, wish }: { personId: string; wish: DelegationWish },
): Promise<Invite> {
  const { caller } = inviting
  const { target_email, message, step_at_delegation: step } = wish
  const now = inviting.now.toISOString()
  const { made } = await invite(tx, inviting, {
    target_email,
    first_name: '',
    level: levels.admin,
    message,
    private_project_access: [],
    send_email: true,
    combine_pending_invites: false,
    is_setup_delegation: true,
  })
  const { organizationId } = caller
  await putDelegation(tx, {
    person_id: personId,
    organization_id: organizationId,
    invite_id: made.id,
    step,
    created_at: now,
  })
  const target = { type: 'invite', id: made.id, label: target_email }
  const changes = { step: { before: null, after: step } }
  await record(tx, caller, { action: 'setup.delegated', target, about: [target_email], changes, now })
  return made
}
