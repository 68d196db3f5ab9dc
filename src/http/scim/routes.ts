// Every route of the SCIM surface, below `/scim/v2/{domain_id}`; a domain with types of its own has more than others.
import type { Kind } from '../../provision/kind.ts'
import { bulkRoutes } from './bulk.ts'
import { discoveryRoutes } from './discovery.ts'
import { listRoutes } from './lists.ts'
import { meRoutes } from './me.ts'
import { resourceRoutes } from './resources.ts'
import { createFindRoute, type FindRoute, type Route } from './route.ts'

export const routesOf = (kinds: readonly Kind[]): readonly Route[] => [
  ...listRoutes(kinds),
  ...kinds.flatMap(resourceRoutes),
  ...discoveryRoutes,
  ...bulkRoutes,
  ...meRoutes(kinds),
]

const finders = new WeakMap<readonly Kind[], FindRoute>()

/** How a request to a domain with these kinds of resources finds its route. */
export function findRouteAmong(kinds: readonly Kind[]): FindRoute {
  const before = finders.get(kinds)
  if (before) return before
  const find = createFindRoute(routesOf(kinds))
  finders.set(kinds, find)
  return find
}
