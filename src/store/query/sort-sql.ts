// Reads a sort as SQL for both databases: the key of each row, the order, and the rows behind a position.
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { nameOf } from '../../scim/filter/ast.ts'
import type { Position, Sort, SortKey } from '../../scim/query/sort.ts'
import { type AttributePath, findSubAttribute } from '../../scim/schema.ts'
import { byCodePoint, placedElements } from '../dialect.ts'
import {
  documentOf,
  elementOperand,
  type FilterScope,
  type FilterTable,
  jsonOperand,
  namesOf,
  rowOperand,
} from './filter-table.ts'

/** What the rows are sorted by. Rows without a value come last ascending and first descending. */
export interface SortColumn {
  readonly key: RawBuilder<SortKey>
  readonly isDescending: boolean
  /** Whether no row is without a value. */
  readonly isFilled: boolean
  /** Whether an index has the rows in this order. */
  readonly isIndexed: boolean
}

export function sortColumn(
  { path, isDescending }: Sort & { path: AttributePath },
  table: FilterTable,
  scope: FilterScope,
): SortColumn {
  const column = table.columns.get(nameOf(path))
  return {
    key: (column
      ? rowOperand(path, table, scope).compared
      : documentKey(path, table, scope)) as RawBuilder<SortKey>,
    isDescending,
    isFilled: column !== undefined && (path.attribute.required || isOurs(path)),
    isIndexed: column?.holds === 'key',
  }
}

const isOurs = ({ attribute }: AttributePath) => attribute.name === 'id' || attribute.name === 'meta'

function documentKey(path: AttributePath, table: FilterTable, scope: FilterScope): RawBuilder<unknown> {
  const { type } = path.sub ?? path.attribute
  const key = path.attribute.multiValued
    ? leadingValue(path, table, scope)
    : rowOperand(path, table, scope).compared
  return type === 'integer' || type === 'decimal' ? key : byCodePoint(scope.kind, key)
}

/** Of several values that of the primary one, or else of the first (RFC 7644 §3.4.2.3). */
function leadingValue(path: AttributePath, table: FilterTable, scope: FilterScope): RawBuilder<unknown> {
  const { kind } = scope
  const rows = table.lists.get(nameOf({ ...path, sub: undefined }))
  if (rows) {
    const value = elementOperand(path, kind).compared
    return sql`(select ${value} from ${rows.of(sql.ref(`${table.name}.id`), scope)} as element order by element.value limit 1)`
  }
  const partOf = (part: AttributePath) =>
    jsonOperand(part, sql.ref('element.value'), { kind, names: part.sub ? [part.sub.name] : [] })
  const sub = findSubAttribute(path.attribute, 'primary')
  const primary = sub && partOf({ ...path, sub })
  const isOther = primary
    ? sql`case when ${primary.compared} = ${primary.comparand(true)} then 0 else 1 end, `
    : sql``
  const elements = placedElements(kind, documentOf(table, kind), namesOf({ ...path, sub: undefined }))
  return sql`(select ${partOf(path).compared} from ${elements} order by ${isOther}element.place limit 1)`
}

export function orderSql({ key, isDescending, isFilled }: SortColumn): RawBuilder<unknown> {
  const direction = isDescending ? sql`desc` : sql`asc`
  if (isFilled) return sql`${key} ${direction}, id`
  return sql`${key} ${direction} ${isDescending ? sql`nulls first` : sql`nulls last`}, id`
}

/** The rows behind a position, in parts that follow each other; each begins where an index can seek to. */
export function partsBehind(
  { key, isDescending, isFilled }: SortColumn,
  after: Position,
): readonly RawBuilder<SqlBool>[] {
  const isBehindTie = sql<SqlBool>`id > ${after.id}`
  if (after.key === null) {
    const ties = sql<SqlBool>`(${key} is null and ${isBehindTie})`
    return isDescending ? [ties, sql<SqlBool>`${key} is not null`] : [ties]
  }
  if (isDescending) {
    return [sql<SqlBool>`(${key} <= ${after.key} and (${key} < ${after.key} or ${isBehindTie}))`]
  }
  const greater = sql<SqlBool>`(${key} >= ${after.key} and (${key} > ${after.key} or ${isBehindTie}))`
  return isFilled ? [greater] : [greater, sql<SqlBool>`${key} is null`]
}
