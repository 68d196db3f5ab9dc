// The road of a request that was let in: its route, and what the route does.
import { readId } from '../../base/id.ts'
import type { Kind } from '../../provision/kind.ts'
import { notFound } from '../../scim/errors.ts'
import { requireUtf8 } from './address.ts'
import type { Admitted, Call } from './call.ts'
import type { Reply } from './reply.ts'
import { findRouteAmong } from './routes.ts'

export async function serveAdmitted(call: Admitted): Promise<Reply> {
  requireUtf8(call.address)
  const found = findRoute(call, call.kinds)
  if (!found) throw notFound(`There is no SCIM endpoint /${call.address.parts.join('/').slice(0, 200)}.`)
  return found.route.handle(call, found.id)
}

/** Tells in the story what is asked for. */
export function findRoute({ sent, address, story }: Call, kinds: readonly Kind[]) {
  const found = findRouteAmong(kinds)(sent.method, address.parts)
  if (!found) return undefined
  story.wish = found.route.wish
  story.resourceType = found.route.resourceType
  story.resourceId = readId(found.id)
  return found
}
