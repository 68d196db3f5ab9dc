import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Filter } from '../../../src/scim/filter/ast.ts'
import { matches } from '../../../src/scim/filter/match.ts'
import { parseFilter } from '../../../src/scim/filter/parse.ts'
import { Leniency } from '../../../src/scim/quirks.ts'
import type { Db } from '../../../src/store/db.ts'
import { filterToSql } from '../../../src/store/query/filter-sql.ts'
import { userTable } from '../../../src/store/query/resource-tables.ts'
import { eachDatabase } from '../../database.ts'
import { createDomain } from '../domain-rows.ts'
import { badgedType, baseUrl, filters, users } from '../filter-arbitraries.ts'
import { addressesOf, answered, insertUsers } from '../user-rows.ts'

const resources = users(60, 20260131)

describe('filterToSql', () => {
  eachDatabase((kind, open) => {
    let db: Db
    beforeAll(async () => {
      db = await open()
      const [d1, d2] = [await createDomain(db, 'd1'), await createDomain(db, 'd2')]
      await insertUsers(
        db,
        d1,
        resources.map(resource => [String(resource.id), resource] as const),
      )
      // Another tenant has the same ids with other people behind them.
      await insertUsers(
        db,
        d2,
        resources.map((resource, index) => [`u${(index + 1) % resources.length}`, resource] as const),
      )
    })

    const found = (text: string) => idsOf(parseFilter(badgedType, text, new Leniency()))
    const idsOf = async (filter: Filter) => {
      const rows = await db
        .selectFrom('users')
        .select('id')
        .where('domain_id', '=', 'd1')
        .where(filterToSql(filter, userTable, { kind, domainId: 'd1', baseUrl }))
        .execute()
      return rows.map(row => row.id).sort()
    }
    const expected = (text: string) => {
      const filter = parseFilter(badgedType, text, new Leniency())
      return resources
        .filter(resource => matches(filter, answered(resource)))
        .map(each => String(each.id))
        .sort()
    }

    it('R54 finds an address through its side table, within the domain only', async () => {
      const [address] = resources.flatMap(resource => addressesOf('d1', String(resource.id), resource))
      const text = `emails.value eq ${JSON.stringify(address?.value)}`
      expect(expected(text)).toContain(address?.user_id)
      expect(await found(text)).toEqual(expected(text))
      expect(await found(`not (${text})`)).toEqual(expected(`not (${text})`))
    })

    it('R47 compares the location as it is answered', async () => {
      expect(await found(`meta.location eq "${baseUrl}/Users/u7"`)).toEqual(['u7'])
      expect(await found('meta.location eq "/Users/u7"')).toEqual([])
    })

    it('takes an or of nothing for false, and what it negates for true', async () => {
      const nothing: Filter = { kind: 'or', terms: [] }
      expect(await idsOf(nothing)).toEqual([])
      expect(await idsOf({ kind: 'not', term: nothing })).toHaveLength(resources.length)
    })

    it('R53 refuses more comparisons without an index than a large domain can bear', async () => {
      const many = (count: number, term: string) => Array(count).fill(term).join(' or ')
      expect(await found(many(20, 'title pr'))).toEqual(expected('title pr'))
      expect(await found(many(200, 'userName pr'))).toEqual(expected('userName pr'))
      await expect(found(many(21, 'title pr'))).rejects.toMatchObject({
        status: 400,
        scimType: 'invalidFilter',
      })
      await expect(found(many(7, 'emails[type pr and (value pr or display pr)]'))).rejects.toThrow('21 came')
    })

    it('R44–R52 agrees with the evaluator on 60 random users × 250 random filters', async () => {
      const agrees = async (text: string) => {
        expect(await found(text), text).toEqual(expected(text))
      }
      await fc.assert(fc.asyncProperty(filters, agrees), { numRuns: 250 })
    }, 60_000)
  })
})
