// Pages of the resources of one table, filtered and sorted or not, and how many a filter finds.
import type { CompiledQuery, Expression } from 'kysely'
import type { Filter } from '../scim/filter/ast.ts'
import type { Position, Sort, SortKey } from '../scim/sort.ts'
import { aside } from './aside.ts'
import type { Db } from './db.ts'
import { kindOf } from './dialect.ts'
import { filterToSql } from './filter-sql.ts'
import type { FilterTable } from './filter-table.ts'
import { isSeek, seeksIn } from './seeks.ts'
import { behindSql, orderSql, type SortColumn, sortColumn } from './sort-sql.ts'
import { type Places, prepare } from './statement.ts'
import type { UsersTable } from './tables.ts'

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

interface Pages {
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
      .where('id', '>=', ({ selectFrom }) =>
        selectFrom(nameIn(table))
          .select('id')
          .where('domain_id', '=', domainId)
          .orderBy('id')
          .limit(1)
          .offset(offset),
      )
      .limit(limit),
  )
  const findSeek = seeksIn<StoredRow>(table, rows)
  const run = runnerFor(table)

  return {
    async page(db, scope, request) {
      const { domainId } = scope
      const { filter, sort, after, offset, limit } = settle(request)
      if (limit === 0) return []
      if (!filter && !sort) {
        if (after) return afterKey.all(db, { domainId, afterId: after.id, limit })
        if (offset === 0) return firstOnes.all(db, { domainId, limit })
        return afterMany.all(db, { domainId, offset, limit })
      }
      const seek = filter && !sort && !after && offset === 0 ? findSeek(filter) : undefined
      if (seek) return seek(db, { domainId, limit })
      const filterScope = { kind: kindOf(db), ...scope }
      const found = filter
        ? rows(db, domainId).where(filterToSql(filter, table, filterScope))
        : rows(db, domainId)
      const column = sort && sortColumn(sort, table, filterScope)
      const placed = column ? inOrder(found, column, after) : behindId(found, after)
      const page = after ? placed.limit(limit) : placed.limit(limit).offset(offset)
      const isQuick = filter ? isSeek(filter, table) : column?.isIndexed
      return run<ListedRow>(db, page.compile(), { domainId, isQuick })
    },
    async count(db, scope, filter) {
      const { domainId } = scope
      const counted = db
        .selectFrom(nameIn(table))
        .where('domain_id', '=', domainId)
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
    db
      .selectFrom(nameIn(table))
      .select('id')
      .where('domain_id', '=', domainId)
      .orderBy('id')
      .limit(1)
      .offset(quickRows),
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

type Found = ReturnType<ReturnType<typeof rowsOf>>

const behindId = (found: Found, after: Position | undefined) =>
  after ? found.where('id', '>', after.id) : found

function inOrder(found: Found, column: SortColumn, after: Position | undefined) {
  const placed = after ? found.where(behindSql(column, after)) : found
  return placed.select(column.key.as('sort_key')).clearOrderBy().orderBy(orderSql(column))
}

const nameIn = (table: FilterTable) => table.name as 'users'

const rowsOf = (table: FilterTable) => (db: Db, domainId: string | Expression<string>) =>
  db
    .selectFrom(nameIn(table))
    .select(['domain_id', 'id', 'version', 'created_at', 'updated_at', 'doc'])
    .where('domain_id', '=', domainId)
    .orderBy('id')
