// Filters that an index answers: the plain ones run as statements built once, of the others it is known what they cost.
import type { Expression, SelectQueryBuilder } from 'kysely'
import { type Comparison, type Filter, nameOf } from '../../scim/filter/ast.ts'
import { keyOf } from '../../scim/filter/key.ts'
import type { Db } from '../db.ts'
import { type Prepared, prepare } from '../statement.ts'
import type { Tables } from '../tables/tables.ts'
import type { FilterTable } from './filter-table.ts'

interface Bounds {
  domainId: string
  limit: number
}

type RowsOf<Row> = (db: Db, domainId: Expression<string>) => SelectQueryBuilder<Tables, 'users', Row>
type Seek<Row> = (db: Db, bounds: Bounds) => Promise<Row[]>

/** How to find what the whole filter asks for, when that is one attribute with a key, as in `userName eq "…"`. */
export function seeksIn<Row>(
  table: FilterTable,
  rows: RowsOf<Row>,
): (filter: Filter) => Seek<Row> | undefined {
  const statements = new Map<string, Prepared<Bounds & { key: string }, Row>>()
  for (const [attribute, { name, holds }] of table.columns) {
    if (holds !== 'key') continue
    const column = name as 'user_name'
    const statement = prepare<Bounds & { key: string }, Row>((db, { domainId, key, limit }) =>
      rows(db, domainId).where(column, '=', key).limit(limit),
    )
    statements.set(attribute, statement)
  }
  for (const [attribute, side] of table.sides) {
    const statement = prepare<Bounds & { key: string }, Row>((db, { domainId, key, limit }) =>
      rows(db, domainId).where('id', 'in', side(key, domainId)).limit(limit),
    )
    statements.set(attribute, statement)
  }
  return filter => {
    const match = matchOf(filter)
    const statement = match && statements.get(match.name)
    return statement && ((db, bounds) => statement.all(db, { ...bounds, key: match.key }))
  }
}

/** The one attribute that the whole filter compares for equality, and the key it must have. */
function matchOf(filter: Filter): { name: string; key: string } | undefined {
  const term = filter.kind === 'element' ? filter.term : filter
  if (term.kind !== 'compare' || term.operator !== 'eq' || typeof term.value !== 'string') return undefined
  return { name: nameOf(term.path), key: keyOf(term.path)(term.value) }
}

/** Whether an index leads to what the filter finds; if not, every row of the domain is looked at. */
export function isSeek(filter: Filter, table: FilterTable): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.terms.some(term => isSeek(term, table))
    case 'or':
      return filter.terms.every(term => isSeek(term, table))
    case 'element':
      return isSeek(filter.term, table)
    case 'compare':
      return isKey(filter, table)
    default:
      return false
  }
}

function isKey({ path, operator }: Comparison, table: FilterTable): boolean {
  const name = nameOf(path)
  return operator === 'eq' && (table.columns.get(name)?.holds === 'key' || table.sides.has(name))
}
