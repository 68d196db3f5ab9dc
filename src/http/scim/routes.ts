// Every route of the SCIM surface, below `/scim/v2/{domain_id}`.
import { kinds } from '../../provision/kinds.ts'
import { bulkRoutes } from './bulk.ts'
import { discoveryRoutes } from './discovery.ts'
import { listRoutes } from './lists.ts'
import { meRoutes } from './me.ts'
import { resourceRoutes } from './resources.ts'
import type { Route } from './route.ts'

export const scimRoutes: readonly Route[] = [
  ...listRoutes(kinds),
  ...kinds.flatMap(resourceRoutes),
  ...discoveryRoutes,
  ...bulkRoutes,
  ...meRoutes,
]
