// The SCIM log by one resource, without what was sent: every attempt to change it.
import { type SqlBool, sql } from 'kysely'
import type { Db } from '../db.ts'
import { type Places, prepare } from '../statement.ts'
import type { ScimLogTable } from '../tables/records.ts'

const columns = [
  'id',
  'domain_id',
  'created_at',
  'request_id',
  'request_method',
  'response_status',
  'identity_provider',
  'token_hint',
  'resource_type',
  'resource_id',
  'outcome',
] as const satisfies readonly (keyof ScimLogTable)[]

export type ScimWrite = Pick<ScimLogTable, (typeof columns)[number]>

/** Word for word as the index `scim_log_changes` has it. */
const isWrite = sql<SqlBool>`request_method <> 'GET'`

interface Of {
  readonly domainId: string
  readonly resourceId: string
}

const writes = prepare(
  (db, { domainId, resourceId, before, limit }: Places<Of & { before: string; limit: number }>) =>
    db
      .selectFrom('scim_log')
      .select(columns)
      .where('domain_id', '=', domainId)
      .where('resource_id', '=', resourceId)
      .where('id', '<', before)
      .where(isWrite)
      .orderBy('id', 'desc')
      .limit(limit),
)

/** Newest first. */
export const listScimWrites = (
  db: Db,
  of: Of,
  page: { before: string; limit: number },
): Promise<ScimWrite[]> => writes.all(db, { ...of, ...page })

interface Request extends Of {
  readonly requestId: string
  /** Bounds of its id. */
  readonly after: string
  readonly before: string
}

const ofRequest = prepare((db, { domainId, resourceId, requestId, after, before }: Places<Request>) =>
  db
    .selectFrom('scim_log')
    .select(columns)
    .where('domain_id', '=', domainId)
    .where('resource_id', '=', resourceId)
    .where('id', '>', after)
    .where('id', '<', before)
    .where('request_id', '=', requestId)
    .where(isWrite)
    .orderBy('id', 'desc')
    .limit(1),
)

/** The request that a change of the resource came of. */
export const findScimWrite = (db: Db, request: Request): Promise<ScimWrite | undefined> =>
  ofRequest.first(db, request)
