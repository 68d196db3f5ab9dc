// What this service provider can do (RFC 7644 §4): open to everybody, since clients read here how to authenticate.
import { standardKinds } from '../../provision/kinds.ts'
import { baseUrlOf } from '../../provision/push.ts'
import { listResponse, resourceTypes, schemaDocuments, serviceProviderConfig } from '../../scim/discovery.ts'
import { forbidden, notFound } from '../../scim/errors.ts'
import type { ResourceType } from '../../scim/schema.ts'
import { requireDomainId } from './address.ts'
import type { Call } from './call.ts'
import { jsonReply, type Reply } from './reply.ts'
import type { Route } from './route.ts'

interface Document {
  readonly id: string
}

export const discoveryRoutes: readonly Route[] = [
  open('/ServiceProviderConfig', 'show the service provider configuration', call =>
    show(call, serviceProviderConfig(baseOf(call))),
  ),
  open('/ResourceTypes', 'list the resource types', call => list(call, resourceTypes)),
  open('/ResourceTypes/{id}', 'show a resource type', (call, id) => one(call, resourceTypes, id)),
  open('/Schemas', 'list the schemas', call => list(call, schemaDocuments)),
  open('/Schemas/{id}', 'show a schema', (call, id) => one(call, schemaDocuments, id)),
]

function open(path: string, wish: string, handle: (call: Call, id: string) => Reply): Route {
  return { method: 'GET', access: 'open', path, wish, handle }
}

const baseOf = ({ ctx, address }: Call) => baseUrlOf(ctx, requireDomainId(address))

type Documents = (baseUrl: string, types: readonly ResourceType[]) => readonly Document[]

/** What the domain has besides is shown to whoever has a token of it. */
const documentsFor = (call: Call, documents: Documents) =>
  documents(
    baseOf(call),
    (call.kinds ?? standardKinds).map(({ type }) => type),
  )

const list = (call: Call, documents: Documents) => show(call, listResponse(documentsFor(call, documents)))

function one(call: Call, documents: Documents, id: string): Reply {
  const found = documentsFor(call, documents).find(document => document.id.toLowerCase() === id.toLowerCase())
  if (!found) throw notFound(`There is nothing of the name ${JSON.stringify(id.slice(0, 100))} here.`)
  return show(call, found)
}

/** RFC 7644 §4: paging and sorting are ignored here, a filter is forbidden. */
function show(call: Call, document: object): Reply {
  if ([...call.params.keys()].some(name => name.toLowerCase() === 'filter')) {
    throw forbidden('This endpoint takes no filter.')
  }
  call.story.deed = 'Showed what this service provider can do'
  return jsonReply(200, JSON.stringify(document))
}
