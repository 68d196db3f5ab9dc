// Users and members by the ten thousand, put into the database by one statement, the same on both.
import { sql } from 'kysely'
import type { Db } from '../../../src/store/db.ts'
import { kindOf } from '../../../src/store/dialect.ts'

export const manyId = (index: number) => `01900000-0000-7000-8000-${String(index).padStart(12, '0')}`

export async function insertManyUsers(db: Db, domainId: string, count: number): Promise<void> {
  const digits =
    kindOf(db) === 'postgres' ? sql`lpad(i::text, 12, '0')` : sql`substr('000000000000' || i, -12)`
  await sql`
    insert into users (domain_id, id, user_name, display_name, active, created_at, updated_at, version, doc)
    with recursive numbers(i) as (select 0 union all select i + 1 from numbers where i < ${count - 1})
    select cast(${domainId} as text), '01900000-0000-7000-8000-' || ${digits}, 'n' || i, 'n' || i, 1,
      ${'2026-01-31T12:00:00.000Z'}, ${'2026-01-31T12:00:00.000Z'}, 1, '{"displayName":"N ' || i || '"}'
    from numbers`.execute(db)
}

/** Some of them become members of a group. */
export async function insertManyMembers(
  db: Db,
  { domainId, groupId, from, count }: { domainId: string; groupId: string; from: number; count: number },
): Promise<void> {
  await sql`
    insert into group_users (domain_id, group_id, user_id)
    select domain_id, cast(${groupId} as text), id from users
    where domain_id = ${domainId} and id >= ${manyId(from)} and id < ${manyId(from + count)}`.execute(db)
}
