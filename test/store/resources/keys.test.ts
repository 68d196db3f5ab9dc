// Unique attributes of registered schemas are sought in an index, as both databases themselves say it.
import { CompiledQuery, sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseFilter } from '../../../src/scim/filter/parse.ts'
import { Leniency } from '../../../src/scim/quirks.ts'
import { readRegistration, resourceTypesWith } from '../../../src/scim/registration.ts'
import type { Db } from '../../../src/store/db.ts'
import { filterToSql } from '../../../src/store/query/filter-sql.ts'
import { customTable, withUnique } from '../../../src/store/query/resource-tables.ts'
import { eachDatabase } from '../../database.ts'
import { device } from '../../http/scim/registering.ts'
import { createDomain } from '../domain-rows.ts'

const registration = readRegistration(device)
const type = resourceTypesWith([registration]).find(({ id }) => id === 'Device')
const serial = registration.schema.attributes.find(({ name }) => name === 'serial')

async function fill(db: Db): Promise<void> {
  const numbers = sql`with recursive numbers(i) as (select 0 union all select i + 1 from numbers where i < 19999)`
  const now = '2026-01-31T12:00:00.000Z'
  await db
    .insertInto('scim_schemas')
    .values({
      domain_id: 'd1',
      number: 1,
      urn: 'u',
      definition: '{}',
      created_at: now,
      updated_at: now,
      retired_at: null,
    })
    .execute()
  await sql`
    insert into resources (domain_id, type, id, created_at, updated_at, version, doc)
    ${numbers} select 'd1', 1, 'id' || i, '2026-01-31T12:00:00.000Z', '2026-01-31T12:00:00.000Z', 1,
      '{"serial":"S' || i || '"}' from numbers`.execute(db)
  await sql`
    insert into resource_keys (domain_id, schema_number, name, value, resource_id)
    ${numbers} select 'd1', 1, 'serial', 'S' || i, 'id' || i from numbers`.execute(db)
}

describe('withUnique', () => {
  eachDatabase((kind, open) => {
    let db: Db
    beforeAll(async () => {
      db = await open()
      await createDomain(db, 'd1')
      await fill(db)
      if (kind === 'postgres') await sql`analyze`.execute(db)
    }, 60_000)

    it('R33 R54 seeks the value and then the resource, alone and beside other conditions', async () => {
      if (!type || !serial) throw new Error('expected a type with a serial')
      const path = { extension: undefined, attribute: serial, sub: undefined }
      const table = withUnique(customTable(1, type), [{ path, schemaNumber: 1 }])
      for (const text of ['serial eq "S77"', 'serial eq "S77" and not (price gt 5)']) {
        const query = db
          .selectFrom('resources')
          .select('id')
          .where('domain_id', '=', 'd1')
          .where('type', '=', 1)
          .where(
            filterToSql(parseFilter(type, text, new Leniency()), table, {
              kind,
              domainId: 'd1',
              baseUrl: '',
            }),
          )
          .orderBy('id')
          .limit(100)
        expect(await query.execute()).toEqual([{ id: 'id77' }])
        const { sql: statement, parameters } = query.compile()
        const explain = kind === 'sqlite' ? 'explain query plan' : 'explain'
        const { rows } = await db.executeQuery<Record<string, unknown>>(
          CompiledQuery.raw(`${explain} ${statement}`, [...parameters]),
        )
        const plan = rows.map(row => row.detail ?? row['QUERY PLAN']).join('\n')
        expect(plan).not.toMatch(/\bscan resource|Seq Scan/i)
        expect(plan).toMatch(/resource_keys/)
      }
    })
  })
})
