// What stood in tables that are their own key by now stands there still, with its indexes and what refers to it.

import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { postgresTypes, sqliteTypes } from '../../migrations/columns.ts'
import { migrationsFor } from '../../migrations/index.ts'
import { closeDatabase, type Db, openDatabase } from '../../src/store/db.ts'
import { isUniqueViolation } from '../../src/store/dialect.ts'
import { migrateToLatest } from '../../src/store/migrate.ts'
import { eachDatabase } from '../database.ts'
import { createDomain } from './domain-rows.ts'

const tables = ['user_emails', 'resource_counts', 'audit', 'audit_about', 'events'] as const
const now = '2026-01-31T12:00:00.000Z'
const organizationId = 'organization-of-acme'

async function fill(db: Db): Promise<void> {
  await createDomain(db, 'acme')
  const user = {
    person_id: null,
    display_name: null,
    external_id: null,
    email: null,
    active: 1 as const,
    version: 1,
  }
  const times = { created_at: now, updated_at: now }
  await db
    .insertInto('users')
    .values({ ...user, ...times, domain_id: 'acme', id: 'u1', user_name: 'ada', doc: '{}' })
    .execute()
  const emails = ['a@acme.test', 'b@acme.test'].map(value => ({ domain_id: 'acme', value, user_id: 'u1' }))
  await db.insertInto('user_emails').values(emails).execute()
  await db
    .insertInto('resource_counts')
    .values({ domain_id: 'acme', kind: 'User', shard: 3, total: 1 })
    .execute()
  const actor = {
    actor_type: 'scim',
    actor_id: null,
    actor_label: 'acme',
    ip: null,
    request_id: 'r1',
  } as const
  const target = { target_type: 'user', target_id: 'u1', target_label: 'ada' }
  await db
    .insertInto('audit')
    .values({
      ...actor,
      ...target,
      organization_id: organizationId,
      id: 'a1',
      created_at: now,
      action: 'user.created',
      changes: '{}',
    })
    .execute()
  await db
    .insertInto('audit_about')
    .values({ organization_id: organizationId, subject: 'p1', audit_id: 'a1' })
    .execute()
  await db
    .insertInto('events')
    .values({
      organization_id: organizationId,
      id: 'e1',
      domain_id: 'acme',
      created_at: now,
      name: null,
      txn: 't1',
      payload: '{}',
    })
    .execute()
}

const read = (db: Db) =>
  Promise.all(tables.map(async name => (await sql`select * from ${sql.table(name)}`.execute(db)).rows))

describe('migration 0019', () => {
  eachDatabase((kind, _open, makeUrl) => {
    it('keeps every row, its key, what it refers to, and the indexes', async () => {
      const db = await openDatabase(await makeUrl())
      try {
        const all = migrationsFor(kind === 'postgres' ? postgresTypes : sqliteTypes)
        const before = Object.fromEntries(Object.entries(all).filter(([name]) => name < '0019'))
        await migrateToLatest(db, { getMigrations: async () => before })
        await fill(db)
        const rows = await read(db)
        await migrateToLatest(db)
        expect(await read(db)).toEqual(rows)

        const again = db
          .insertInto('user_emails')
          .values({ domain_id: 'acme', value: 'a@acme.test', user_id: 'u1' })
        expect(isUniqueViolation(await again.execute().catch(error => error), 'user_emails_pk')).toBe(true)
        const stray = db
          .insertInto('user_emails')
          .values({ domain_id: 'acme', value: 'x', user_id: 'nobody' })
        await expect(stray.execute()).rejects.toThrow(/foreign key/i)
        const names = (await db.introspection.getTables()).map(table => table.name)
        expect(names.filter(name => name.endsWith('_keyed'))).toEqual([])
        await db.deleteFrom('organizations').where('id', '=', organizationId).execute()
        expect((await read(db)).flat()).toEqual([])
      } finally {
        await closeDatabase(db)
      }
    })
  })
})
