// Lists whose elements are rows: SQL finds in them what the evaluator finds in the resource as it is shown.
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../src/base/id.ts'
import { matches } from '../../../src/scim/filter/match.ts'
import { parseFilter } from '../../../src/scim/filter/parse.ts'
import { Leniency } from '../../../src/scim/quirks.ts'
import type { Resource } from '../../../src/scim/resource.ts'
import { groupType, userType } from '../../../src/scim/resource-types.ts'
import type { ResourceType } from '../../../src/scim/schema.ts'
import { filterToSql } from '../../../src/store/query/filter-sql.ts'
import type { FilterTable } from '../../../src/store/query/filter-table.ts'
import { groupTable, userTable } from '../../../src/store/query/resource-tables.ts'
import { eachDatabase } from '../../database.ts'
import { makeDirectory } from '../../http/scim/directory.ts'
import { openSurface, type Surface } from '../../http/scim/surface.ts'

const runs = Number(process.env.FUZZ_RUNS ?? 200)

describe('filterToSql on lists of rows', () => {
  eachDatabase((kind, open) => {
    let surface: Surface
    let users: Resource[] = []
    let groups: Resource[] = []

    beforeAll(async () => {
      surface = await openSurface(await open(), { scimRateLimit: 0 })
      const make = makeDirectory(surface)
      const names = ['Ann', 'ANN', 'Bob "b"', 'Ünal', 'İ', 'Ann']
      const ids: string[] = []
      for (const [index, displayName] of names.entries()) {
        ids.push((await make.user(`row${index}`, index === 5 ? {} : { displayName })).id)
      }
      const [a = '', b = '', c = '', d = '', e = ''] = ids
      const inner = await make.group('Inner', [a, b])
      const middle = await make.group('Middle', [inner.id, c])
      await make.group('Outer', [middle.id, d])
      await make.group('ann', [e, a])
      await make.group('Empty')
      // Another tenant with the same names.
      const other = makeDirectory(surface.as(await surface.addTenant('rows.test')))
      await other.group('Inner', [(await other.user('row0', { displayName: 'Ann' })).id])
      users = (await surface.ask('GET', '/Users')).body.Resources
      groups = (await surface.ask('GET', '/Groups')).body.Resources
    })

    async function agrees(type: ResourceType, table: FilterTable, all: readonly Resource[], text: string) {
      const { db, config } = surface.ctx
      const { id: domainId } = surface.tenant.domain
      const baseUrl = `${config.baseUrl}/scim/v2/${domainId}`
      const filter = parseFilter(type, text, new Leniency())
      const found = await db
        .selectFrom(table.name as 'users')
        .select('id')
        .where('domain_id', '=', domainId)
        .where(filterToSql(filter, table, { kind, domainId, baseUrl }))
        .orderBy('id')
        .execute()
      const expected = all.filter(resource => matches(filter, resource)).map(({ id }) => id)
      expect(
        found.map(({ id }) => id),
        text,
      ).toEqual(expected)
    }

    const operator = fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'le')
    const part = (type: 'direct' | 'User') =>
      fc.oneof(
        fc.tuple(
          fc.constant('value'),
          operator,
          fc.integer({ min: 0, max: 12 }).map(index => String([...users, ...groups][index]?.id ?? newId())),
        ),
        fc.tuple(fc.constant('display'), operator, fc.constantFrom('Ann', 'ann', 'b', 'Inner', 'ü', 'i̇', '')),
        fc.tuple(
          fc.constant('type'),
          operator,
          fc.constantFrom(type, type.toLowerCase(), 'Group', 'indirect'),
        ),
        fc.tuple(fc.constant('$ref'), operator, fc.constantFrom('http', '/Users/', '/Groups/')),
      )
    const filtersOf = (list: 'members' | 'groups', type: 'direct' | 'User') => {
      const words = part(type).map(([name, op, value]) => `${name} ${op} ${JSON.stringify(value)}`)
      const dotted = words.map(text => `${list}.${text}`)
      const bracketed = fc
        .tuple(words, fc.constantFrom('and', 'or', 'and not'), words)
        .map(
          ([left, word, right]) => `${list}[${left} ${word} ${word.endsWith('not') ? `(${right})` : right}]`,
        )
      const present = fc.constantFrom(
        `${list} pr`,
        `${list}.display pr`,
        `not (${list} pr)`,
        `${list}[display pr]`,
      )
      const term = fc.oneof(dotted, bracketed, present)
      return fc.oneof(
        term,
        term.map(text => `not (${text})`),
        fc.tuple(term, fc.constantFrom('and', 'or'), term).map(parts => parts.join(' ')),
      )
    }

    it('R47 agrees with the evaluator on random filters over members', async () => {
      // Made once the ids are there.
      const property = fc.asyncProperty(filtersOf('members', 'User'), text =>
        agrees(groupType, groupTable, groups, text),
      )
      await fc.assert(property, { numRuns: runs })
    }, 60_000)

    it('R27 R47 agrees with the evaluator on random filters over groups', async () => {
      const property = fc.asyncProperty(filtersOf('groups', 'direct'), text =>
        agrees(userType, userTable, users, text),
      )
      await fc.assert(property, { numRuns: runs })
    }, 60_000)
  })
})
