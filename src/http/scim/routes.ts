// Every route of the SCIM surface, below `/scim/v2/{domain_id}`; what comes later says so.
import type { Kind } from '../../provision/kind.ts'
import { userKind } from '../../provision/users.ts'
import { notImplemented } from '../../scim/errors.ts'
import { discoveryRoutes } from './discovery.ts'
import { listRoutes } from './lists.ts'
import { resourceRoutes } from './resources.ts'
import type { Route } from './route.ts'

const kinds: readonly Kind[] = [userKind]

export const scimRoutes: readonly Route[] = [
  ...listRoutes(kinds),
  ...kinds.flatMap(resourceRoutes),
  ...discoveryRoutes,
  notYet('POST', '/Bulk', 'work off a bulk'),
  notYet('GET', '/Me', 'read their own user'),
]

function notYet(method: Route['method'], path: string, wish: string): Route {
  return {
    method,
    path,
    wish,
    access: 'token',
    handle: async () => {
      throw notImplemented(`${path} is not supported; /ServiceProviderConfig says what is.`)
    },
  }
}
