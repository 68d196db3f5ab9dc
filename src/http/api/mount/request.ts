// What the routes of the Organizations API read of a request's address.
import type { Context as HonoContext } from 'hono'
import { readId } from '../../../base/id.ts'
import { missing } from '../../../base/refusal.ts'
import type { Context } from '../../../context.ts'
import type { HttpEnv } from '../../request.ts'

export type ApiContext = HonoContext<HttpEnv>

/** A malformed id names nothing, so it is missing. */
export function readPathId(c: ApiContext, name: string): string {
  const id = readId(c.req.param(name) ?? '')
  if (id === undefined) throw missing()
  return id
}

/** As the outside knows it. */
export function publicUrl({ config }: Context, c: ApiContext): URL {
  const { pathname, search } = new URL(c.req.url)
  return new URL(config.baseUrl + pathname + search)
}
