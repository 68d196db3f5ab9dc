// Which index answers each filter of the sign-ins of an organization, as both databases themselves say it.
import { CompiledQuery, sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Db } from '../../src/store/db.ts'
import { type SignInSearch, seekSignIns } from '../../src/store/sign-in/sign-ins.ts'
import { eachDatabase } from '../database.ts'
import { createDomain } from './domain-rows.ts'

/** The same statement on both databases; few are refused, fewer are tests. */
async function fill(db: Db): Promise<void> {
  await sql`
    insert into sign_ins (organization_id, domain_id, id, trace_id, created_at, kind, outcome, code, email, person_id, steps, attributes, duration_ms)
    with recursive numbers(i) as (select 0 union all select i + 1 from numbers where i < 29999)
    select 'o1', case when i % 200 = 0 then 'd2' else 'd1' end, 'id' || (100000 + i), 'trace' || i, '2026-01-31T12:00:00.000Z',
      case when i % 5000 = 0 then 'test' else 'sp' end, case when i % 500 = 0 then 'refused' else 'accepted' end,
      case when i % 500 = 0 then 'saml_expired' end, 'u' || (i % 1000) || '@acme.test', null, '[]', '{}', 1
    from numbers`.execute(db)
}

describe('seekSignIns', () => {
  eachDatabase((kind, open) => {
    let db: Db
    beforeAll(async () => {
      db = await open()
      await createDomain(db, 'd1')
      await createDomain(db, 'd2')
      await fill(db)
      if (kind === 'postgres') await sql`analyze`.execute(db)
    }, 60_000)

    async function planOf(search: SignInSearch): Promise<string> {
      const page = { search, limit: 51 }
      const query = seekSignIns(db, { organizationId: 'o1' }, page).selectAll().compile()
      const explain = kind === 'sqlite' ? 'explain query plan' : 'explain'
      const { rows } = await db.executeQuery<Record<string, unknown>>(
        CompiledQuery.raw(`${explain} ${query.sql}`, [...query.parameters]),
      )
      return rows.map(row => row.detail ?? row['QUERY PLAN']).join('\n')
    }

    it.each<[SignInSearch, RegExp]>([
      [{}, /sign_ins_by_organization/],
      [{ outcome: 'refused' }, /sign_ins_by_outcome/],
      [{ outcome: 'refused', kind: 'sp' }, /sign_ins_by_outcome/],
      [{ code: 'saml_replayed', outcome: 'refused', kind: 'sp' }, /sign_ins_by_code/],
      [{ code: 'saml_replayed', domainId: 'd1' }, /sign_ins_by_code/],
      [{ kind: 'test' }, /sign_ins_by_kind/],
      [{ email: 'u7@acme.test', outcome: 'accepted' }, /sign_ins_by_email/],
      [{ personId: 'p1', kind: 'sp' }, /sign_ins_of_person/],
      [{ traceId: 'trace7' }, /sign_ins_by_trace/],
      [{ domainId: 'd2' }, /sign_ins_pk|sqlite_autoindex_sign_ins_1/],
    ])('%j seeks, and sorts nothing', async (search, index) => {
      const plan = await planOf(search)
      expect(plan).toMatch(index)
      expect(plan).not.toMatch(/USE TEMP B-TREE|Seq Scan/)
    })
  })
})
