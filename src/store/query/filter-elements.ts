// Members of groups and groups of users for filters: lists whose elements are rows, each a query of its own.
import { type RawBuilder, sql } from 'kysely'
import { documentColumn, jsonAt } from '../dialect.ts'
import { groupsHeld, groupsInside } from '../resources/nesting.ts'
import type { ElementRows, FilterScope } from './filter-table.ts'

/** A part of an element is a column of its name. */
const part = (value: RawBuilder<unknown>, name: 'value' | '$ref' | 'type' | 'display') =>
  sql`${value} as ${sql.id(name)}`

const columns = (
  { kind, baseUrl }: FilterScope,
  { id, type, at }: { id: string; type: RawBuilder<unknown>; at: { table: string; endpoint: string } },
) =>
  sql.join([
    part(sql.ref(id), 'value'),
    part(sql`cast(${`${baseUrl}${at.endpoint}/`} as text) || ${sql.ref(id)}`, '$ref'),
    part(type, 'type'),
    part(jsonAt(kind, sql.ref(`${at.table}.${documentColumn(kind)}`), ['displayName']), 'display'),
  ])

export const memberRows: ElementRows = {
  of: (groupId, scope) => sql`(
    select ${columns(scope, { id: 'users.id', type: sql`'User'`, at: { table: 'users', endpoint: '/Users' } })}
    from group_users join users on users.domain_id = group_users.domain_id and users.id = group_users.user_id
    where group_users.domain_id = ${scope.domainId} and group_users.group_id = ${groupId}
    union all
    select ${columns(scope, { id: 'nested.id', type: sql`'Group'`, at: { table: 'nested', endpoint: '/Groups' } })}
    from group_groups join groups as nested
      on nested.domain_id = group_groups.domain_id and nested.id = group_groups.nested_id
    where group_groups.domain_id = ${scope.domainId} and group_groups.group_id = ${groupId}
  )`,
  owners: (memberId, domainId) => sql`(
    select group_id from group_users where domain_id = ${domainId} and user_id = ${memberId}
    union all
    select group_id from group_groups where domain_id = ${domainId} and nested_id = ${memberId}
  )`,
}

export const groupRows: ElementRows = {
  of: (userId, scope) => {
    const type = sql`case held.direct when 1 then 'direct' else 'indirect' end`
    const at = { table: 'groups', endpoint: '/Groups' }
    return sql`(
      with recursive ${groupsHeld(userId, scope.domainId)}
      select ${columns(scope, { id: 'groups.id', type, at })}
      from (select group_id, max(direct) as direct from held group by group_id) as held
      cross join groups
      where groups.domain_id = ${scope.domainId} and groups.id = held.group_id
    )`
  },
  owners: (groupId, domainId) => sql`(
    with recursive ${groupsInside(sql`group_id = ${groupId}`, domainId)}
    select user_id from group_users where domain_id = ${domainId} and group_id = ${groupId}
    union all
    select user_id from inside cross join group_users where domain_id = ${domainId} and group_id = inside.id
  )`,
}
