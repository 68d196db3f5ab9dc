// Pages of users in a domain of 20,000: what each list reads, and that looking somebody up is a seek.
import { type CompiledQuery, sql } from 'kysely'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { parseFilter } from '../../../src/scim/filter/parse.ts'
import { readSort } from '../../../src/scim/query/sort.ts'
import { Leniency } from '../../../src/scim/quirks.ts'
import { userType } from '../../../src/scim/resource-types.ts'
import type { Db } from '../../../src/store/db.ts'
import type { DatabaseKind } from '../../../src/store/dialect.ts'
import { pagesOf } from '../../../src/store/query/pages.ts'
import { userTable } from '../../../src/store/query/resource-tables.ts'
import { AsideThread } from '../../../src/store/sqlite/aside.ts'
import { eachDatabase } from '../../database.ts'
import { openSurface } from '../../http/scim/surface.ts'
import { statementsOf } from '../../statements.ts'

const size = 20_000
const pages = pagesOf(userTable)
const filterOf = (text: string) => parseFilter(userType, text, new Leniency())
const behind = (index: number) => ({ key: null, id: idAt(index) })
const idAt = (index: number) => `019a0000-0000-7000-8000-${String(index).padStart(12, '0')}`

describe('pages', () => {
  eachDatabase((kind, open) => {
    let db: Db
    let scope: { domainId: string; baseUrl: string }
    const page = (request: Partial<Parameters<typeof pages.page>[2]>) =>
      pages.page(db, scope, {
        filter: undefined,
        sort: undefined,
        after: undefined,
        offset: 0,
        limit: 10,
        ...request,
      })

    const planned = async <T>(ask: () => Promise<T>) => {
      const found: T[] = []
      const asked = await statementsOf(db, async () => found.push(await ask()))
      return { rows: found[0] as T, plan: await explain(db, kind, asked.at(-1) as CompiledQuery) }
    }

    beforeAll(async () => {
      db = await open()
      const { tenant } = await openSurface(db)
      scope = { domainId: tenant.domain.id, baseUrl: '' }
      await fill(db, kind, scope.domainId)
    })

    it('begin at the start, behind so many, or behind an id, always in the order of ids', async () => {
      const idsOf = async (request: Parameters<typeof page>[0]) => (await page(request)).map(row => row.id)
      const from = (first: number) => Array.from({ length: 10 }, (_, index) => idAt(first + index))
      expect(await idsOf({})).toEqual(from(1))
      expect(await idsOf({ offset: 15_000 })).toEqual(from(15_001))
      expect(await idsOf({ after: behind(15_000) })).toEqual(from(15_001))
      expect(await idsOf({ offset: size })).toEqual([])
      const filter = filterOf('title eq "t1"')
      const every = Array.from({ length: 10 }, (_, index) => idAt(1 + index * 10))
      expect(await idsOf({ filter })).toEqual(every)
      expect(await idsOf({ filter, offset: 5, limit: 5 })).toEqual(every.slice(5))
      expect(await idsOf({ filter, after: behind(41), limit: 5 })).toEqual(every.slice(5))
      expect(await pages.count(db, scope, filter)).toBe(size / 10)
    })

    it('R55 follow the index of what they are sorted by, to wherever they begin', async () => {
      for (const [sortBy, sortOrder, key, next] of [
        ['userName', 'ascending', 'u777@acme.test', 7780],
        ['userName', 'descending', 'u777@acme.test', 7779],
        ['displayName', 'ascending', 'unit 777', 7770],
        ['displayName', 'descending', 'unit 777', 7769],
      ] as const) {
        const sort = readSort(userType, { sortBy, sortOrder }, new Leniency())
        for (const after of [undefined, { key, id: idAt(777) }]) {
          const { rows, plan } = await planned(() => page({ sort, after }))
          expect(rows).toHaveLength(10)
          if (after) expect(rows[0]?.id).toBe(idAt(next))
          expect(plan).toMatch(
            sortBy === 'userName' ? /users_user_name|sqlite_autoindex_users/ : /users_display_name/,
          )
          expect(plan).not.toMatch(/\bscan users\b(?! using)|seq scan/i)
        }
      }
    })

    it('run beside everything else on SQLite when they look at each of many rows', async () => {
      const run = vi.spyOn(AsideThread.prototype, 'run')
      const sortOf = (sortBy: string) => readSort(userType, { sortBy, sortOrder: undefined }, new Leniency())
      await page({})
      await page({ sort: sortOf('userName') })
      await page({ filter: filterOf('userName eq "u1@acme.test" and title co "t"') })
      await pages.count(db, scope, filterOf('externalId eq "x1" or id eq "a"'))
      await pages.page(
        db,
        { ...scope, domainId: 'small' },
        {
          filter: filterOf('title co "t"'),
          sort: undefined,
          after: undefined,
          offset: 0,
          limit: 10,
        },
      )
      expect(run).not.toHaveBeenCalled()
      expect(await page({ filter: filterOf('title co "T1"') })).toHaveLength(10)
      expect(await page({ sort: sortOf('title') })).toHaveLength(10)
      expect(await pages.count(db, scope, filterOf('not (title co "T1")'))).toBe(size * 0.9)
      expect(run).toHaveBeenCalledTimes(kind === 'sqlite' ? 3 : 0)
      run.mockRestore()
    })

    it('R54 seek in an index for eq on userName, externalId, id, displayName and emails.value', async () => {
      for (const [text, index] of [
        ['userName eq "U777@acme.test"', 'users_user_name|sqlite_autoindex_users'],
        ['externalId eq "x777"', 'users_external_id'],
        [`id eq "${idAt(777)}"`, 'users_pk|sqlite_autoindex_users'],
        ['displayName eq "Unit 777"', 'users_display_name'],
        ['emails.value eq "U777@acme.test"', 'user_emails_pk|user_emails USING PRIMARY KEY'],
      ] as const) {
        const { rows, plan } = await planned(() => page({ filter: filterOf(text) }))
        expect([text, rows.map(row => row.id)]).toEqual([text, [idAt(777)]])
        expect(plan).toMatch(new RegExp(index))
        expect(plan).not.toMatch(/\bscan users\b|seq scan/i)
      }
    })
  })
})

