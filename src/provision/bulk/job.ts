// The job that works off an accepted bulk: step by step, each result kept with its change, so that any process can go on.
import type { Context } from '../../context.ts'
import { type Bulk, readBulk } from '../../scim/bulk.ts'
import { unauthorized } from '../../scim/errors.ts'
import { noSecrets } from '../../scim/mask/personal.ts'
import { Leniency } from '../../scim/quirks.ts'
import { type Db, transact } from '../../store/db.ts'
import { insertScimLog } from '../../store/domain/scim-log.ts'
import {
  type AcceptedBulk,
  findBulkOfAnyDomain,
  finishBulk,
  insertBulkResult,
} from '../../store/resources/bulks.ts'
import { findLiveToken } from '../access.ts'
import { answerOf, type Results, refuseRest, tellBulk, workOff } from '../bulk.ts'
import { announceCompletion } from '../events.ts'
import { kindsOf } from '../kinds.ts'
import { newStory } from '../log/outcome.ts'
import { toLogRow } from '../log/row.ts'
import { baseUrlOf, type Push, pushBy } from '../push.ts'
import { readResults, unsealRequest } from './later.ts'

/** Yields after each operation; what is done is not done again, whoever did it. */
export async function* workOffAccepted(ctx: Context, id: string): AsyncGenerator<void> {
  const accepted = await findBulkOfAnyDomain(ctx.db, id)
  if (!accepted?.request) return
  const leniency = new Leniency()
  const bulk = readBulk(unsealRequest(ctx, accepted.request), leniency)
  const results = await readResults(ctx.db, accepted)
  const token = await findLiveToken(ctx, { domainId: accepted.domain_id, tokenId: accepted.token_id })
  if (!token) return void (await giveUp(ctx, accepted, { bulk, results }))
  const push = pushBy(token, {
    leniency: new Leniency(token.domain.profile),
    txn: accepted.id,
    story: newStory(),
    ip: accepted.ip,
    requestId: accepted.request_id,
  })
  const keep = (tx: Db, done: Results) => keepResults(ctx, tx, { accepted, push, done })
  const kinds = await kindsOf(ctx, token.domain)
  yield* workOff(ctx, push, { kinds, bulk, results, keep })
  tellBulk(push, bulk, results)
  await finish(ctx, push, { accepted, results })
}

/** The token was revoked meanwhile: what is left is refused as the single call would be. */
async function giveUp(
  ctx: Context,
  accepted: AcceptedBulk,
  { bulk, results }: { bulk: Bulk; results: Results },
): Promise<void> {
  const refusal = unauthorized('The token that asked for this bulk opens the domain no more.')
  const rest = refuseRest(bulk, { results, refusal, baseUrl: baseUrlOf(ctx, accepted.domain_id) })
  await transact(ctx.db, async tx => {
    for (const [position, result] of rest)
      await insertBulkResult(tx, accepted, { position, result: JSON.stringify(result) })
    await finishBulk(tx, accepted, ctx.now().toISOString())
  })
}

async function keepResults(
  ctx: Context,
  tx: Db,
  { accepted, push, done }: { accepted: AcceptedBulk; push: Push; done: Results },
): Promise<void> {
  const base = baseUrlOf(ctx, accepted.domain_id)
  for (const [position, result] of done) {
    await insertBulkResult(tx, accepted, { position, result: JSON.stringify(result) })
    const uri = result.location?.slice(base.length) ?? '/Bulk'
    await announceCompletion(tx, push, { position, result, uri, now: ctx.now().toISOString() })
  }
}

async function finish(
  ctx: Context,
  push: Push,
  { accepted, results }: { accepted: AcceptedBulk; results: Results },
): Promise<void> {
  const at = ctx.now()
  const row = toLogRow(
    {
      domainId: accepted.domain_id,
      at,
      durationMs: at.getTime() - Date.parse(accepted.created_at),
      requestId: accepted.request_id,
      ip: accepted.ip,
      method: 'POST',
      path: `/scim/v2/${accepted.domain_id}/Bulk`,
      search: '',
      headers: new Headers(),
      body: undefined,
      secrets: noSecrets,
      status: 200,
      answer: answerOf(results),
      token: push.token,
      quirks: push.leniency.noted,
      story: push.story,
      refusal: undefined,
    },
    ctx.config.scimLogMasking,
  )
  await transact(ctx.db, async tx => {
    await finishBulk(tx, accepted, at.toISOString())
    await insertScimLog(tx, [row])
  })
}
