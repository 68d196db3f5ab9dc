// Who delivers what stands in the outbox, by its kind: at least once, later again after a failure, given up after days.
import { unseal } from '../../base/seal.ts'
import type { Context } from '../../context.ts'
import { retryAfter } from '../../domain/retry.ts'
import type { Mail } from '../../outside/mail/message.ts'
import {
  deleteDeadItems,
  deleteItem,
  leaseItems,
  mailKind,
  type OutboxItem,
  outboxPurpose,
  putBack,
} from '../../store/records/outbox.ts'
import { deliverInvite, inviteKind } from '../invites/mail.ts'
import { createKind, deliverEnvelope, deliverFollowing, followKind } from '../legal/envelope.ts'
import { deliverLink, linkKind } from '../legal/link.ts'
import { deliverSigned, storeKind } from '../legal/storing.ts'
import { deliverSetUpLink, setUpKind } from '../set-up/mail.ts'
import { deliverSecrets, deliverUninstall, secretsKind, uninstallKind } from '../vercel/pushes.ts'
import type { Deliver } from './delivery.ts'

export type Deliveries = ReadonlyMap<string, Deliver>

const deliverMail: Deliver = async (ctx, { key, payload }) => {
  await ctx.sendMail(payload as Mail, key)
}

export const allDeliveries: Deliveries = new Map([
  [mailKind, deliverMail],
  [inviteKind, deliverInvite],
  [setUpKind, deliverSetUpLink],
  [linkKind, deliverLink],
  [storeKind, deliverSigned],
  [createKind, deliverEnvelope],
  [followKind, deliverFollowing],
  [secretsKind, deliverSecrets],
  [uninstallKind, deliverUninstall],
])

/** Whoever delivers has to be done within this time, or another process sends it too. */
const leaseMs = 5 * 60_000

export function leaseDue(ctx: Context, deliveries: Deliveries, limit: number): Promise<OutboxItem[]> {
  const now = ctx.now()
  const until = new Date(now.getTime() + leaseMs).toISOString()
  return leaseItems(ctx.db, { kinds: [...deliveries.keys()], now: now.toISOString(), until, limit })
}

/** A crash after the delivery and before it is noted means a second delivery, never none. */
export async function deliver(ctx: Context, deliveries: Deliveries, item: OutboxItem): Promise<void> {
  const { id, kind, organization_id: organizationId, sealed } = item
  try {
    const payload: unknown = JSON.parse(unseal(ctx.config.secrets, sealed, outboxPurpose))
    await deliveries.get(kind)?.(ctx, { key: id, organizationId, payload })
  } catch (error) {
    return postpone(ctx, item, error)
  }
  await deleteItem(ctx.db, item)
}

async function postpone(ctx: Context, item: OutboxItem, error: unknown): Promise<void> {
  const { id, kind, attempts, created_at: createdAt } = item
  const retry = retryAfter({ attempts, createdAt }, { now: ctx.now(), chance: Math.random() })
  const lastError = error instanceof Error ? error.message : String(error)
  await putBack(ctx.db, item, { ...retry, lastError })
  const facts = { err: error, id, kind, attempts }
  if (retry.deadAt === null)
    ctx.log.warn({ ...facts, dueAt: retry.dueAt }, 'not delivered; tried again later')
  else ctx.log.error(facts, 'not delivered in three days; given up')
}

const deadDaysKept = 30
const dayMs = 24 * 60 * 60 * 1000

/** What was given up stays for a while, for whoever looks into it. */
export const purgeDead = (ctx: Context) =>
  deleteDeadItems(ctx.db, new Date(ctx.now().getTime() - deadDaysKept * dayMs).toISOString())
