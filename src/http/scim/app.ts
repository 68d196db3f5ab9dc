// The SCIM surface: every request goes down this road once, comes back up once, and is recorded whatever became of it.
import { Hono } from 'hono'
import type { StatusCode } from 'hono/utils/http-status'
import { readId } from '../../base/id.ts'
import type { Context } from '../../context.ts'
import { refusalFor } from '../../provision/fault.ts'
import type { Kind } from '../../provision/kind.ts'
import { standardKinds } from '../../provision/kinds.ts'
import { newStory } from '../../provision/log/outcome.ts'
import type { Recorder } from '../../provision/log/recorder.ts'
import { notFound, type ScimError } from '../../scim/errors.ts'
import { begin, type HttpEnv } from '../request.ts'
import { readAddress, requireDomainId, requireUtf8 } from './address.ts'
import { authenticate, notAdmitted, recognise } from './authenticate.ts'
import type { Call } from './call.ts'
import { createRateLimit, type RateLimit } from './rate-limit.ts'
import { errorReply, mediaTypeFor, type Reply } from './reply.ts'
import { findRouteAmong } from './routes.ts'

export function createScimApp(ctx: Context, recorder: Recorder): Hono<HttpEnv> {
  const limit = createRateLimit(ctx.config.scimRateLimit)
  const app = new Hono<HttpEnv>()
  app.use(begin(ctx))
  app.all('*', async c => {
    const at = ctx.now()
    const started = performance.now()
    const address = readAddress(c.req.url)
    const params = new URLSearchParams(address.search)
    const call: Call = { ctx, c, address, params, story: newStory(), body: undefined, ...notAdmitted }
    const { reply, refusal } = await attempt(call, limit)
    if (address.domainId !== undefined) {
      recorder.record({
        domainId: address.domainId,
        at,
        durationMs: performance.now() - started,
        requestId: c.get('requestId'),
        method: c.req.method,
        path: address.path,
        search: address.search,
        headers: c.req.raw.headers,
        body: call.body,
        status: reply.status,
        answer: reply.excerpt ?? (typeof reply.text === 'string' ? reply.text : null),
        token: call.push?.token,
        quirks: call.push?.leniency.noted ?? new Set(),
        story: call.story,
        refusal,
      })
    }
    return toResponse(call, reply)
  })
  return app
}

interface Attempt {
  readonly reply: Reply
  readonly refusal: ScimError | undefined
}

async function attempt(call: Call, limit: RateLimit): Promise<Attempt> {
  try {
    return { reply: await serve(call, limit), refusal: undefined }
  } catch (error) {
    const refusal = refusalFor(call.ctx, call.c.get('requestId'), error)
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
  requireUtf8(call.address)
  const found = findRoute(call, admitted.kinds)
  if (!found) throw notFound(`There is no SCIM endpoint /${call.address.parts.join('/').slice(0, 200)}.`)
  return found.route.handle(admitted, found.id)
}

/** Tells in the story what is asked for. */
function findRoute({ c, address, story }: Call, kinds: readonly Kind[]) {
  const found = findRouteAmong(kinds)(c.req.method, address.parts)
  if (!found) return undefined
  story.wish = found.route.wish
  story.resourceType = found.route.resourceType
  story.resourceId = readId(found.id)
  return found
}

function toResponse({ c }: Call, { status, text, headers }: Reply): Response {
  if (text === null) return c.newResponse(null, status as StatusCode, headers)
  const type = mediaTypeFor(c.req.header('accept'))
  const body = typeof text === 'string' ? text : ReadableStream.from(encoded(text))
  return c.newResponse(body, status as StatusCode, { ...headers, 'Content-Type': type })
}

async function* encoded(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  for await (const piece of pieces) yield Buffer.from(piece)
}
