// Where a filter finds each attribute in the database: in a column, in a side table, or in the JSON document of the row.

import { type Expression, type RawBuilder, sql } from 'kysely'
import { type Comparand, nameOf } from '../../scim/filter/ast.ts'
import { keyOf } from '../../scim/filter/key.ts'
import type { AttributePath } from '../../scim/schema.ts'
import { instantOf } from '../../scim/text/instant.ts'
import {
  type DatabaseKind,
  documentColumn,
  foldSql,
  instantSql,
  jsonAt,
  numberSql,
  timeOf,
} from '../dialect.ts'

/** How one kind of resource lies in its table; what no column holds is read from its `doc`. */
export interface FilterTable {
  readonly name: string
  /** Which rows are its own, in a table that several kinds share. */
  readonly type?: number
  /** Where its resources stand under the base URL: `/Users`. */
  readonly endpoint: string
  /** Attribute → its column; a `key` column holds the comparison key of the value (scim/filter/key.ts). */
  readonly columns: ReadonlyMap<string, Column>
  /** Attribute, or part of a multi-valued one → the resources that have a key there, so that `eq` is a seek. */
  readonly sides: ReadonlyMap<string, Side>
  /** Multi-valued attributes that are not in the document. */
  readonly lists: ReadonlyMap<string, ElementRows>
}

export interface Column {
  readonly name: string
  readonly holds: 'key' | 'flag' | 'time'
}

/** A query for the ids of the resources that have this key. */
export type Side = (
  key: string | Expression<string>,
  domainId: string | Expression<string>,
) => RawBuilder<string>

/** A list whose elements are rows. */
export interface ElementRows {
  /** A query for the elements of one resource, with a column for each part. */
  of(ownerId: RawBuilder<unknown>, scope: FilterScope): RawBuilder<unknown>
  /** The resources that have an element of this `value`. */
  readonly owners: Side
}

export interface FilterScope {
  readonly kind: DatabaseKind
  readonly domainId: string
  /** What `meta.location` begins with: `https://…/scim/v2/<domain>`. */
  readonly baseUrl: string
}

/** A value in SQL: as it is stored, as it is compared, and a comparand brought to the form of the latter. */
export interface Operand {
  readonly stored: RawBuilder<unknown>
  readonly compared: RawBuilder<unknown>
  readonly comparand: (value: Comparand) => string | number | RawBuilder<unknown>
}

/** A single-valued attribute of a row of the table. */
export function rowOperand(path: AttributePath, table: FilterTable, scope: FilterScope): Operand {
  const name = nameOf(path)
  if (name === 'meta.location') return keyOperand(path, locationOf(table, scope))
  const column = table.columns.get(name)
  if (!column)
    return jsonOperand(path, documentOf(table, scope.kind), { kind: scope.kind, names: namesOf(path) })
  const stored = sql.ref(`${table.name}.${column.name}`)
  switch (column.holds) {
    case 'key':
      return keyOperand(path, stored)
    case 'flag':
      return { stored, compared: stored, comparand: Number }
    case 'time':
      return {
        stored,
        compared: stored,
        comparand: value => timeOf(scope.kind, String(instantOf(String(value)))),
      }
  }
}

/** A value in JSON, at `names`. */
export function jsonOperand(
  path: AttributePath,
  json: RawBuilder<unknown>,
  { kind, names }: { kind: DatabaseKind; names: readonly string[] },
): Operand {
  const stored = jsonAt(kind, json, names)
  const leaf = path.sub ?? path.attribute
  switch (leaf.type) {
    case 'integer':
    case 'decimal':
      return { stored, compared: numberSql(kind, stored), comparand: Number }
    case 'boolean':
      return { stored, compared: stored, comparand: kind === 'postgres' ? String : Number }
    case 'dateTime':
      return {
        stored,
        compared: instantSql(kind, stored),
        comparand: value => String(instantOf(String(value))),
      }
    default:
      return { ...keyOperand(path, leaf.caseExact ? stored : foldSql(kind, stored)), stored }
  }
}

export const documentOf = (table: FilterTable, kind: DatabaseKind): RawBuilder<unknown> =>
  sql.ref(`${table.name}.${documentColumn(kind)}`)

/** The keys that lead to the attribute in a document. */
export const namesOf = ({ extension, attribute, sub }: AttributePath): string[] =>
  [extension, attribute.name, sub?.name].filter(name => name !== undefined)

/** A part of an element that is a row: a text in the column of its name. */
export function elementOperand(path: AttributePath, kind: DatabaseKind): Operand {
  const { name, caseExact } = path.sub ?? path.attribute
  const stored = sql<string>`${sql.id('element', name)}`
  // Ids are written in lower case everywhere.
  return { ...keyOperand(path, caseExact || name === 'value' ? stored : foldSql(kind, stored)), stored }
}

function keyOperand(path: AttributePath, key: RawBuilder<unknown>): Operand {
  const keyed = keyOf(path)
  return { stored: key, compared: key, comparand: value => keyed(String(value)) }
}

/** The document holds it relative to the base URL. */
const locationOf = ({ name, endpoint }: FilterTable, { baseUrl }: FilterScope) =>
  sql`(cast(${`${baseUrl}${endpoint}/`} as text) || ${sql.ref(`${name}.id`)})`