async function fill(db: Db, kind: DatabaseKind, domainId: string): Promise<void> {
  const time = kind === 'postgres' ? sql`now()` : sql`'2026-01-01T00:00:00.000Z'`
  const id =
    kind === 'postgres'
      ? sql`'019a0000-0000-7000-8000-' || lpad(i::text, 12, '0')`
      : sql`'019a0000-0000-7000-8000-' || printf('%012d', i)`
  const numbers = sql`with recursive numbers(i) as (select 1 union all select i + 1 from numbers where i < ${sql.lit(size)})`
  await sql`${numbers}
    insert into users (domain_id, id, user_name, display_name, external_id, active, created_at, updated_at, version, doc)
    select ${domainId}, ${id}, 'u' || i || '@acme.test', 'unit ' || i, 'x' || i, 1, ${time}, ${time}, 1,
      '{"title":"t' || (i % 10) || '"}' from numbers`.execute(db)
  await sql`${numbers}
    insert into user_emails (domain_id, value, user_id) select ${domainId}, 'u' || i || '@acme.test', ${id} from numbers`.execute(
    db,
  )
  await sql`analyze`.execute(db)
}

async function explain(
  db: Db,
  kind: DatabaseKind,
  { sql: text, parameters }: CompiledQuery,
): Promise<string> {
  const prefix = kind === 'postgres' ? 'explain ' : 'explain query plan '
  const plan = await db.executeQuery({ ...sql`select 1`.compile(db), sql: prefix + text, parameters })
  return plan.rows.map(row => JSON.stringify(row)).join('\n')
}
