// How the kinds of resources lie in their tables, for filters and sorts.
import { sql } from 'kysely'
import { nameOf } from '../../scim/filter/ast.ts'
import type { ResourceType } from '../../scim/schema.ts'
import type { UniqueAttribute } from '../resources/keys.ts'
import { groupRows, memberRows } from './filter-elements.ts'
import type { Column, FilterTable, Side } from './filter-table.ts'

/** What every kind has. */
const common: FilterTable['columns'] = new Map([
  ['id', { name: 'id', holds: 'key' }],
  ['externalId', { name: 'external_id', holds: 'key' }],
  ['displayName', { name: 'display_name', holds: 'key' }],
  ['meta.created', { name: 'created_at', holds: 'time' }],
  ['meta.lastModified', { name: 'updated_at', holds: 'time' }],
])

const emailSide: Side = (key, domainId) =>
  sql`(select user_id from user_emails where domain_id = ${domainId} and value = ${key})`

export const userTable: FilterTable = {
  name: 'users',
  endpoint: '/Users',
  columns: new Map<string, Column>([
    ...common,
    ['userName', { name: 'user_name', holds: 'key' }],
    ['active', { name: 'active', holds: 'flag' }],
  ]),
  sides: new Map([
    ['emails.value', emailSide],
    ['groups.value', groupRows.owners],
  ]),
  lists: new Map([['groups', groupRows]]),
}

export const groupTable: FilterTable = {
  name: 'groups',
  endpoint: '/Groups',
  columns: common,
  sides: new Map([['members.value', memberRows.owners]]),
  lists: new Map([['members', memberRows]]),
}

/** Resources of the type that the schema of this number defines; the documents hold all but what every kind has. */
export function customTable(schemaNumber: number, { endpoint, schema }: ResourceType): FilterTable {
  const named = schema.attributes.find(({ name }) => name === 'displayName')
  const hasName = named?.type === 'string' && !named.multiValued
  const columns = hasName ? common : new Map([...common].filter(([name]) => name !== 'displayName'))
  return { name: 'resources', type: schemaNumber, endpoint, columns, sides: new Map(), lists: new Map() }
}

/** The table with a seek for each of these, whose values stand in `resource_keys`. */
export function withUnique(table: FilterTable, uniques: readonly UniqueAttribute[]): FilterTable {
  if (uniques.length === 0) return table
  const sides = uniques.map(({ path, schemaNumber }): [string, Side] => [
    nameOf(path),
    (key, domainId) => sql`(
      select resource_id from resource_keys
      where domain_id = ${domainId} and schema_number = ${schemaNumber} and name = ${path.attribute.name} and value = ${key}
    )`,
  ])
  return { ...table, sides: new Map([...table.sides, ...sides]) }
}
