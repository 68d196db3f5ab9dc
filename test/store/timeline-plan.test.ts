// Which index answers what a person's timeline asks, as both databases themselves say it.
import { CompiledQuery, sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { operatorCaller } from '../../src/manage/caller.ts'
import { findSubject } from '../../src/manage/people/subject.ts'
import { readTimeline } from '../../src/manage/people/timeline.ts'
import { readVerdict } from '../../src/manage/people/verdict.ts'
import type { Db } from '../../src/store/db.ts'
import { testContext } from '../context.ts'
import { eachDatabase } from '../database.ts'
import { statementsOf } from '../statements.ts'
import { createDomain } from './domain-rows.ts'

const organizationId = 'organization-of-d1'
const count = 40_000
/** One in so many is about the person who is looked at. */
const share = 400

/** Ids as UUIDs whose first half grows, so that they lie as the real ones do. */
const id = sql`substr('00000000' || i, -8) || '-0000-7000-8000-000000000000'`
const postgresId = sql`lpad(i::text, 8, '0') || '-0000-7000-8000-000000000000'`

async function fill(db: Db, kind: 'sqlite' | 'postgres'): Promise<void> {
  const numbers = sql`with recursive numbers(i) as (select 1 union all select i + 1 from numbers where i < ${sql.lit(count)})`
  const ids = kind === 'sqlite' ? id : postgresId
  const time = sql`'2026-01-31T12:00:00.000Z'`
  const whose = (prefix: string) => sql`${sql.lit(prefix)} || (i % ${sql.lit(share)})`
  await sql`insert into people (id, email, first_name, last_name, is_email_verified, created_at, updated_at)
    ${numbers} select ${whose('p')}, ${whose('p')} || '@d1.example', '', '', 1, ${time}, ${time} from numbers
    where i <= ${sql.lit(share)}`.execute(db)
  await sql`insert into users (domain_id, id, person_id, user_name, active, created_at, updated_at, version, doc)
    ${numbers} select 'd1', ${whose('u')}, ${whose('p')}, ${whose('u')}, 1, ${time}, ${time}, 1, '{}' from numbers
    where i <= ${sql.lit(share)}`.execute(db)
  await sql`insert into scim_log (domain_id, id, created_at, request_id, request_method, request_path, request_headers,
      response_status, identity_provider, duration_ms, resource_type, resource_id, outcome, accommodations)
    ${numbers} select 'd1', ${ids}, ${time}, 'r' || i, 'PATCH', '/', '{}', 200, 'okta', 1, 'User', ${whose('u')}, 'Done.', '[]'
    from numbers`.execute(db)
  await sql`insert into audit (organization_id, id, created_at, actor_type, actor_label, action, target_type, target_id,
      target_label, changes)
    ${numbers} select ${organizationId}, ${ids}, ${time}, 'operator', 'o', 'user.updated', 'user', ${whose('u')}, 'l', '{}'
    from numbers`.execute(db)
  await sql`insert into audit_about (organization_id, subject, audit_id)
    ${numbers} select ${organizationId}, ${whose('p')}, ${ids} from numbers`.execute(db)
  await sql`insert into sign_ins (organization_id, domain_id, id, trace_id, created_at, kind, outcome, email, person_id,
      steps, attributes, duration_ms)
    ${numbers} select ${organizationId}, 'd1', ${ids}, 't' || i, ${time}, 'sp', 'accepted', ${whose('p')} || '@d1.example',
      ${whose('p')}, '[]', '{}', 1 from numbers`.execute(db)
}

describe("a person's timeline", () => {
  eachDatabase((kind, open) => {
    let db: Db
    beforeAll(async () => {
      db = await open()
      await createDomain(db, 'd1')
      await fill(db, kind)
      if (kind === 'postgres') await sql`analyze`.execute(db)
    }, 120_000)

    async function planOf({ sql: text, parameters }: CompiledQuery): Promise<string> {
      const explain = kind === 'sqlite' ? 'explain query plan' : 'explain'
      const query = CompiledQuery.raw(`${explain} ${text}`, [...parameters])
      const { rows } = await db.executeQuery<Record<string, unknown>>(query)
      return rows.map(row => row.detail ?? row['QUERY PLAN']).join('\n')
    }

    it('is sought by keys, and nothing that it reads is sorted or read from one end to the other', async () => {
      const ctx = testContext(db)
      const caller = operatorCaller(organizationId)
      const queries = await statementsOf(db, async () => {
        const found = await findSubject(ctx, caller, 'p7')
        if ('otherId' in found) throw new Error('sent on')
        const { subject } = found
        await readVerdict(ctx, caller, subject)
        const first = await readTimeline(ctx, caller, {
          subject,
          kind: undefined,
          before: undefined,
          limit: 25,
        })
        expect(first).toMatchObject({ hasOlder: true, entries: { length: 25 } })
        const before = first.entries.at(-1)?.id
        await readTimeline(ctx, caller, { subject, kind: undefined, before, limit: 25 })
      })
      const logs = queries.filter(each => /from "(scim_log|audit|audit_about|sign_ins)"/.test(each.sql))
      expect(logs.length).toBeGreaterThan(6)
      for (const query of logs) {
        const plan = await planOf(query)
        expect(plan).not.toMatch(/\bscan\b (?!.*using)|Seq Scan/i)
        expect(plan).not.toMatch(/temp b-tree|\bSort\b/i)
        expect(plan).toMatch(
          /scim_log_changes|audit_by_target|audit_about_pk|audit_about USING PRIMARY KEY|sign_ins_of_person|sign_ins_by_email/i,
        )
      }
    })
  })
})
