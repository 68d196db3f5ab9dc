// The routes of lists, of each kind of resource and of all together: by GET, and by POST to `.search` (RFC 7644 §3.4.3).
import type { Kind } from '../../provision/kind.ts'
import { type ListRequest, listResources } from '../../provision/list/list.ts'
import { readQueryString, readSearchRequest } from '../../scim/query/search.ts'
import { readJson } from './body.ts'
import type { Admitted } from './call.ts'
import { jsonReply, type Reply } from './reply.ts'
import type { Route } from './route.ts'

type Listing = Omit<ListRequest, 'asked'>

export function listRoutes(kinds: readonly Kind[]): Route[] {
  const ofOne = kinds.flatMap(kind => {
    const { endpoint, name } = kind.type
    const about = { resourceType: name, wish: `list ${name.toLowerCase()}s` }
    return routesOf(endpoint, { kinds: [kind], isMixed: false }, about)
  })
  return [...ofOne, ...routesOf('/', { kinds, isMixed: true }, { wish: 'list resources' })]
}

function routesOf(path: string, listing: Listing, about: { wish: string; resourceType?: string }): Route[] {
  const search = path === '/' ? '/.search' : `${path}/.search`
  return [
    { ...about, path, method: 'GET', access: 'token', handle: list(listing) },
    { ...about, path: search, method: 'POST', access: 'token', handle: find(listing) },
  ]
}

type HandlerFor = (listing: Listing) => (call: Admitted) => Promise<Reply>

const list: HandlerFor = listing => async call => {
  const asked = readQueryString(call.params)
  return show(call, { ...listing, asked })
}

const find: HandlerFor = listing => async call => {
  const asked = readSearchRequest(await readJson(call), call.push.leniency)
  return show(call, { ...listing, asked })
}

async function show({ ctx, push }: Admitted, request: ListRequest): Promise<Reply> {
  const { text, excerpt } = await listResources(ctx, push, request)
  return { ...jsonReply(200, text), excerpt }
}
