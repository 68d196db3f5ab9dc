// The shape of a route of this surface, and how a request finds its own: 405 when there is none for its method.
import { methodNotAllowed } from '../../scim/errors.ts'
import type { Admitted, Call } from './call.ts'
import type { Reply } from './reply.ts'

interface Mounted {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below the domain's base URL: `/Users/{id}`. */
  readonly path: string
  /** What the caller wants, as the log says it: "create the user". */
  readonly wish: string
  /** The kind of resource it is about. */
  readonly resourceType?: string
}

/** Who may call it is said of every route, and only an admitted call knows its domain. */
export type Route =
  | (Mounted & { readonly access: 'open'; readonly handle: (call: Call, id: string) => Reply })
  | (Mounted & { readonly access: 'token'; readonly handle: (call: Admitted, id: string) => Promise<Reply> })

/** Undefined where there is no endpoint; throws 405. */
export type FindRoute = (method: string, parts: readonly string[]) => { route: Route; id: string } | undefined

export function createFindRoute(routes: readonly Route[]): FindRoute {
  const byPath = Map.groupBy(routes, route => route.path.toLowerCase())
  return (method, parts) => {
    const [first = '', id = ''] = parts
    const path = `/${parts.join('/').toLowerCase()}`
    const found =
      byPath.get(path) ?? (parts.length === 2 ? byPath.get(`/${first.toLowerCase()}/{id}`) : undefined)
    if (!found) return undefined
    // RFC 9110 §9.3.2: HEAD is GET without the body.
    const wanted = method === 'HEAD' ? 'GET' : method
    const route = found.find(each => each.method === wanted)
    if (!route) throw methodNotAllowed(method, allowedBy(found))
    return { route, id }
  }
}

function allowedBy(routes: readonly Route[]): string[] {
  return routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
}
