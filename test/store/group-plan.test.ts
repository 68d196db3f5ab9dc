// Which index answers what is asked of groups and of who is in them, as both databases themselves say it.
import { type Compilable, CompiledQuery, sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseFilter } from '../../src/scim/filter/parse.ts'
import { Leniency } from '../../src/scim/quirks.ts'
import { groupType, userType } from '../../src/scim/resource-types.ts'
import type { Db } from '../../src/store/db.ts'
import { filterToSql } from '../../src/store/query/filter-sql.ts'
import { groupTable, userTable } from '../../src/store/query/resource-tables.ts'
import { addUsersToGroup, removeFromGroup } from '../../src/store/resources/group-members.ts'
import { listGroupsOf } from '../../src/store/resources/user-groups.ts'
import { eachDatabase } from '../database.ts'
import { statementsOf } from '../statements.ts'
import { createDomain } from './domain-rows.ts'

/** 20,000 users, each in one of 200 groups, and all of them in one more; the same statements on both databases. */
async function fill(db: Db): Promise<void> {
  const numbers = (count: number) =>
    sql`with recursive numbers(i) as (select 0 union all select i + 1 from numbers where i < ${sql.lit(count - 1)})`
  const times = sql`'2026-01-31T12:00:00.000Z', '2026-01-31T12:00:00.000Z', 1`
  await sql`
    insert into users (domain_id, id, user_name, active, created_at, updated_at, version, doc)
    ${numbers(20_000)} select 'd1', 'u' || i, 'user' || i, 1, ${times}, '{}' from numbers`.execute(db)
  await sql`
    insert into groups (domain_id, id, display_name, external_id, created_at, updated_at, version, doc)
    ${numbers(201)} select 'd1', 'g' || i, 'group ' || i, 'x' || i, ${times}, '{"displayName":"Group ' || i || '"}'
    from numbers`.execute(db)
  await sql`
    insert into group_users (domain_id, group_id, user_id)
    ${numbers(20_000)} select 'd1', 'g' || (i % 200), 'u' || i from numbers`.execute(db)
  await sql`
    insert into group_users (domain_id, group_id, user_id)
    ${numbers(20_000)} select 'd1', 'g200', 'u' || i from numbers`.execute(db)
}

describe('groups', () => {
  eachDatabase((kind, open) => {
    let db: Db
    beforeAll(async () => {
      db = await open()
      await createDomain(db, 'd1')
      await fill(db)
      if (kind === 'postgres') await sql`analyze`.execute(db)
    }, 60_000)

    async function planOf({ sql: text, parameters }: CompiledQuery): Promise<string> {
      const explain = kind === 'sqlite' ? 'explain query plan' : 'explain'
      const query = CompiledQuery.raw(`${explain} ${text}`, [...parameters])
      const { rows } = await db.executeQuery<Record<string, unknown>>(query)
      return rows.map(row => row.detail ?? row['QUERY PLAN']).join('\n')
    }
    const planOfQuery = (query: Compilable) => planOf(query.compile())

    /** No table is read from one end to the other, and no index of a domain neither. */
    function expectSeeks(plan: string): void {
      expect(plan).not.toMatch(
        /\bscan (users|groups|group_users|group_groups)\b|Seq Scan on (users|group_users)/i,
      )
      expect(plan).not.toMatch(/(users|groups)\S* USING (COVERING )?INDEX \S+ \(domain_id=\?\)/)
    }

    it.each([
      'displayName eq "GROUP 77"',
      'externalId eq "x77"',
      'members.value eq "u77"',
      'members[value eq "u77"]',
    ])('R54 seeks groups by %s', async text => {
      const scope = { kind, domainId: 'd1', baseUrl: '' }
      const filter = filterToSql(parseFilter(groupType, text, new Leniency()), groupTable, scope)
      const query = db.selectFrom('groups').select('id').where('domain_id', '=', 'd1').where(filter)
      expect((await query.execute()).map(row => row.id)).toContain('g77')
      const plan = await planOfQuery(query)
      // PostgreSQL reads so few groups faster from one end to the other, once it knows which it wants.
      if (kind === 'sqlite' || !text.startsWith('members')) expectSeeks(plan)
      expect(plan).not.toMatch(/Seq Scan on group_users/)
    })

    it('R54 seeks users by the group that they are in', async () => {
      const scope = { kind, domainId: 'd1', baseUrl: '' }
      const filter = filterToSql(
        parseFilter(userType, 'groups.value eq "g77"', new Leniency()),
        userTable,
        scope,
      )
      const query = db.selectFrom('users').select('id').where('domain_id', '=', 'd1').where(filter)
      expect(await query.execute()).toHaveLength(100)
      if (kind === 'sqlite') expectSeeks(await planOfQuery(query))
    })

    it('seeks for whoever comes, goes or is shown', async () => {
      const queries = await statementsOf(db, async () => {
        const key = { domainId: 'd1', groupId: 'g200' }
        expect(await addUsersToGroup(db, { ...key, groupId: 'g5' }, ['u7'])).toEqual(['u7'])
        expect(await removeFromGroup(db, key, ['u7'])).toEqual({ users: ['u7'], groups: [] })
        expect((await listGroupsOf(db, 'd1', ['u7'])).direct.get('u7')).toEqual(['g5', 'g7'])
        expect((await listGroupsOf(db, 'd1', ['u7', 'u8'])).direct.size).toBe(2)
      })
      expect(queries.length).toBeGreaterThan(5)
      for (const query of queries.filter(each => /group_users/.test(each.sql)))
        expectSeeks(await planOf(query))
    })
  })
})
