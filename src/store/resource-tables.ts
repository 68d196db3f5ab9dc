// How the kinds of resources lie in their tables, for filters and sorts.
import { sql } from 'kysely'
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
