// Groups inside groups: the queries that go from row to row, up to the groups around or down to those inside.
import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'

type Text = string | Expression<string>

// There are no circles, and `union` would end in one too. SQLite keeps the order of a cross join, which begins with the
// few rows that are known already.

/** `held`: the groups in which a user is, with those around these, which are not `direct`. */
export const groupsHeld = (userId: RawBuilder<unknown>, domainId: Text): RawBuilder<unknown> =>
  sql`held (group_id, direct) as (
    select group_id, 1 from group_users where domain_id = ${domainId} and user_id = ${userId}
    union
    select outer_one.group_id, 0
    from held cross join group_groups as outer_one
    where outer_one.domain_id = ${domainId} and outer_one.nested_id = held.group_id
  )`

/** `around`: the groups that a group is in, directly or not. */
export const groupsAround = (groupId: Text, domainId: Text): RawBuilder<unknown> =>
  sql`around (id) as (
    select group_id from group_groups where domain_id = ${domainId} and nested_id = ${groupId}
    union
    select group_id from around cross join group_groups
    where domain_id = ${domainId} and nested_id = around.id
  )`

/** `inside`: the groups that are in those which `isStart` says of `group_id`, directly or not. */
export const groupsInside = (isStart: RawBuilder<SqlBool>, domainId: Text): RawBuilder<unknown> =>
  sql`inside (id) as (
    select nested_id from group_groups where domain_id = ${domainId} and ${isStart}
    union
    select nested_id from inside cross join group_groups
    where domain_id = ${domainId} and group_id = inside.id
  )`
