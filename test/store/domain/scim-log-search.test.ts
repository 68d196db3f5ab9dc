// Which index finds rows of a large SCIM log, and audit rows of one request, as both databases themselves say it.
import { type Compilable, CompiledQuery, sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Db } from '../../../src/store/db.ts'
import { isIndexed, matching, type ScimLogSearch } from '../../../src/store/domain/scim-log-search.ts'
import { eachDatabase } from '../../database.ts'
import { createDomain } from '../domain-rows.ts'

const rows = 60_000

async function fill(db: Db): Promise<void> {
  const numbers = sql`with recursive numbers(i) as (select 0 union all select i + 1 from numbers where i < ${sql.lit(rows - 1)})`
  await sql`
    insert into scim_log (domain_id, id, created_at, request_id, request_method, request_path, request_headers,
      response_status, identity_provider, duration_ms, token_hint, resource_type, resource_id, outcome, accommodations)
    ${numbers} select 'd1', 'id' || (100000 + i), '2026-01-31T12:00:00.000Z', 'r' || i,
      case when i % 3 = 0 then 'PATCH' else 'GET' end, '/Users', '{}', case when i < 20 then 404 else 200 end,
      'okta', 1, 'abcd', 'User', 'user' || (i % 1000), 'Done.', '[]' from numbers`.execute(db)
  await sql`
    insert into audit (organization_id, id, created_at, actor_type, actor_label, action, target_type, target_id,
      target_label, changes, request_id)
    ${numbers} select organization_id, 'id' || i, '2026-01-31T12:00:00.000Z', 'scim', 'acme', 'user.updated', 'user',
      'user' || (i % 1000), 'someone', '{}', 'r' || i from numbers cross join domains where domains.id = 'd1'`.execute(
    db,
  )
}

describe('a search in a large log', () => {
  eachDatabase((kind, open) => {
    let db: Db
    beforeAll(async () => {
      db = await open()
      await createDomain(db, 'd1')
      await fill(db)
      if (kind === 'postgres') await sql`analyze`.execute(db)
    }, 60_000)

    async function planOf(query: Compilable): Promise<string> {
      const { sql: text, parameters } = query.compile()
      const explain = kind === 'sqlite' ? 'explain query plan' : 'explain'
      const plan = await db.executeQuery<Record<string, unknown>>(
        CompiledQuery.raw(`${explain} ${text}`, [...parameters]),
      )
      return plan.rows.map(row => row.detail ?? row['QUERY PLAN']).join('\n')
    }
    const pageOf = (search: ScimLogSearch) =>
      matching(db, 'd1', search).selectAll().orderBy('id', 'desc').limit(51)

    it.each<[string, ScimLogSearch]>([
      ['scim_log_failures', { statusMin: 400, statusMax: 499 }],
      ['scim_log_failures', { statusMin: 500, statusMax: 599 }],
      ['scim_log_changes', { resourceId: 'user7', isChange: true }],
    ])('is answered in its order by %s', async (index, search) => {
      const plan = await planOf(pageOf(search))
      expect(plan).toContain(index)
      expect(plan).not.toMatch(/\bSort\b|TEMP B-TREE/)
      expect(isIndexed(search)).toBe(true)
    })

    it('goes by the key otherwise, newest first, and says that it may take long', async () => {
      for (const search of [{ method: 'PUT' }, { tokenHint: 'none' }, { terms: ['x'] }, { statusMin: 200 }]) {
        const plan = await planOf(pageOf(search).where('id', '>', 'id150000'))
        expect(plan).toMatch(kind === 'sqlite' ? /autoindex_scim_log/ : /scim_log_pk/)
        expect(isIndexed(search)).toBe(false)
      }
    })

    it('finds the audit rows of one request by their index', async () => {
      const [domain] = await db.selectFrom('domains').select('organization_id').execute()
      const plan = await planOf(
        db
          .selectFrom('audit')
          .selectAll()
          .where('organization_id', '=', domain?.organization_id ?? '')
          .where('created_at', '>=', '2026-01-01T00:00:00.000Z')
          .where('id', '>=', 'id')
          .where('actor_type', '=', 'scim')
          .where('request_id', '=', 'r77')
          .orderBy('id', 'desc')
          .limit(50),
      )
      expect(plan).toContain('audit_by_request')
    })
  })
})
