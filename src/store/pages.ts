// Pages of the resources of one table, filtered and sorted or not, and how many a filter finds.
import type { Expression } from 'kysely'
import { type Filter, nameOf } from '../scim/filter/ast.ts'
import { keyOf } from '../scim/filter/key.ts'
import type { Position, Sort, SortKey } from '../scim/sort.ts'
import type { Db } from './db.ts'
import { kindOf } from './dialect.ts'
import { filterToSql } from './filter-sql.ts'
import type { FilterTable } from './filter-table.ts'
import { behindSql, orderSql, type SortColumn, sortColumn } from './sort-sql.ts'
import { type Places, type Prepared, prepare } from './statement.ts'
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
  const seeks = seeksOf(table)

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
      const match = filter && !sort && !after && offset === 0 ? matchOf(filter) : undefined
      const seek = match && seeks.get(match.name)
      if (seek) return seek.all(db, { domainId, key: match.key, limit })
      const filterScope = { kind: kindOf(db), ...scope }
      const found = filter
        ? rows(db, domainId).where(filterToSql(filter, table, filterScope))
        : rows(db, domainId)
      const column = sort && sortColumn(sort, table, filterScope)
      const placed = column ? inOrder(found, column, after) : behindId(found, after)
      const page = after ? placed.limit(limit) : placed.limit(limit).offset(offset)
      return page.execute()
    },
    async count(db, scope, filter) {
      const { total } = await db
        .selectFrom(nameIn(table))
        .where('domain_id', '=', scope.domainId)
        .where(filterToSql(filter, table, { kind: kindOf(db), ...scope }))
        .select(({ fn }) => fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow()
      return Number(total)
    },
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

/** What a directory asks before each change, `userName eq "…"`, runs as a statement that is built already. */
function seeksOf(table: FilterTable): Map<string, Prepared<Bounds & { key: string }, StoredRow>> {
  const rows = rowsOf(table)
  const seeks = new Map<string, Prepared<Bounds & { key: string }, StoredRow>>()
  for (const [attribute, { name, holds }] of table.columns) {
    if (holds !== 'key') continue
    const column = name as 'user_name'
    seeks.set(
      attribute,
      prepare((db, { domainId, key, limit }) => rows(db, domainId).where(column, '=', key).limit(limit)),
    )
  }
  for (const [attribute, side] of table.sides) {
    seeks.set(
      attribute,
      prepare((db, { domainId, key, limit }) =>
        rows(db, domainId).where('id', 'in', side(key, domainId)).limit(limit),
      ),
    )
  }
  return seeks
}

/** The one attribute that the whole filter compares for equality, and the key it must have. */
function matchOf(filter: Filter): { name: string; key: string } | undefined {
  const term = filter.kind === 'element' ? filter.term : filter
  if (term.kind !== 'compare' || term.operator !== 'eq' || typeof term.value !== 'string') return undefined
  return { name: nameOf(term.path), key: keyOf(term.path)(term.value) }
}
