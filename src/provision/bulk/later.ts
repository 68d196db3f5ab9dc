// Bulks that the client does not wait for (RFC 9967 §2.5.1): accepted, worked off by a job, and asked after for a day.
import { setTimeout as sleep } from 'node:timers/promises'
import { newId, readId } from '../../base/id.ts'
import { seal, unseal } from '../../base/seal.ts'
import type { Context } from '../../context.ts'
import { type BulkResult, readBulk } from '../../scim/bulk.ts'
import { notFound } from '../../scim/errors.ts'
import { quote } from '../../scim/resource.ts'
import { type Db, transact } from '../../store/db.ts'
import { ensureJob } from '../../store/records/jobs.ts'
import { type AcceptedBulk, findBulk, insertBulk, listBulkResults } from '../../store/resources/bulks.ts'
import { answerOf } from '../bulk.ts'
import type { Push } from '../push.ts'

export const bulkJob = 'scim_bulk.work_off'

const lookMs = 200
const keptMs = 24 * 60 * 60 * 1000
const purpose = 'gatehouse accepted bulk'

/** Refuses what cannot be followed at all; the id is what the client asks by afterwards. */
export async function acceptBulk(ctx: Context, push: Push, body: unknown): Promise<string> {
  const { entries } = readBulk(body, push.leniency)
  const now = ctx.now().toISOString()
  const bulk: AcceptedBulk = {
    domain_id: push.token.domain.id,
    id: newId(),
    token_id: push.token.id,
    request_id: push.actor.requestId ?? '',
    ip: push.actor.ip,
    created_at: now,
    // It may hold passwords, which are kept nowhere in the clear.
    request: seal(ctx.config.secrets, JSON.stringify(body), purpose),
    finished_at: null,
  }
  await transact(ctx.db, async tx => {
    await insertBulk(tx, bulk)
    await ensureJob(tx, { name: bulkJob, key: bulk.id, runAt: now })
  })
  push.story.deed = `Accepted ${entries.length} operations to work off later`
  return bulk.id
}

/** The BulkResponse as text, or undefined while it is not complete. */
export async function readBulkAnswer(ctx: Context, push: Push, id: string): Promise<string | undefined> {
  const known = readId(id)
  const bulk = known && (await findBulk(ctx.db, push.token.domain.id, known))
  const oldest = new Date(ctx.now().getTime() - keptMs).toISOString()
  if (!bulk || (bulk.finished_at !== null && bulk.finished_at < oldest))
    throw notFound(`There is no bulk ${quote(id)} in this domain; answers are kept for a day.`)
  const results = await readResults(ctx.db, bulk)
  push.story.deed = `Showed a bulk of which ${results.size} operations are done`
  return bulk.finished_at === null ? undefined : answerOf(results)
}

/** The same, once it is complete; undefined when it is not within so many milliseconds. */
export async function awaitBulkAnswer(
  ctx: Context,
  push: Push,
  { id, milliseconds }: { id: string; milliseconds: number },
): Promise<string | undefined> {
  for (let left = milliseconds; left > 0; left -= lookMs) {
    await sleep(lookMs)
    const text = await readBulkAnswer(ctx, push, id)
    if (text !== undefined) return text
  }
  return undefined
}

export async function readResults(db: Db, bulk: AcceptedBulk): Promise<Map<number, BulkResult>> {
  const rows = await listBulkResults(db, bulk)
  return new Map(rows.map(({ position, result }) => [position, JSON.parse(result) as BulkResult]))
}

export const unsealRequest = ({ config }: Context, sealed: string): unknown =>
  JSON.parse(unseal(config.secrets, sealed, purpose))
