// How a route of the Organizations API is said and mounted: who may call it, and with which operation it is answered.
import { Hono, type MiddlewareHandler } from 'hono'
import { missing } from '../../../base/refusal.ts'
import type { Context } from '../../../context.ts'
import type { Scope } from '../../../domain/scope.ts'
import {
  type Caller,
  enterOrganization,
  failureIn,
  type Principal,
  requireLevel,
  requireRecentSignIn,
  requireScope,
} from '../../../manage/caller.ts'
import { createPublicLimit } from '../../public-limit.ts'
import { begin, type HttpEnv } from '../../request.ts'
import { createIdentify } from './authenticate.ts'
import { badPath, type ErrorAnswer, explain, internalError, methodNotAllowed } from './errors.ts'
import { once } from './idempotency.ts'
import type { Operation } from './operation.ts'
import { createRequestCount } from './rate-limit.ts'
import type { ApiContext } from './request.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Within an organization; the path stands below `/api/organizations/{organization}`. */
export type OrganizationRoute = readonly [
  method: Method,
  path: string,
  scope: Scope,
  level: 'member' | 'admin' | 'owner',
  operation: Operation<Caller>,
]

/** About the caller alone; the path stands below `/api`. `any`: whoever has valid credentials. */
export type AccountRoute = readonly [
  method: Method,
  path: string,
  scope: Scope | '*' | 'any',
  operation: Operation<Principal>,
]

/**
 * `anybody` is said aloud; how often, is counted by address. A `vendor` proves by the operation's own check who it is, and
 * is not counted: many customers of one come from few addresses. The path stands below `/api`.
 */
export type OpenRoute = readonly [
  method: Method,
  path: string,
  who: 'anybody' | 'vendor',
  operation: Operation<undefined>,
]

export interface RouteTables {
  readonly open: readonly OpenRoute[]
  readonly account: readonly AccountRoute[]
  readonly organization: readonly OrganizationRoute[]
}

/** Refusals come in this order: path, route, method, credentials, organization, scope, level, rate, then the operation's. */
export function mountRoutes(ctx: Context, { open, account, organization }: RouteTables): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>({ strict: false })
  const identify = createIdentify(ctx)
  const count = createRequestCount(ctx.config.apiRateLimit)
  const tally = ({ credentialId }: Principal, c: ApiContext) =>
    count(credentialId, (name, value) => c.header(name, value))
  const paths = new Map<string, Method[]>()
  const mount = (method: Method, path: string, run: (c: ApiContext) => Promise<Response>) => {
    paths.set(path, [...(paths.get(path) ?? []), method])
    app.on(method, path, run)
  }

  app.use(begin(ctx), refuseUndecodable)
  const limit = createPublicLimit(ctx.config.publicRateLimit)
  for (const [method, path, who, operation] of open) {
    mount(method, `/api${path}`, async c => {
      if (who === 'anybody') await limit(c.get('ip'))
      return operation.handle(ctx, undefined, c)
    })
  }
  for (const [method, path, scope, operation] of account) {
    mount(method, `/api${path}`, async c => {
      const principal = await identify(c)
      if (scope !== 'any') requireScope(principal, scope)
      if (isDelicate(method, path)) requireRecentSignIn(ctx, principal)
      await tally(principal, c)
      const { credentialId } = principal
      return once(ctx, c, { credentialId, run: () => operation.handle(ctx, principal, c) })
    })
  }
  for (const [method, path, scope, level, operation] of organization) {
    mount(method, `/api/organizations/:organization${path}`, async c => {
      const principal = await identify(c)
      const caller = await enterOrganization(ctx, principal, c.req.param('organization') ?? '')
      requireScope(caller, scope)
      requireLevel(caller, level)
      if (isDelicate(method, path)) requireRecentSignIn(ctx, principal)
      await tally(principal, c)
      const { credentialId } = principal
      const run = () =>
        operation.handle(ctx, caller, c).catch(async error => {
          throw await failureIn(ctx, caller, error)
        })
      return once(ctx, c, { credentialId, run })
    })
  }
  for (const [path, methods] of paths) app.all(path, c => refuseMethod(c, methods))
  app.notFound(() => {
    throw missing()
  })
  app.onError((error, c) => {
    const known = explain(error)
    if (!known) ctx.log.error({ err: error, requestId: c.get('requestId') }, 'request failed')
    return send(c, known ?? internalError(c.get('requestId')))
  })
  return app
}

/** Whatever says who gets in: a browser's sign-in must be recent for it. */
export const isDelicate = (method: Method, path: string) =>
  method !== 'GET' && /^\/(domains|invites|members|personal_api_keys)(\/|$)/.test(path)

const refuseUndecodable: MiddlewareHandler<HttpEnv> = async (c, next) => {
  try {
    decodeURIComponent(new URL(c.req.url).pathname)
  } catch {
    throw badPath()
  }
  await next()
}

function refuseMethod(c: ApiContext, methods: readonly Method[]): never {
  const allowed = methods.includes('GET') ? ['HEAD', ...methods] : methods
  throw methodNotAllowed(c.req.method, [...allowed].sort())
}

function send(c: ApiContext, { status, body, headers }: ErrorAnswer): Response {
  for (const [name, value] of Object.entries(headers)) c.header(name, value)
  return c.json(body, status)
}
