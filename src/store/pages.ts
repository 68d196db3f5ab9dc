// Pages of the resources of one table in the order of their ids, filtered or not, and how many a filter finds.
import type { Expression } from 'kysely'
import { type Filter, nameOf } from '../scim/filter/ast.ts'
import { keyOf } from '../scim/filter/key.ts'
import type { Db } from './db.ts'
import { kindOf } from './dialect.ts'
import { filterToSql } from './filter-sql.ts'
import type { FilterTable } from './filter-table.ts'
import { type Places, type Prepared, prepare } from './statement.ts'
import type { UsersTable } from './tables.ts'

/** What every kind of resource has besides the columns that are looked up or sorted. */
export type StoredRow = Pick<UsersTable, 'domain_id' | 'id' | 'version' | 'created_at' | 'updated_at' | 'doc'>

export interface Scope {
  domainId: string
  /** What `meta.location` begins with. */
  baseUrl: string
}

export interface PageRequest {
  filter: Filter | undefined
  /** Begin behind this id; or, without one, behind the first `offset`. */
  afterId: string | undefined
  offset: number
  limit: number
}

interface Pages {
  page(db: Db, scope: Scope, request: PageRequest): Promise<StoredRow[]>
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
    async page(db, scope, { filter, afterId, offset, limit }) {
      const { domainId } = scope
      if (!filter) {
        if (afterId !== undefined) return afterKey.all(db, { domainId, afterId, limit })
        if (offset === 0) return firstOnes.all(db, { domainId, limit })
        return afterMany.all(db, { domainId, offset, limit })
      }
      const match = afterId === undefined && offset === 0 ? matchOf(filter) : undefined
      const seek = match && seeks.get(match.name)
      if (seek) return seek.all(db, { domainId, key: match.key, limit })
      const found = rows(db, domainId)
        .where(filterToSql(filter, table, { kind: kindOf(db), ...scope }))
        .limit(limit)
      return (afterId === undefined ? found.offset(offset) : found.where('id', '>', afterId)).execute()
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
        rows(db, domainId)
          .where('id', 'in', ({ selectFrom }) =>
            selectFrom(side.table as 'user_emails')
              .select(side.owner as 'user_id')
              .where('domain_id', '=', domainId)
              .where(side.key as 'value', '=', key),
          )
          .limit(limit),
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
