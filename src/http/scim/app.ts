// The SCIM surface: every request goes down this road once, comes back up once, and is recorded whatever became of it.
import { Hono } from 'hono'
import type { StatusCode } from 'hono/utils/http-status'
import { readId } from '../../base/id.ts'
import type { Context } from '../../context.ts'
import { refusalFor } from '../../provision/fault.ts'
import { newStory } from '../../provision/outcome.ts'
import type { Recorder } from '../../provision/recorder.ts'
import type { ScimError } from '../../scim/errors.ts'
import { begin, type HttpEnv } from '../request.ts'
import { readAddress, requireDomainId } from './address.ts'
import { authenticate } from './authenticate.ts'
import type { Call } from './call.ts'
import { createRateLimit, type RateLimit } from './rate-limit.ts'
import { errorReply, mediaTypeFor, type Reply } from './reply.ts'
import { createFindRoute } from './route.ts'
import { scimRoutes } from './routes.ts'

const findRoute = createFindRoute(scimRoutes)

export function createScimApp(ctx: Context, recorder: Recorder): Hono<HttpEnv> {
  const limit = createRateLimit(ctx.config.scimRateLimit)
  const app = new Hono<HttpEnv>()
  app.use(begin(ctx))
  app.all('*', async c => {
    const at = ctx.now()
    const started = performance.now()
    const address = readAddress(c.req.url)
    const params = new URLSearchParams(address.search)
    const call: Call = { ctx, c, address, params, story: newStory(), body: undefined, push: undefined }
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
        answer: reply.excerpt ?? reply.text,
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
  const { address, story } = call
  const domainId = requireDomainId(address)
  const { route, id } = findRoute(call.c.req.method, address.parts)
  story.wish = route.wish
  story.resourceType = route.resourceType
  story.resourceId = readId(id)
  if (route.access === 'open') return route.handle(call, id)
  const admitted = Object.assign(call, { push: await authenticate(call, domainId) })
  await limit(admitted.push.token.id)
  return route.handle(admitted, id)
}

function toResponse({ c }: Call, { status, text, headers }: Reply): Response {
  if (text === null) return c.newResponse(null, status as StatusCode, headers)
  const type = mediaTypeFor(c.req.header('accept'))
  return c.newResponse(text, status as StatusCode, { ...headers, 'Content-Type': type })
}
