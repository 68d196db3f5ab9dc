// The header Idempotency-Key: a POST that comes again with the same key gets the answer it got before, and is not done again.

import type { StatusCode } from 'hono/utils/http-status'
import { invalid } from '../../../base/refusal.ts'
import { digestOf } from '../../../base/secret.ts'
import type { Context } from '../../../context.ts'
import { doFirst, type KeptAnswer, takeTurn } from '../../../manage/idempotency.ts'
import { readBytes } from './body.ts'
import { idempotencyMismatch, requestInProgress } from './errors.ts'
import type { ApiContext } from './request.ts'

const keyForm = /^[\x20-\x7e]{1,255}$/

type Run = () => Promise<Response>

/** Runs what has not been done yet. */
export async function once(
  ctx: Context,
  c: ApiContext,
  { credentialId, run }: { credentialId: string; run: Run },
): Promise<Response> {
  const key = c.req.header('idempotency-key')
  if (key === undefined || c.req.method !== 'POST') return run()
  if (!keyForm.test(key))
    throw invalid('invalid_input', 'Expected the header Idempotency-Key to be 1 to 255 ASCII characters.')
  const fingerprint = await fingerprintOf(c)
  // A body that cannot be read is refused in its place among the other refusals.
  if (fingerprint === undefined) return run()
  const request = { credentialId, key, fingerprint }
  const turn = await takeTurn(ctx, request)
  if (turn.outcome === 'mismatch') throw idempotencyMismatch()
  if (turn.outcome === 'running') throw requestInProgress()
  if (turn.outcome === 'answered') return replay(c, turn.answer)
  const { startedAt } = turn
  return doFirst(ctx, { request, startedAt, requestId: c.get('requestId'), deed: run, answerOf: copyOf })
}

async function fingerprintOf(c: ApiContext): Promise<string | undefined> {
  const bytes = await readBytes(c).catch(() => undefined)
  const { pathname, search } = new URL(c.req.url)
  return bytes && digestOf(`${c.req.method} ${pathname}${search}\n${Buffer.from(bytes).toString('base64')}`)
}

async function copyOf(response: Response): Promise<KeptAnswer> {
  const { status, headers } = response
  return { status, contentType: headers.get('content-type'), body: await response.clone().text() }
}

function replay(c: ApiContext, { status, contentType, body }: KeptAnswer): Response {
  c.header('Idempotent-Replayed', 'true')
  if (contentType !== null) c.header('Content-Type', contentType)
  return c.newResponse(body === '' ? null : body, status as StatusCode)
}
