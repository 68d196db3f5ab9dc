// What is left to send, as operators see it: how much there is, what failed and why, and a hand for what is stuck.

import { missing } from '../../base/refusal.ts'
import { unseal } from '../../base/seal.ts'
import type { Context } from '../../context.ts'
import { type Db, transact } from '../../store/db.ts'
import { appendOperatorLog } from '../../store/records/operator-log.ts'
import {
  countOutbox,
  dropItem,
  listTroubled,
  lockIdleItem,
  type OutboxItem,
  outboxPurpose,
  reviveItem,
} from '../../store/records/outbox.ts'
import { holdOperator, type Principal } from '../caller.ts'
import { requireOperator } from './rights.ts'

const mostTroubled = 50

export async function readOutbox(ctx: Context) {
  const kinds = await countOutbox(ctx.db)
  const troubled = await listTroubled(ctx.db, mostTroubled)
  return { kinds, troubled: troubled.map(item => ({ ...view(item), ...addressOf(ctx, item) })) }
}

const view = ({
  id,
  kind,
  organization_id,
  created_at,
  due_at,
  attempts,
  last_error,
  dead_at,
}: OutboxItem) => ({
  id,
  kind,
  organization_id,
  created_at,
  due_at,
  attempts,
  last_error,
  dead_at,
})

/** To whom and about what a mail is; of what else stands in it nothing is shown, since links open accounts. */
function addressOf(
  { config }: Context,
  { sealed }: OutboxItem,
): { to: string | null; subject: string | null } {
  const payload = payloadOf(() => unseal(config.secrets, sealed, outboxPurpose))
  const mail = payload.mail ?? payload
  return { to: mail.to ?? null, subject: mail.subject ?? null }
}

interface Addressed {
  readonly to?: string
  readonly subject?: string
}

/** One that was sealed under a secret that is gone cannot be read any more. */
function payloadOf(read: () => string): Addressed & { readonly mail?: Addressed } {
  try {
    return JSON.parse(read())
  } catch {
    return {}
  }
}

/** Tried once more within a second, also what was given up. */
export const retryItem = (ctx: Context, principal: Principal, id: string): Promise<void> =>
  handle(ctx, principal, { id, action: 'outbox.retried', deed: (tx, now) => reviveItem(tx, id, now) })

/** Never sent. */
export const discardItem = (ctx: Context, principal: Principal, id: string): Promise<void> =>
  handle(ctx, principal, { id, action: 'outbox.dropped', deed: tx => dropItem(tx, id) })

interface Handling {
  readonly id: string
  readonly action: string
  readonly deed: (tx: Db, now: string) => Promise<unknown>
}

async function handle(ctx: Context, principal: Principal, { id, action, deed }: Handling): Promise<void> {
  requireOperator(principal)
  const now = ctx.now().toISOString()
  await transact(ctx.db, async tx => {
    await holdOperator(tx, principal.person.id)
    const item = await lockIdleItem(tx, id, now)
    if (!item) throw missing('It is gone by now, or somebody is sending it at this moment.')
    await deed(tx, now)
    const { to } = addressOf(ctx, item)
    const target = [item.kind, item.id, ...(to === null ? [] : [`to ${to}`])].join(' ')
    await appendOperatorLog(tx, { actor: principal.actor, action, target, outcome: item.last_error, now })
  })
}
