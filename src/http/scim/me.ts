// The user of whoever asks (RFC 7644 §3.11): the person who made the token, under the alias /Me.
import type { Kind } from '../../provision/kind.ts'
import { requireOwnUser } from '../../provision/people/own-user.ts'
import { userKind } from '../../provision/people/users.ts'
import { baseUrlOf } from '../../provision/push.ts'
import { notImplemented } from '../../scim/errors.ts'
import type { Admitted } from './call.ts'
import { resourceRoutes } from './resources.ts'
import type { Route } from './route.ts'

export const meRoutes = (kinds: readonly Kind[]): readonly Route[] => [
  ...kinds
    .filter(({ type }) => type.id === 'User')
    .flatMap(resourceRoutes)
    .flatMap(aliasOf),
  {
    method: 'POST',
    path: '/Me',
    wish: 'create the own user',
    access: 'token',
    handle: async () => {
      throw notImplemented('Nobody can create their own user here; GET, PUT, PATCH and DELETE work on /Me.')
    },
  },
]

/** What works on one user works on one's own, and says where it really is. */
function aliasOf(route: Route): Route[] {
  if (route.access === 'open' || route.path !== `${userKind.type.endpoint}/{id}`) return []
  return [
    {
      ...route,
      path: '/Me',
      handle: async (call: Admitted) => {
        const id = await requireOwnUser(call.ctx, call.push)
        const reply = await route.handle(call, id)
        const location = `${baseUrlOf(call.ctx, call.push.token.domain.id)}${userKind.type.endpoint}/${id}`
        return { ...reply, headers: { ...reply.headers, Location: location } }
      },
    },
  ]
}
