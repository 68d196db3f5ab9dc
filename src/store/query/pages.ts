// Pages of the resources of one table, filtered and sorted or not, and how many a filter finds.
import { type CompiledQuery, type Expression, type SqlBool, sql } from 'kysely'
import type { Filter } from '../../scim/filter/ast.ts'
import type { Position, Sort, SortKey } from '../../scim/query/sort.ts'
import { aside } from '../aside.ts'
import type { Db } from '../db.ts'
import { kindOf } from '../dialect.ts'
import { type Places, prepare } from '../statement.ts'
import type { UsersTable } from '../tables/tables.ts'
import { filterToSql } from './filter-sql.ts'
import type { FilterTable } from './filter-table.ts'
import { isSeek, seeksIn } from './seeks.ts'
import { orderSql, partsBehind, type SortColumn, sortColumn } from './sort-sql.ts'

/** What every kind of resource has besides the columns that are looked up or sorted. */
export type StoredRow = Pick<UsersTable, 'domain_id' | 'id' | 'version' | 'created_at' | 'updated_at' | 'doc'>

/** A row of a list; `sort_key` is what it was sorted by, if by anything but its id. */
export interface ListedRow extends StoredRow {
  readonly sort_key?: SortKey
}

export interface Scope {
  domainId: string
  /** What `meta.location` begins with. */
  baseUrl: string
}

export interface PageRequest {
  filter: Filter | undefined
  sort: Sort | undefined
  /** Begin behind this; or, without one, behind the first `offset`. */
  after: Position | undefined
  offset: number
  limit: number
}

export interface Pages {
  page(db: Db, scope: Scope, request: PageRequest): Promise<ListedRow[]>
  count(db: Db, scope: Scope, filter: Filter): Promise<number>
}

/** So many rows are looked at in a few milliseconds. */
const quickRows = 500

interface Bounds {
  domainId: string
  limit: number
}

export function pagesOf(table: FilterTable): Pages {
  const rows = rowsOf(table)
  const firstOnes = prepare((db, { domainId, limit }: Places<Bounds>) => rows(db, domainId).limit(limit))
  const afterKey = prepare((db, { domainId, afterId, limit }: Places<Bounds & { afterId: string }>) =>
    rows(db, domainId).where('id', '>', afterId).limit(limit),
  )
  // The rows passed over are counted in the narrow index of the key; only those of the page are read.
  const afterMany = prepare((db, { domainId, offset, limit }: Places<Bounds & { offset: number }>) =>
    rows(db, domainId)
      .where('id', '>=', allOf(table, db, domainId).select('id').orderBy('id').limit(1).offset(offset))
      .limit(limit),
  )
  const findSeek = seeksIn<StoredRow>(table, rows)
  const readers = readersOf(table)

  return {
    async page(db, scope, request) {
      const { domainId } = scope
      const settled = settle(request)
      const { filter, sort, after, offset, limit } = settled
      if (limit === 0) return []
      if (!filter && !sort) {
        if (after) return afterKey.all(db, { domainId, afterId: after.id, limit })
        if (offset === 0) return firstOnes.all(db, { domainId, limit })
        return afterMany.all(db, { domainId, offset, limit })
      }
      const seek = filter && !sort && !after && offset === 0 ? findSeek(filter) : undefined
      return seek ? seek(db, { domainId, limit }) : readers.page(db, scope, settled)
    },
    count: readers.count,
  }
}

/** The pages whose statements are built for the request. */
function readersOf(table: FilterTable) {
  const rows = rowsOf(table)
  const run = runnerFor(table)
  return {
    async page(db: Db, scope: Scope, { filter, sort, after, offset, limit }: Settled): Promise<ListedRow[]> {
      const { domainId } = scope
      const filterScope = { kind: kindOf(db), ...scope }
      const found = filter
        ? rows(db, domainId).where(filterToSql(filter, table, filterScope))
        : rows(db, domainId)
      const column = sort && sortColumn(sort, table, filterScope)
      const isQuick = filter ? isSeek(filter, table) : column?.isIndexed
      const sorted = column ? inOrder(found, column) : found
      if (!after) return run(db, sorted.limit(limit).offset(offset).compile(), { domainId, isQuick })
      const listed: ListedRow[] = []
      for (const part of column ? partsBehind(column, after) : [sql<SqlBool>`id > ${after.id}`]) {
        const rest = sorted.where(part).limit(limit - listed.length)
        listed.push(...(await run<ListedRow>(db, rest.compile(), { domainId, isQuick })))
        if (listed.length === limit) break
      }
      return listed
    },
    async count(db: Db, scope: Scope, filter: Filter): Promise<number> {
      const { domainId } = scope
      const counted = allOf(table, db, domainId)
        .where(filterToSql(filter, table, { kind: kindOf(db), ...scope }))
        .select(({ fn }) => fn.countAll<number>().as('total'))
      const [row] = await run(db, counted.compile(), { domainId, isQuick: isSeek(filter, table) })
      return Number(row?.total)
    },
  }
}

/** Runs a select, and beside everything else if it has to look at each of many rows. */
function runnerFor(table: FilterTable) {
  const farRow = prepare((db, { domainId }: Places<{ domainId: string }>) =>
    allOf(table, db, domainId).select('id').orderBy('id').limit(1).offset(quickRows),
  )
  return async <Row>(
    db: Db,
    query: CompiledQuery<Row>,
    { domainId, isQuick }: { domainId: string; isQuick: boolean | undefined },
  ): Promise<Row[]> => {
    const isSlow = !isQuick && !db.isTransaction && (await farRow.first(db, { domainId })) !== undefined
    return (await db.executeQuery(isSlow ? aside(query) : query)).rows
  }
}

/** Where the type has no such attribute nobody has a value, so the ids alone decide. */
function settle({ sort, after, ...request }: PageRequest) {
  if (sort?.path) return { ...request, after, sort: { ...sort, path: sort.path } }
  const isBehindValue = after !== undefined && after.key !== null
  if (!sort || !isBehindValue) return { ...request, after, sort: undefined }
  // Those without a value come first descending, and are over by then; ascending they are still to come.
  return { ...request, after: undefined, sort: undefined, limit: sort.isDescending ? 0 : request.limit }
}

type Settled = ReturnType<typeof settle>
type Found = ReturnType<ReturnType<typeof rowsOf>>

const inOrder = (found: Found, column: SortColumn) =>
  found.select(column.key.as('sort_key')).clearOrderBy().orderBy(orderSql(column))

const rowsOf = (table: FilterTable) => (db: Db, domainId: string | Expression<string>) =>
  allOf(table, db, domainId)
    .select(['domain_id', 'id', 'version', 'created_at', 'updated_at', 'doc'])
    .orderBy('id')

function allOf({ name, type }: FilterTable, db: Db, domainId: string | Expression<string>) {
  const all = db.selectFrom(name as 'users').where('domain_id', '=', domainId)
  return type === undefined ? all : all.where(sql.ref<number>('type'), '=', type)
}
