// Reads the filter tree as SQL for both databases; scim/filter/match.ts reads it over values and must agree.

import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { invalidFilter } from '../../scim/errors.ts'
import { type Comparison, type Filter, nameOf, type Operator } from '../../scim/filter/ast.ts'
import { keyOf } from '../../scim/filter/key.ts'
import type { AttributePath } from '../../scim/schema.ts'
import { byCodePoint, jsonElements, positionIn } from '../dialect.ts'
import {
  documentOf,
  elementOperand,
  type FilterScope,
  type FilterTable,
  jsonOperand,
  namesOf,
  type Operand,
  rowOperand,
  type Side,
} from './filter-table.ts'

interface Reading extends FilterScope {
  readonly table: FilterTable
  readonly operandAt: (path: AttributePath) => Operand
}

/** Comparisons that no column answers: each is worked out for every row of the domain. */
const mostScanned = 20

/** A condition on the rows of `table`, which the query itself narrows to the domain. */
export function filterToSql(filter: Filter, table: FilterTable, scope: FilterScope): RawBuilder<SqlBool> {
  const scanned = countScanned(filter, table)
  if (scanned > mostScanned)
    throw invalidFilter(
      `At most ${mostScanned} comparisons are accepted with attributes that have no index, ${scanned} came.`,
    )
  return condition(filter, { ...scope, table, operandAt: path => rowOperand(path, table, scope) })
}

/** A condition on the rows of a list of `table`, under the name `element`: the filter is one about its elements. */
export const chosenBy = (filter: Filter, table: FilterTable, scope: FilterScope): RawBuilder<SqlBool> =>
  condition(filter, { ...scope, table, operandAt: path => elementOperand(path, scope.kind) })

function countScanned(filter: Filter, table: FilterTable): number {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.terms.reduce((sum, term) => sum + countScanned(term, table), 0)
    case 'not':
    case 'element':
      return countScanned(filter.term, table)
    default:
      return table.columns.has(nameOf(filter.path)) || sideOf(filter, table) ? 0 : 1
  }
}

/** A comparison with what is absent is null, which counts as false; `is not true` turns that into true. */
function condition(filter: Filter, reading: Reading): RawBuilder<SqlBool> {
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const terms = filter.terms.map(term => condition(term, reading))
      // All of nothing is true, one of nothing is false.
      if (terms.length === 0) return filter.kind === 'and' ? sql`(1 = 1)` : sql`(1 = 0)`
      return sql`(${sql.join(terms, filter.kind === 'and' ? sql` and ` : sql` or `)})`
    }
    case 'not':
      return sql`(${condition(filter.term, reading)} is not true)`
    case 'present': {
      const rows = rowsOf(filter.path, reading)
      if (rows) return sql`exists (select 1 from ${rows} as element)`
      return sql`cast(${reading.operandAt(filter.path).stored} as text) <> ''`
    }
    case 'compare':
      // A part of an element is sought where the element as a whole is.
      return (!filter.path.attribute.multiValued && seek(filter, reading)) || comparison(filter, reading)
    case 'element':
      return someElement(filter.path, filter.term, reading)
  }
}

const signs = new Map<Operator, RawBuilder<unknown>>([
  ['gt', sql`>`],
  ['ge', sql`>=`],
  ['lt', sql`<`],
  ['le', sql`<=`],
])

function comparison(
  { path, operator, value }: Comparison,
  { kind, operandAt }: Reading,
): RawBuilder<SqlBool> {
  const { compared, comparand } = operandAt(path)
  const wanted = comparand(value)
  if (operator === 'eq') return sql`${compared} = ${wanted}`
  const sign = signs.get(operator)
  if (sign)
    return sql`${typeof wanted === 'string' ? byCodePoint(kind, compared) : compared} ${sign} ${wanted}`
  const part = String(wanted)
  if (operator === 'co') return sql`${positionIn(kind, compared, part)} > 0`
  // Both databases count the code points of a text, as spreading it does.
  const length = [...part].length
  return operator === 'sw'
    ? sql`substr(${compared}, 1, ${sql.lit(length)}) = ${part}`
    : sql`substr(${compared}, length(${compared}) + 1 - ${sql.lit(length)}) = ${part}`
}

/** One element satisfies the whole term; where a side table has a key that it names, the search begins there. */
function someElement(path: AttributePath, term: Filter, reading: Reading): RawBuilder<SqlBool> {
  const terms = term.kind === 'and' ? term.terms : [term]
  const seeks = terms.map(each => seek(each, reading)).filter(each => each !== undefined)
  const [only] = seeks
  if (only && terms.length === 1) return only
  const { kind, table } = reading
  const rows = rowsOf(path, reading)
  const operandAt = (part: AttributePath): Operand =>
    rows
      ? elementOperand(part, kind)
      : jsonOperand(part, sql.ref('element.value'), { kind, names: part.sub ? [part.sub.name] : [] })
  const elements = rows ?? jsonElements(kind, documentOf(table, kind), namesOf(path))
  const inside = condition(term, { ...reading, operandAt })
  return sql`(${sql.join([...seeks, sql`exists (select 1 from ${elements} as element where ${inside})`], sql` and `)})`
}

/** Membership of the ids that the side table has under this key. */
function seek(term: Filter, { table, domainId }: Reading): RawBuilder<SqlBool> | undefined {
  const side = sideOf(term, table)
  if (!side || term.kind !== 'compare') return undefined
  const key = keyOf(term.path)(String(term.value))
  return sql`${sql.ref(`${table.name}.id`)} in ${side(key, domainId)}`
}

/** The elements of a list that is in no document; inside an element there are no more lists. */
function rowsOf(path: AttributePath, { table, ...scope }: Reading) {
  return path.sub ? undefined : table.lists.get(nameOf(path))?.of(sql.ref(`${table.name}.id`), scope)
}

const sideOf = (term: Filter, table: FilterTable): Side | undefined =>
  term.kind === 'compare' && term.operator === 'eq' ? table.sides.get(nameOf(term.path)) : undefined
