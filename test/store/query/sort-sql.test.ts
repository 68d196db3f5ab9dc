// Sorting in the databases against a plain evaluator, page by page behind a position, in both directions.
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { keyOf } from '../../../src/scim/filter/key.ts'
import { parseFilter } from '../../../src/scim/filter/parse.ts'
import { compareIn, type Position, readSort, type Sort, type SortKey } from '../../../src/scim/query/sort.ts'
import { Leniency } from '../../../src/scim/quirks.ts'
import { isObject, type Json, type Resource } from '../../../src/scim/resource.ts'
import type { AttributePath } from '../../../src/scim/schema.ts'
import { instantOf } from '../../../src/scim/text/instant.ts'
import type { Db } from '../../../src/store/db.ts'
import { pagesOf } from '../../../src/store/query/pages.ts'
import { userTable } from '../../../src/store/query/resource-tables.ts'
import { eachDatabase } from '../../database.ts'
import { createDomain } from '../domain-rows.ts'
import { badgedType, baseUrl, users } from '../filter-arbitraries.ts'
import { answered, insertUsers } from '../user-rows.ts'

const resources = users(60, 20260202)
const pages = pagesOf(userTable)
const badge = 'urn:example:params:scim:schemas:2.0:Badge'
const names = [
  ...['id', 'externalId', 'userName', 'displayName', 'active', 'title', 'name.familyName', 'name.middleName'],
  ...['emails', 'emails.type', 'emails.display', 'emails.primary', 'x509Certificates', 'groups.display'],
  ...['schemas', 'manager', 'department', 'urn:ietf:params:scim:schemas:core:2.0:User:USERNAME', 'roles'],
  ...['meta.created', 'META.lastModified', 'meta.location', 'meta.version', 'meta.resourceType'],
  ...['level', 'height', 'valid', 'until', 'print', 'constructor', 'colors'].map(name => `${badge}:${name}`),
  ...['doors', 'doors.$ref', 'doors.since'].map(name => `${badge}:${name}`),
]

const orders = fc.record({
  sortBy: fc.constantFrom(...names),
  sortOrder: fc.constantFrom(undefined, 'ascending', 'descending'),
  filter: fc.constantFrom(undefined, 'active eq true', 'title pr or displayName pr'),
  limit: fc.integer({ min: 1, max: 70 }),
})

describe('sortColumn', () => {
  eachDatabase((_, open) => {
    let db: Db
    beforeAll(async () => {
      db = await open()
      await createDomain(db, 'd1')
      await createDomain(db, 'd2')
      const entries = resources.map(resource => [String(resource.id), resource] as const)
      await insertUsers(db, 'd1', entries)
      await insertUsers(db, 'd2', entries)
    })

    it('R55 R41 agrees with the evaluator on 200 random orders, at any page size', async () => {
      const agrees = async ({ sortBy, sortOrder, filter: text, limit }: Asked) => {
        const sort = readSort(badgedType, { sortBy, sortOrder }, new Leniency())
        const filter = text === undefined ? undefined : parseFilter(badgedType, text, new Leniency())
        const scope = { domainId: 'd1', baseUrl }
        const all = await pages.page(db, scope, { filter, sort, after: undefined, offset: 0, limit: 100 })
        const ids = all.map(row => row.id)
        expect(ids).toEqual(sort && expectedIds(sort).filter(id => ids.includes(id)))
        const walked: string[] = []
        for (let after: Position | undefined; walked.length < all.length; ) {
          const rows = await pages.page(db, scope, { filter, sort, after, offset: 0, limit })
          walked.push(...rows.map(row => row.id))
          const last = rows.at(-1)
          if (!last) break
          after = { key: last.sort_key ?? null, id: last.id }
          const second = await pages.page(db, scope, {
            filter,
            sort,
            after: undefined,
            offset: walked.length,
            limit,
          })
          expect(second.map(row => row.id)).toEqual(ids.slice(walked.length, walked.length + limit))
        }
        expect(walked).toEqual(ids)
      }
      await fc.assert(fc.asyncProperty(orders, agrees), { numRuns: 200 })
    }, 60_000)
  })
})

type Asked = typeof orders extends fc.Arbitrary<infer T> ? T : never

function expectedIds({ path, isDescending }: Sort): string[] {
  if (!path) throw new Error('expected an attribute of the type')
  return resources
    .map(resource => ({ key: keyIn(answered(resource), path), id: String(resource.id) }))
    .sort(compareIn(isDescending))
    .map(({ id }) => id)
}

/** RFC 7644 §3.4.2.3, read over a value. */
function keyIn(resource: Resource, path: AttributePath): SortKey {
  const { extension, attribute, sub } = path
  const container = extension === undefined ? resource : own(resource, extension)
  const whole = own(container, attribute.name)
  const isPrimary = (element: Json) => own(element, 'primary') === true
  const single = Array.isArray(whole) ? (whole.find(isPrimary) ?? whole[0]) : whole
  const value = sub ? own(single, sub.name) : single
  if (typeof value === 'boolean' || typeof value === 'number') return Number(value)
  if (typeof value !== 'string') return null
  return (sub ?? attribute).type === 'dateTime' ? (instantOf(value) ?? null) : keyOf(path)(value)
}

const own = (value: Json | undefined, name: string) =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
