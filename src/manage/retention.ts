// What is deleted when its time is over, a batch at a time.
import type { Context } from '../context.ts'
import { type Db, transact } from '../store/db.ts'
import { deleteScimLogBefore } from '../store/domain/scim-log.ts'
import { deleteExpiredScimTokens } from '../store/domain/scim-tokens.ts'
import { deleteExpiredApiKeys } from '../store/organization/api-keys.ts'
import { deleteExpiredSetUpLinks } from '../store/organization/set-up-links.ts'
import { deleteEventsBefore } from '../store/records/events.ts'
import { deleteOldBulks } from '../store/resources/bulks.ts'
import { deleteExpiredSessions } from '../store/sign-in/sessions.ts'
import { purgeDead } from './delivery/deliveries.ts'
import { purgeKeptAnswers } from './idempotency.ts'

const batchSize = 1000
const dayMs = 24 * 60 * 60 * 1000
/** So long whoever made it still finds an expired key or link in the list and learns why it opens nothing. */
const expiredDaysShown = 30

const daysAgo = ({ now }: Context, days: number) => new Date(now().getTime() - days * dayMs).toISOString()

/** Yields after each batch, which no request waits for. */
async function* inBatches({ db }: Context, remove: (tx: Db) => Promise<number>) {
  while ((await transact(db, remove, { isAside: true })) > 0) yield
}

export function purgeScimLog(ctx: Context) {
  const before = daysAgo(ctx, ctx.config.scimLogRetentionDays)
  return inBatches(ctx, tx => deleteScimLogBefore(tx, before, batchSize))
}

/** Whoever fetches events has so long to do it. */
const eventsKeptDays = 30

export function purgeEvents(ctx: Context) {
  const before = daysAgo(ctx, eventsKeptDays)
  return inBatches(ctx, tx => deleteEventsBefore(tx, before, batchSize))
}

/** A bulk that could not be worked off for so long never will be. */
const bulksTriedDays = 7

/** Yields after each kind. */
export async function* purgeExpired(ctx: Context) {
  const now = ctx.now().toISOString()
  await deleteExpiredSessions(ctx.db, now)
  yield
  await deleteExpiredScimTokens(ctx.db, now)
  yield
  await deleteOldBulks(ctx.db, {
    finishedBefore: daysAgo(ctx, 1),
    createdBefore: daysAgo(ctx, bulksTriedDays),
  })
  yield
  await deleteExpiredApiKeys(ctx.db, daysAgo(ctx, expiredDaysShown))
  yield
  await deleteExpiredSetUpLinks(ctx.db, daysAgo(ctx, expiredDaysShown))
  yield
  await purgeDead(ctx)
  yield
  await purgeKeptAnswers(ctx)
}
