// A bulk (RFC 7644 §3.7): read from its request, put into an order in which it can be worked off, and answered.
import { orderByNeed } from './bulk/order.ts'
import { referencesIn } from './bulk/references.ts'
import { capabilities } from './capabilities.ts'
import { invalidSyntax, invalidValue, notFound, ScimError, tooLarge } from './errors.ts'
import { readOperations } from './message.ts'
import type { Leniency } from './quirks.ts'
import { byLowerName, came, isObject, kindOf, quote } from './resource.ts'

const requestSchema = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest'
const responseSchema = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse'

export interface Bulk {
  /** After so many errors the rest is left undone. */
  readonly failOnErrors: number | undefined
  readonly entries: readonly BulkEntry[]
}

export interface BulkEntry {
  /** In capitals; what came, when it is no method at all. */
  readonly method: string
  readonly bulkId: string | undefined
  /** Or what is wrong with it, whatever the resources hold. */
  readonly operation: BulkOperation | ScimError
}

export interface BulkOperation {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** `Users`, as the client writes it. */
  readonly endpoint: string
  /** An id, or `bulkId:…` for one that is made in this bulk. */
  readonly id: string | undefined
  /** What the single call has as If-Match. */
  readonly version: string | undefined
  readonly body: unknown
  /** The bulkIds that it refers to. */
  readonly references: ReadonlySet<string>
}

/** As RFC 7644 §3.7.3 has it. */
export interface BulkResult {
  readonly location?: string | undefined
  readonly method: string
  readonly bulkId?: string | undefined
  readonly version?: string | undefined
  readonly status: string
  readonly response?: object | undefined
}

/** Throws when the request as a whole cannot be followed; what is wrong within one operation is that operation's own. */
export function readBulk(body: unknown, leniency: Leniency): Bulk {
  const message = { what: 'bulk', schema: requestSchema, quirk: 'missing_bulk_schema' } as const
  const { members, operations } = readOperations(body, message, leniency)
  const { maxOperations } = capabilities.bulk
  if (operations.length > maxOperations)
    throw tooLarge(
      `A bulk may have ${maxOperations} operations (maxOperations), but ${operations.length} came.`,
    )
  const failOnErrors = readLimit(members.get('failonerrors') ?? undefined)
  const entries = operations.map(readEntry)
  refuseDoubled(entries)
  return { failOnErrors, entries }
}

function readLimit(value: unknown): number | undefined {
  if (value === undefined || (Number.isInteger(value) && Number(value) > 0))
    return value as number | undefined
  throw invalidValue(
    `failOnErrors must be a whole number above 0, but ${typeof value === 'number' ? value : came(value)} came.`,
  )
}

/** A reference could mean either of two operations with one bulkId, so that nothing of such a bulk is done. */
function refuseDoubled(entries: readonly BulkEntry[]): void {
  const seen = new Set<string>()
  for (const { bulkId } of entries) {
    if (bulkId === undefined) continue
    if (seen.has(bulkId))
      throw invalidSyntax(`A bulkId must be unique in its bulk, but ${quote(bulkId)} came twice.`)
    seen.add(bulkId)
  }
}

function readEntry(value: unknown): BulkEntry {
  const members = byLowerName(isObject(value) ? value : {})
  const [method, bulkId] = [members.get('method'), members.get('bulkid') ?? undefined]
  const entry = {
    method: typeof method === 'string' ? method.toUpperCase() : '',
    bulkId: typeof bulkId === 'string' ? bulkId : undefined,
  }
  try {
    if (!isObject(value))
      throw invalidSyntax(`An operation must be a JSON object, but ${kindOf(value)} came.`)
    return { ...entry, operation: readOperation(members, entry) }
  } catch (error) {
    if (!(error instanceof ScimError)) throw error
    return { ...entry, operation: error }
  }
}

function readOperation(
  members: ReadonlyMap<string, unknown>,
  { method, bulkId }: { method: string; bulkId: string | undefined },
): BulkOperation {
  if (method !== 'POST' && method !== 'PUT' && method !== 'PATCH' && method !== 'DELETE')
    throw invalidSyntax(`method must be POST, PUT, PATCH or DELETE, but ${came(members.get('method'))} came.`)
  const sentId = members.get('bulkid') ?? undefined
  if ((sentId !== undefined && bulkId === undefined) || bulkId === '')
    throw invalidSyntax(`bulkId must be a text that is not empty, but ${came(sentId)} came.`)
  if (method === 'POST' && bulkId === undefined)
    throw invalidSyntax('A POST must have a bulkId, but none came.')
  const version = members.get('version') ?? undefined
  if (version !== undefined && typeof version !== 'string')
    throw invalidSyntax(`version must be a text, but ${kindOf(version)} came.`)
  const { endpoint, id } = readPath(members.get('path'))
  const body = method === 'DELETE' ? undefined : members.get('data')
  return { method, endpoint, id, version, body, references: referencesIn({ id, body }) }
}

/** `/Users` or `/Users/{id}`, below the domain's base URL. */
function readPath(path: unknown): { endpoint: string; id: string | undefined } {
  if (typeof path !== 'string') throw invalidSyntax(`path must be a text, but ${came(path)} came.`)
  const [endpoint, id, ...more] = path.split('/').filter(part => part !== '')
  if (endpoint === undefined || more.length > 0) throw notFound(`There is no SCIM endpoint ${quote(path)}.`)
  return { endpoint, id }
}

/**
 * The positions of the entries in the order in which they are worked off: each after those that make what it refers to,
 * otherwise as they came. Those that refer to each other in a circle come together.
 */
export function orderBulk({ entries }: Bulk): number[][] {
  const makers = makersIn(entries)
  return orderByNeed(
    entries.map(({ operation }) => {
      if (operation instanceof ScimError) return []
      return [...operation.references].flatMap(bulkId => makers.get(bulkId) ?? [])
    }),
  )
}

/** Which entry makes the resource that a bulkId stands for. */
export const makersIn = (entries: readonly BulkEntry[]): Map<string, number> =>
  new Map(
    entries.flatMap(({ method, bulkId }, at) =>
      method === 'POST' && bulkId !== undefined ? [[bulkId, at]] : [],
    ),
  )

/** RFC 7644 §3.7.3. */
export const bulkResponse = (results: readonly BulkResult[]) => ({
  schemas: [responseSchema],
  Operations: results,
})
