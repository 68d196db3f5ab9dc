// The SCIM log of a domain: written in batches, read newest first.
import { type SqlBool, sql } from 'kysely'
import { idsFrom } from '../../base/id.ts'
import { aside } from '../aside.ts'
import type { Db } from '../db.ts'
import { byCodePoint, kindOf } from '../dialect.ts'
import { type Places, prepare } from '../statement.ts'
import type { ScimLogTable } from '../tables/records.ts'
import { matching, type ScimLogSearch } from './scim-log-search.ts'

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
const inserts = [256, 64, 8, 1].map(size => ({
  size,
  statement: prepare((db, places: Places<readonly Value[]>) =>
    db.insertInto('scim_log').values(Array.from({ length: size }, (_, index) => rowAt(index, places))),
  ),
}))

/** The values of all rows stand one after another, each row's in the order of the columns. */
const rowAt = (index: number, places: Places<readonly Value[]>) =>
  Object.fromEntries(
    columns.map((column, at) => [column, places[index * columns.length + at]]),
  ) as unknown as ScimLogRow

/** Its statements are under way together: across threads, or a network, they are waited for once. */
export async function insertScimLog(tx: Db, rows: readonly ScimLogRow[]): Promise<void> {
  const running: Promise<number>[] = []
  let taken = 0
  for (const { size, statement } of inserts) {
    for (; rows.length - taken >= size; taken += size)
      running.push(statement.run(tx, valuesOf(rows.slice(taken, taken + size))))
  }
  await Promise.all(running)
}

/** Runs for every request. */
function valuesOf(rows: readonly ScimLogRow[]): Value[] {
  const values: Value[] = []
  for (const row of rows) for (const column of columns) values.push(row[column])
  return values
}

/** Which of these domains are there; they stay until the transaction ends. */
export async function keepDomains(tx: Db, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await tx.selectFrom('domains').select('id').where('id', 'in', ids).forKeyShare().execute()
  return new Set(rows.map(row => row.id))
}

interface Page {
  readonly search: ScimLogSearch
  readonly limit: number
  readonly offset?: number
  /** Only older ones than this. */
  readonly beforeId?: string | undefined
  /** From this one on; ids begin with their time, and so may this. */
  readonly fromId?: string | undefined
}

/** Newest first. The id of a row begins with its time, so the order of ids is the order of `created_at`. */
export const listScimLog = (db: Db, domainId: string, page: Page): Promise<ScimLogRow[]> =>
  inPage(db, domainId, page).selectAll().execute()

/** The same, however long it takes to find them: nobody else waits meanwhile. Outside transactions only. */
export const seekScimLog = async (db: Db, domainId: string, page: Page): Promise<ScimLogRow[]> =>
  (await db.executeQuery(aside(inPage(db, domainId, page).selectAll().compile()))).rows

/** When and how the newest ones were answered. */
export const listScimLogStatuses = (
  db: Db,
  domainId: string,
  page: Page,
): Promise<Pick<ScimLogRow, 'created_at' | 'response_status'>[]> =>
  inPage(db, domainId, page).select(['created_at', 'response_status']).execute()

/** How far back the log reaches with `distance` rows: the id of the last of them, if there are so many. */
export async function findScimLogPlace(
  db: Db,
  domainId: string,
  { distance, ...bounds }: Omit<Page, 'search' | 'limit' | 'offset'> & { readonly distance: number },
): Promise<string | undefined> {
  const page = { ...bounds, search: {}, limit: 1, offset: distance - 1 }
  return (await inPage(db, domainId, page).select('id').executeTakeFirst())?.id
}

const inPage = (db: Db, domainId: string, { search, limit, offset = 0, beforeId, fromId }: Page) =>
  matching(db, domainId, search)
    .$if(beforeId !== undefined, query => query.where('id', '<', beforeId ?? ''))
    .$if(fromId !== undefined, query => query.where('id', '>=', fromId ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(offset)

/** The next newer one. */
export const findScimLogRowAfter = (
  db: Db,
  domainId: string,
  id: string,
): Promise<Pick<ScimLogRow, 'id'> | undefined> =>
  matching(db, domainId, {}).where('id', '>', id).select('id').orderBy('id').limit(1).executeTakeFirst()

export const findScimLogRow = (db: Db, domainId: string, id: string): Promise<ScimLogRow | undefined> =>
  matching(db, domainId, {}).where('id', '=', id).selectAll().executeTakeFirst()

/** Outside transactions only: the whole log may have to be looked through. */
export async function countScimLog(db: Db, domainId: string, search: ScimLogSearch): Promise<number> {
  const count = matching(db, domainId, search).select(({ fn }) => fn.countAll<number>().as('total'))
  const { rows } = await db.executeQuery(aside(count.compile()))
  return Number(rows[0]?.total ?? 0)
}

export interface ScimLogCount {
  readonly total: number
  readonly refused: number
  readonly failed: number
}

/** How many there are between each of these and the next one, read off the indexes alone. */
export async function countScimLogBetween(
  db: Db,
  domainId: string,
  ids: readonly string[],
): Promise<ScimLogCount[]> {
  const kind = kindOf(db)
  const spans = ids.slice(1).map((end, place) => sql`(${sql.lit(place)}, ${ids[place]}, ${end})`)
  const [begin, end] = (['low', 'high'] as const).map(name => byCodePoint(kind, sql.ref(name)))
  const count = (search: ScimLogSearch) =>
    matching(db, domainId, search)
      .where('id', '>=', sql<string>`${begin}`)
      .where('id', '<', sql<string>`${end}`)
      .select(({ fn }) => fn.countAll().as('count'))
  const { rows } = await sql<ScimLogCount>`
    with span (place, low, high) as (values ${sql.join(spans)})
    select (${count({})}) as total, (${count({ statusMin: 400, statusMax: 499 })}) as refused,
      (${count({ statusMin: 500, statusMax: 599 })}) as failed
    from span order by place`.execute(db)
  return rows
}

/** Deletes at most `limit` rows of all domains that are older than `before`; returns how many. */
export async function deleteScimLogBefore(db: Db, before: string, limit: number): Promise<number> {
  const result = await db
    .deleteFrom('scim_log')
    .where(
      ({ refTuple, selectFrom }) =>
        sql<SqlBool>`${refTuple('domain_id', 'id')} in ${selectFrom('domains')
          .crossJoin('scim_log as old')
          .select(['old.domain_id', 'old.id'])
          .whereRef('old.domain_id', '=', 'domains.id')
          .where('old.id', '<', idsFrom(new Date(before)))
          .limit(limit)}`,
    )
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}
