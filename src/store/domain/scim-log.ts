// The SCIM log of a domain: written in batches, read newest first.
import { type ExpressionWrapper, type SelectQueryBuilder, type SqlBool, sql } from 'kysely'
import { fold } from '../../scim/text/fold.ts'
import type { Db } from '../db.ts'
import { type DatabaseKind, foldSql, kindOf } from '../dialect.ts'
import { type Places, prepare } from '../statement.ts'
import type { ScimLogTable } from '../tables/records.ts'
import type { Tables } from '../tables/tables.ts'

export type ScimLogRow = ScimLogTable

const columns = [
  'domain_id',
  'id',
  'created_at',
  'request_id',
  'request_method',
  'request_path',
  'request_headers',
  'request_body',
  'response_status',
  'response_body',
  'identity_provider',
  'duration_ms',
  'scim_type',
  'token_hint',
  'resource_type',
  'resource_id',
  'outcome',
  'accommodations',
] as const satisfies readonly (keyof ScimLogRow)[]

type Value = ScimLogRow[keyof ScimLogRow]

/** Statements of several rows, the largest first: a batch takes a few of them and none has to be built anew. */
const inserts = [64, 8, 1].map(size => {
  const names = Array.from({ length: size }, (_, index) => columns.map(column => `${column} ${index}`))
  const statement = prepare((db, places: Places<Record<string, Value>>) =>
    db.insertInto('scim_log').values(names.map(own => rowOf(own.map(name => places[name])))),
  )
  return { size, names, statement }
})

const rowOf = (values: readonly unknown[]) =>
  Object.fromEntries(columns.map((column, at) => [column, values[at]])) as unknown as ScimLogRow

export async function insertScimLog(tx: Db, rows: readonly ScimLogRow[]): Promise<void> {
  let written = 0
  for (const { size, names, statement } of inserts) {
    for (; rows.length - written >= size; written += size) {
      await statement.run(tx, valuesOf(rows.slice(written, written + size), names))
    }
  }
}

/** Runs for every request: plain loops over names that are made already. */
function valuesOf(rows: readonly ScimLogRow[], names: readonly (readonly string[])[]): Record<string, Value> {
  const values: Record<string, Value> = {}
  for (const [index, row] of rows.entries()) {
    for (const [at, name] of (names[index] ?? []).entries()) {
      const column = columns[at]
      if (column) values[name] = row[column]
    }
  }
  return values
}

/** Which of these domains are there; they stay until the transaction ends. */
export async function keepDomains(tx: Db, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await tx.selectFrom('domains').select('id').where('id', 'in', ids).forKeyShare().execute()
  return new Set(rows.map(row => row.id))
}

/** Inclusive bounds; what is left out does not limit. */
export interface ScimLogSearch {
  statusMin?: number | undefined
  statusMax?: number | undefined
  after?: string | undefined
  before?: string | undefined
  method?: string | undefined
  identityProvider?: string | undefined
  resourceId?: string | undefined
  requestId?: string | undefined
  /** The last characters of the token. */
  tokenHint?: string | undefined
  /** Any of these texts, in any case, in the path, a body or the outcome: the true term and the masked one. */
  terms?: readonly string[] | undefined
}

/** Newest first. The id of a row begins with its time, so the order of ids is the order of `created_at`. */
export const listScimLog = (
  db: Db,
  domainId: string,
  page: { search: ScimLogSearch; limit: number; offset?: number; beforeId?: string; afterId?: string },
): Promise<ScimLogRow[]> =>
  matching(db, domainId, page.search)
    .$if(page.beforeId !== undefined, query => query.where('id', '<', page.beforeId ?? ''))
    .$if(page.afterId !== undefined, query => query.where('id', '>', page.afterId ?? ''))
    .selectAll()
    .orderBy('id', 'desc')
    .limit(page.limit)
    .offset(page.offset ?? 0)
    .execute()

/** The next newer one. */
export const findScimLogRowAfter = (
  db: Db,
  domainId: string,
  id: string,
): Promise<Pick<ScimLogRow, 'id'> | undefined> =>
  matching(db, domainId, {}).where('id', '>', id).select('id').orderBy('id').limit(1).executeTakeFirst()

export const findScimLogRow = (db: Db, domainId: string, id: string): Promise<ScimLogRow | undefined> =>
  matching(db, domainId, {}).where('id', '=', id).selectAll().executeTakeFirst()

/** When and how the newest ones behind an id were answered. */
export const listScimLogStatuses = (
  db: Db,
  domainId: string,
  page: { search: ScimLogSearch; afterId: string; limit: number },
): Promise<Pick<ScimLogRow, 'created_at' | 'response_status'>[]> =>
  matching(db, domainId, page.search)
    .where('id', '>', page.afterId)
    .select(['created_at', 'response_status'])
    .orderBy('id', 'desc')
    .limit(page.limit)
    .execute()

export async function countScimLog(db: Db, domainId: string, search: ScimLogSearch): Promise<number> {
  const { total } = await matching(db, domainId, search)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** Deletes at most `limit` rows of all domains that are older than `before`; returns how many. */
export async function deleteScimLogBefore(db: Db, before: string, limit: number): Promise<number> {
  const result = await db
    .deleteFrom('scim_log')
    .where(
      ({ refTuple, selectFrom }) =>
        sql<SqlBool>`${refTuple('domain_id', 'id')} in ${selectFrom('scim_log as old')
          .select(['old.domain_id', 'old.id'])
          .where('old.created_at', '<', before)
          .limit(limit)}`,
    )
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}

type Query = SelectQueryBuilder<Tables, 'scim_log', object>

function matching(db: Db, domainId: string, search: ScimLogSearch): Query {
  const { statusMin, statusMax, after, before, method, identityProvider, resourceId, requestId } = search
  const { tokenHint, terms } = search
  let query: Query = db.selectFrom('scim_log').where('domain_id', '=', domainId)
  if (statusMin !== undefined) query = query.where('response_status', '>=', statusMin)
  if (statusMax !== undefined) query = query.where('response_status', '<=', statusMax)
  if (after !== undefined) query = query.where('created_at', '>=', after)
  if (before !== undefined) query = query.where('created_at', '<=', before)
  if (method !== undefined) query = query.where('request_method', '=', method)
  if (identityProvider !== undefined) query = query.where('identity_provider', '=', identityProvider)
  if (resourceId !== undefined) query = query.where('resource_id', '=', resourceId)
  if (requestId !== undefined) query = query.where('request_id', '=', requestId)
  if (tokenHint !== undefined) query = query.where('token_hint', '=', tokenHint)
  if (terms === undefined) return query
  const kind = kindOf(db)
  return query.where(({ or, ref }) =>
    or(
      (['request_path', 'request_body', 'response_body', 'outcome'] as const).flatMap(column =>
        terms.map(term => contains(kind, ref(column), term)),
      ),
    ),
  )
}

function contains(
  kind: DatabaseKind,
  column: ExpressionWrapper<Tables, 'scim_log', string | null>,
  term: string,
) {
  const pattern = `%${fold(term).replace(/[\\%_]/g, String.raw`\$&`)}%`
  return sql<SqlBool>`${foldSql(kind, column)} like ${pattern} escape ${sql.lit('\\')}`
}
