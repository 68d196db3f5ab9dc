// What every surface needs of a request: its id, where it comes from, and its body under a limit.

import { isIP } from 'node:net'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import { newId } from '../base/id.ts'
import type { Context } from '../context.ts'

/** `form`: the fields that came, once they are read. */
export type HttpEnv = { Variables: { requestId: string; ip: string; form?: URLSearchParams } }

export class BodyTooLarge extends Error {
  readonly limit: number

  constructor(limit: number) {
    super(`The body may have at most ${limit} bytes.`)
    this.name = 'BodyTooLarge'
    this.limit = limit
  }
}

/** The client hung up, or what it sent does not hold together; it hardly hears the answer. */
export class BodyCutShort extends Error {
  constructor(cause: unknown) {
    super('The body ended before it was complete.', { cause })
    this.name = 'BodyCutShort'
  }
}

/** The headers of every answer; a surface that shows pages replaces the policy with its own. */
const guards: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
}

export const guardsFor = ({ config }: Context): Readonly<Record<string, string>> =>
  config.baseUrl.startsWith('https:')
    ? { ...guards, 'Strict-Transport-Security': 'max-age=31536000' }
    : guards

/** First on every surface: `app.use(begin(ctx))` names the request and sets the guarding headers. */
export function begin(ctx: Context): MiddlewareHandler<HttpEnv> {
  const headers = Object.entries(guardsFor(ctx))
  return async (c, next) => {
    const { requestId, ip } = originOf(ctx, c)
    c.set('requestId', requestId)
    c.set('ip', ip)
    c.header('X-Request-Id', requestId)
    for (const [name, value] of headers) c.header(name, value)
    await next()
    logAnswer(ctx, c, { requestId, status: c.res.status })
  }
}

/** By which name the request is known from now on, and where it comes from. */
export const originOf = (ctx: Context, c: HonoContext): { requestId: string; ip: string } => ({
  requestId: readRequestId(c.req.header('x-request-id')) ?? newId(),
  ip: clientAddress(c, ctx.config.trustedProxies),
})

export function logAnswer(
  { log }: Context,
  { req }: HonoContext,
  { requestId, status }: { requestId: string; status: number },
): void {
  if (!log.isLevelEnabled('debug')) return
  log.debug({ requestId, method: req.method, path: withoutSecrets(req.path), status }, 'answered')
}

/** Links that were mailed have their secret in the path. */
const withoutSecrets = (path: string): string => path.replaceAll(/[\w-]{43,}/g, '***')

/** A client's own request id is kept when it is short and plain. */
function readRequestId(sent: string | undefined): string | undefined {
  return sent !== undefined && /^[A-Za-z0-9._-]{1,128}$/.test(sent) ? sent : undefined
}

/** The peer's address; behind `hops` trusted proxies, the one that the outermost of them saw. */
function clientAddress(c: HonoContext, hops: number): string {
  const peer = c.env?.incoming ? (getConnInfo(c).remote.address ?? '') : ''
  if (hops === 0) return peer
  const forwarded = (c.req.header('x-forwarded-for') ?? '').split(',').map(part => part.trim())
  const seen = forwarded.at(-hops) ?? ''
  return isIP(seen) ? seen : peer
}

/** The raw body. A client cannot make us hold more than `maxBytes`, whatever it says of the length. */
export async function readBody(c: HonoContext, maxBytes: number): Promise<Uint8Array> {
  const declared = Number(c.req.header('content-length') ?? Number.NaN)
  if (declared > maxBytes) throw new BodyTooLarge(maxBytes)
  try {
    // The server reads no more than was declared.
    if (Number.isInteger(declared)) return new Uint8Array(await c.req.arrayBuffer())
    return await collect(c.req.raw.body, maxBytes)
  } catch (error) {
    throw error instanceof BodyTooLarge ? error : new BodyCutShort(error)
  }
}

async function collect(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.byteLength
    if (size > maxBytes) throw new BodyTooLarge(maxBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
