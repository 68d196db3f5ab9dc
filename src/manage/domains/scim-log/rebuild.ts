// A logged request as it came, as far as that is known: values are stored masked, and taken from the resources they are of.
import type { Context } from '../../../context.ts'
import { masksIn, masksInPath, Originals, restoreBody, restorePath } from '../../../scim/mask/restore.ts'
import { isObject, type Json } from '../../../scim/resource.ts'
import { listNamedResources } from '../../../store/resources/names.ts'
import { documentOf, findOwner } from './owner.ts'
import type { LoggedRequest } from './search.ts'

export interface Rebuilt {
  readonly method: string
  /** Below the domain's base URL, with its query. */
  readonly path: string
  readonly ifMatch: string
  /** JSON; empty where there was none. */
  readonly body: string
  /** Where a value stays masked, or was not kept. */
  readonly masked: readonly string[]
}

export async function rebuildRequest(ctx: Context, domainId: string, entry: LoggedRequest): Promise<Rebuilt> {
  const path = entry.request_path.replace(/^.*?\/scim\/(?:v\d[\d.]*\/)?[^/?]*/i, '') || '/'
  const isLost = isUnparsed(entry.request_body)
  const body = isLost ? null : (entry.request_body as Json)
  const originals = new Originals(await findOwners(ctx, domainId, { entry, path, body }))
  const restored = restoreBody(body, originals)
  const truePath = restorePath(path, originals)
  return {
    method: entry.request_method,
    path: truePath,
    ifMatch: headerOf(entry, 'if-match'),
    body: body === null ? '' : JSON.stringify(restored.value, null, 2),
    masked: [
      ...(truePath.includes('***') ? ['the path'] : []),
      ...(isLost ? ['the body, which was no JSON'] : restored.masked),
    ],
  }
}

/** Where a value is masked still in what somebody made of it. */
export function listMasked({ path, body }: Pick<Rebuilt, 'path' | 'body'>): string[] {
  return [...(path.includes('***') ? ['the path'] : []), ...restoreBody(read(body), nobody).masked]
}

const nobody = new Originals([])

function read(body: string): Json {
  try {
    return JSON.parse(body) as Json
  } catch {
    return null
  }
}

const isUnparsed = (body: unknown): boolean => isObject(body) && '_unparsed_bytes' in body

export const headerOf = (
  { request_headers: headers }: Pick<LoggedRequest, 'request_headers'>,
  name: string,
): string => {
  const value = isObject(headers) ? headers[name] : undefined
  return typeof value === 'string' ? value : ''
}

const mostLookUps = 6

/** The resource that the request was about, and whoever alone has a name in it that is masked so. */
async function findOwners(
  ctx: Context,
  domainId: string,
  { entry, path, body }: { entry: LoggedRequest; path: string; body: Json },
): Promise<Json[]> {
  const id = entry.resource_id
  const about = id === null ? [] : await listNamedResources(ctx.db, domainId, [id])
  const known = new Originals(about.map(documentOf))
  const masks = new Set([...masksInPath(path), ...masksIn(body)])
  const left = [...masks].filter(mask => known.anywhere(mask) === undefined)
  const owners = new Map(about.map(resource => [resource.id, resource]))
  for (const mask of left.slice(0, mostLookUps)) {
    const owner = await findOwner(ctx, domainId, mask)
    if (owner) owners.set(owner.id, owner)
  }
  return [...owners.values()].map(documentOf)
}
