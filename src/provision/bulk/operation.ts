// One operation of a bulk (RFC 7644 §3.7), done by the verb of the single call and answered as a bulk answers.
import { newId } from '../../base/id.ts'
import type { Context } from '../../context.ts'
import { type Resolve, resolveBody, resolveId } from '../../scim/bulk/references.ts'
import type { BulkEntry, BulkOperation, BulkResult } from '../../scim/bulk.ts'
import { methodNotAllowed, notFound, ScimError } from '../../scim/errors.ts'
import { quote } from '../../scim/resource.ts'
import type { Kind } from '../kind.ts'
import { kindAt } from '../kinds.ts'
import { baseUrlOf, type Push } from '../push.ts'
import { createResource, deleteResource, patchResource, replaceResource } from '../resource.ts'
import type { Shown } from '../show.ts'

interface Task {
  readonly kinds: readonly Kind[]
  readonly entry: BulkEntry
  /** The id of what a bulkId stands for. */
  readonly resolve: Resolve
}

/** Throws what the single call would be refused with. */
export async function perform(
  ctx: Context,
  push: Push,
  { kinds, entry, resolve }: Task,
): Promise<BulkResult> {
  const { operation, bulkId, method } = entry
  if (operation instanceof ScimError) throw operation
  push.story.wish = `${method} /${operation.endpoint}`
  const body = resolveBody(operation.body, resolve)
  const id = operation.id === undefined ? undefined : resolveId(operation.id, resolve)
  const ownId = operation.method === 'POST' && bulkId !== undefined ? resolve(bulkId) : undefined
  const { status, shown, location } = await dispatch(ctx, push, { ...operation, kinds, body, id, ownId })
  return {
    location: shown?.location ?? location,
    method,
    bulkId,
    version: shown?.etag,
    status: String(status),
  }
}

interface Done {
  readonly status: number
  readonly shown?: Shown
  readonly location?: string
}

type Directed = BulkOperation & { readonly kinds: readonly Kind[]; readonly ownId: string | undefined }

const wishes = { POST: 'create', PUT: 'replace', PATCH: 'change', DELETE: 'delete' } as const

async function dispatch(
  ctx: Context,
  push: Push,
  { kinds, method, endpoint, id, version, body, ownId }: Directed,
): Promise<Done> {
  const kind = kindAt(kinds, endpoint)
  if (!kind) throw notFound(`There is no SCIM endpoint ${quote(`/${endpoint}`)}.`)
  push.story.wish = `${wishes[method]} the ${kind.type.name.toLowerCase()}`
  const sent = { body, params: new URLSearchParams(), isSilent: true }
  if (id === undefined) {
    if (method !== 'POST') throw methodNotAllowed(method, ['POST'])
    return {
      status: 201,
      shown: await createResource(ctx, push, { kind, ...sent, id: ownId ?? newId() }),
    }
  }
  const target = { kind, id, ifMatch: version }
  switch (method) {
    case 'POST':
      throw methodNotAllowed(method, ['PUT', 'PATCH', 'DELETE'])
    case 'PUT':
      return { status: 200, shown: await replaceResource(ctx, push, { ...target, ...sent }) }
    case 'PATCH': {
      const shown = await patchResource(ctx, push, { ...target, ...sent })
      return { status: kind.patchAnswer === 'nothing' ? 204 : 200, shown }
    }
    case 'DELETE':
      await deleteResource(ctx, push, target)
      return {
        status: 204,
        location: `${baseUrlOf(ctx, push.token.domain.id)}${kind.type.endpoint}/${id}`,
      }
  }
}

/** RFC 7644 §3.7.3: the location is left out when a POST failed, the response never. */
export function refuse(
  { method, bulkId, operation }: BulkEntry,
  refusal: ScimError,
  baseUrl: string,
): BulkResult {
  const isNew = method === 'POST' || operation instanceof ScimError || operation.id === undefined
  return {
    location: isNew ? undefined : `${baseUrl}/${operation.endpoint}/${operation.id}`,
    method,
    bulkId,
    status: String(refusal.status),
    response: refusal.toBody(),
  }
}
