// Requests that may come again without being done again: each is known by the client's key, and its answer kept for a day.
import { seal, unseal } from '../base/seal.ts'
import { digestOf } from '../base/secret.ts'
import type { Context } from '../context.ts'
import {
  deleteOldRequests,
  findRequest,
  forgetRequest,
  insertRequest,
  keepAnswer as storeAnswer,
  takeOverRequest,
} from '../store/records/idempotency.ts'

const keptMs = 24 * 60 * 60 * 1000
/** No request takes so long; the process that had it must have died. */
const abandonedMs = 5 * 60 * 1000
const purpose = 'gatehouse idempotency'

export interface RepeatableRequest {
  /** Whose keys of the same text mean other requests. */
  readonly credentialId: string
  readonly key: string
  /** The same for the same request alone. */
  readonly fingerprint: string
}

export interface KeptAnswer {
  readonly status: number
  readonly contentType: string | null
  readonly body: string
}

export type Turn =
  /** To be done by `doFirst`. */
  | { readonly outcome: 'first'; readonly startedAt: string }
  | { readonly outcome: 'answered'; readonly answer: KeptAnswer }
  | { readonly outcome: 'running' }
  /** The key came with another request before. */
  | { readonly outcome: 'mismatch' }

/** Of two at once one is the first. */
export async function takeTurn(ctx: Context, request: RepeatableRequest): Promise<Turn> {
  const now = ctx.now()
  const ago = (milliseconds: number) => new Date(now.getTime() - milliseconds).toISOString()
  const startedAt = now.toISOString()
  const row = { ...rowKey(request), fingerprint: request.fingerprint, started_at: startedAt, sealed: null }
  if (await insertRequest(ctx.db, row)) return { outcome: 'first', startedAt }
  const outdated = { keptAfter: ago(keptMs), runningAfter: ago(abandonedMs) }
  if (await takeOverRequest(ctx.db, row, outdated)) return { outcome: 'first', startedAt }
  const known = await findRequest(ctx.db, row)
  if (!known) return { outcome: 'running' }
  if (known.fingerprint !== request.fingerprint) return { outcome: 'mismatch' }
  if (known.sealed === null) return { outcome: 'running' }
  const answer = JSON.parse(unseal(ctx.config.secrets, known.sealed, purpose)) as KeptAnswer
  return { outcome: 'answered', answer }
}

interface First<T> {
  readonly request: RepeatableRequest
  readonly startedAt: string
  readonly requestId: string
  readonly deed: () => Promise<T>
  readonly answerOf: (done: T) => KeptAnswer | Promise<KeptAnswer>
}

/** What is first is done. Only what was done is kept: a refusal leaves the key free for a better request. */
export async function doFirst<T>(ctx: Context, first: First<T>): Promise<T> {
  const { request, startedAt, requestId, deed, answerOf } = first
  const noted = (message: string) => (error: unknown) => ctx.log.error({ err: error, requestId }, message)
  const done = await deed().catch(async error => {
    await setFree(ctx, request, startedAt).catch(noted('the key of a refused request could not be set free'))
    throw error
  })
  // It was done, and the client learns that; the key says "running" for a while.
  await keepAnswer(ctx, request, { startedAt, answer: await answerOf(done) }).catch(
    noted('an answer could not be kept'),
  )
  return done
}

/** Sealed, since a token that is shown once may be in it. */
const keepAnswer = (
  ctx: Context,
  request: RepeatableRequest,
  { startedAt, answer }: { startedAt: string; answer: KeptAnswer },
) =>
  storeAnswer(
    ctx.db,
    { ...rowKey(request), started_at: startedAt },
    seal(ctx.config.secrets, JSON.stringify(answer), purpose),
  )

/** Nothing came of it: the key may come again, with another request too. */
const setFree = (ctx: Context, request: RepeatableRequest, startedAt: string) =>
  forgetRequest(ctx.db, { ...rowKey(request), started_at: startedAt })

export const purgeKeptAnswers = (ctx: Context) =>
  deleteOldRequests(ctx.db, new Date(ctx.now().getTime() - keptMs).toISOString())

const rowKey = ({ credentialId, key }: RepeatableRequest) => ({
  credential_id: credentialId,
  digest: digestOf(key),
})
