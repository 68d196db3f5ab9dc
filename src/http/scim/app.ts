// The SCIM surface: every request goes down this road once, comes back up once, and is recorded whatever became of it.
import { Hono, type Context as HonoContext } from 'hono'
import type { Context } from '../../context.ts'
import { secretsOf } from '../../provision/custom/secrets.ts'
import { refusalFor } from '../../provision/fault.ts'
import { standardKinds } from '../../provision/kinds.ts'
import type { Recorder } from '../../provision/log/recorder.ts'
import type { ScimError } from '../../scim/errors.ts'
import { guardsFor, logAnswer, originOf, readBody } from '../request.ts'
import { readAddress, requireDomainId } from './address.ts'
import { authenticate, recognise } from './authenticate.ts'
import { type Call, newCall, type Sent } from './call.ts'
import { createRateLimit, type RateLimit } from './rate-limit.ts'
import { errorReply, mediaTypeFor, type Reply } from './reply.ts'
import { findRoute, serveAdmitted } from './serve.ts'

/** One handler and no middleware, and headers that are a plain object: a directory sends thousands of requests a second. */
export function createScimApp(ctx: Context, recorder: Recorder): Hono {
  const limit = createRateLimit(ctx.config.scimRateLimit)
  const guards = guardsFor(ctx)
  const app = new Hono()
  app.all('*', async c => {
    const at = ctx.now()
    const started = performance.now()
    const address = readAddress(c.req.url)
    const call = newCall(ctx, sentIn(ctx, c), address)
    const { requestId } = call.sent
    const { reply, refusal } = await attempt(call, limit)
    if (address.domainId !== undefined) {
      recorder.record({
        domainId: address.domainId,
        at,
        durationMs: performance.now() - started,
        requestId,
        ip: call.sent.ip,
        method: c.req.method,
        path: address.path,
        search: address.search,
        headers: c.req.raw.headers,
        body: call.body,
        secrets: secretsOf(call.kinds ?? standardKinds),
        status: reply.status,
        answer: reply.excerpt ?? (typeof reply.text === 'string' ? reply.text : null),
        token: call.push?.token,
        quirks: call.push?.leniency.noted ?? new Set(),
        story: call.story,
        refusal,
      })
    }
    logAnswer(ctx, c, { requestId, status: reply.status })
    return toResponse(reply, mediaTypeFor(c.req.header('accept')), { ...guards, 'X-Request-Id': requestId })
  })
  return app
}

const sentIn = (ctx: Context, c: HonoContext): Sent => ({
  ...originOf(ctx, c),
  method: c.req.method,
  header: name => c.req.header(name),
  readBody: mostBytes => readBody(c, mostBytes),
})

interface Attempt {
  readonly reply: Reply
  readonly refusal: ScimError | undefined
}

async function attempt(call: Call, limit: RateLimit): Promise<Attempt> {
  try {
    return { reply: await serve(call, limit), refusal: undefined }
  } catch (error) {
    const refusal = refusalFor(call.ctx, call.sent.requestId, error)
    return { reply: errorReply(refusal), refusal }
  }
}

async function serve(call: Call, limit: RateLimit): Promise<Reply> {
  const domainId = requireDomainId(call.address)
  const known = findRoute(call, standardKinds)
  if (known?.route.access === 'open') {
    await recognise(call, domainId)
    return known.route.handle(call, known.id)
  }
  // What endpoints a domain has besides is nobody's business but its own.
  const admitted = await authenticate(call, domainId)
  await limit(admitted.push.token.id)
  return serveAdmitted(admitted)
}

function toResponse(
  { status, text, headers }: Reply,
  mediaType: string,
  common: Readonly<Record<string, string>>,
): Response {
  if (text === null) return new Response(null, { status, headers: { ...common, ...headers } })
  const body = typeof text === 'string' ? text : ReadableStream.from(encoded(text))
  return new Response(body, { status, headers: { ...common, ...headers, 'Content-Type': mediaType } })
}

async function* encoded(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  for await (const piece of pieces) yield Buffer.from(piece)
}
