// Which index answers a filter in a domain of 100,000 users, as both databases themselves say it.

import { CompiledQuery, sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseFilter } from '../../src/scim/filter/parse.ts'
import { Leniency } from '../../src/scim/quirks.ts'
import { userType } from '../../src/scim/resource-types.ts'
import type { Db } from '../../src/store/db.ts'
import type { DatabaseKind } from '../../src/store/dialect.ts'
import { filterToSql } from '../../src/store/query/filter-sql.ts'
import { userTable } from '../../src/store/query/resource-tables.ts'
import { eachDatabase } from '../database.ts'
import { createDomain } from './domain-rows.ts'

/** The same statements on both databases. */
async function fill(db: Db): Promise<void> {
  const numbers = sql`with recursive numbers(i) as (select 0 union all select i + 1 from numbers where i < 99999)`
  const doc = sql`'{"title":"Engineer ' || i || '","emails":[{"value":"u' || i || '@acme.example","type":"work"}]}'`
  await sql`
    insert into users (domain_id, id, user_name, display_name, external_id, active, created_at, updated_at, version, doc)
    ${numbers} select 'd1', 'id' || i, 'user' || i, 'name' || i, 'x' || i, 1,
      '2026-01-31T12:00:00.000Z', '2026-01-31T12:00:00.000Z', 1, ${doc} from numbers`.execute(db)
  await sql`
    insert into user_emails (domain_id, value, user_id)
    ${numbers} select 'd1', 'u' || i || '@acme.example', 'id' || i from numbers`.execute(db)
}

describe('filterToSql', () => {
  eachDatabase((kind, open) => {
    let db: Db
    beforeAll(async () => {
      db = await open()
      await createDomain(db, 'd1')
      await fill(db)
      if (kind === 'postgres') await sql`analyze`.execute(db)
    }, 60_000)

    const pageOf = (text: string) =>
      db
        .selectFrom('users')
        .select(['id', 'doc'])
        .where('domain_id', '=', 'd1')
        .where(
          filterToSql(parseFilter(userType, text, new Leniency()), userTable, {
            kind,
            domainId: 'd1',
            baseUrl: '',
          }),
        )
        .orderBy('id')
        .limit(100)

    async function planOf(text: string): Promise<string> {
      const query = pageOf(text).compile()
      const explain = kind === 'sqlite' ? 'explain query plan' : 'explain'
      const { rows } = await db.executeQuery<Record<string, unknown>>(
        CompiledQuery.raw(`${explain} ${query.sql}`, [...query.parameters]),
      )
      return rows.map(row => row.detail ?? row['QUERY PLAN']).join('\n')
    }

    it.each([
      ['userName eq "USER77"', 'user_name'],
      ['externalId eq "x77"', 'external_id'],
      ['id eq "id77"', 'id'],
      ['displayName eq "Name77"', 'display_name'],
      ['id eq "id77" and title eq "engineer 77"', 'id'],
    ])('R54 seeks %s in an index', async (text, column) => {
      const plan = await planOf(text)
      expect(plan).toMatch(seekOf(kind, 'users', column))
      expect(plan).not.toMatch(/\bscan users|Seq Scan/i)
      expect(await pageOf(text).execute()).toMatchObject([{ id: 'id77' }])
    })

    it.each([
      'emails.value eq "U77@acme.example"',
      'emails eq "u77@acme.example"',
      'emails[type eq "work"].value eq "u77@acme.example"',
      'emails[value eq "u77@acme.example" and type eq "work"]',
    ])('R54 seeks %s in the index of the addresses, then the user by its id', async text => {
      const plan = await planOf(text)
      expect(plan).toMatch(seekOf(kind, 'user_emails', 'value'))
      expect(plan).toMatch(seekOf(kind, 'users', 'id'))
      expect(plan).not.toMatch(/\bscan users|Seq Scan/i)
      expect(await pageOf(text).execute()).toMatchObject([{ id: 'id77' }])
    })

    it('answers a filter that no index can in bearable time', async () => {
      const start = performance.now()
      expect(await pageOf('title co "R 7777" or emails co "nobody"').execute()).toHaveLength(11)
      expect(performance.now() - start).toBeLessThan(3000)
    })
  })
})

/** The line of a plan that goes to the place in an index where domain and column have their values. */
function seekOf(kind: DatabaseKind, table: string, column: string): RegExp {
  return kind === 'sqlite'
    ? new RegExp(
        `SEARCH ${table} USING ((COVERING )?INDEX \\S+|PRIMARY KEY) \\(domain_id=\\? AND ${column}=\\?`,
      )
    : new RegExp(
        `Index (Only )?Scan using \\S+ on ${table} .*\\n *Index Cond: \\(\\(domain_id = .* AND \\(${column} = `,
      )
}
