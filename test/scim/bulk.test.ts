import { describe, expect, it } from 'vitest'
import { bulkResponse, makersIn, orderBulk, readBulk } from '../../src/scim/bulk.ts'
import { ScimError } from '../../src/scim/errors.ts'
import { Leniency } from '../../src/scim/quirks.ts'

const schemas = ['urn:ietf:params:scim:api:messages:2.0:BulkRequest']
const read = (Operations: unknown, rest: object = {}) =>
  readBulk({ schemas, Operations, ...rest }, new Leniency('strict'))
const refusal = (status: number, scimType?: string) => expect.objectContaining({ status, scimType })

describe('RFC 7644 §3.7 BulkRequest', () => {
  it('R81 reads its operations', () => {
    const { entries, failOnErrors } = read(
      [
        { method: 'POST', path: '/Users', bulkId: 'a', data: { userName: 'ada' } },
        { method: 'patch', path: 'Users/1', version: 'W/"3"', data: { manager: 'bulkId:a' } },
        { method: 'DELETE', path: '/Users/bulkId:a', data: { value: 'bulkId:b' } },
      ],
      { failOnErrors: 3 },
    )
    expect(failOnErrors).toBe(3)
    expect(entries).toEqual([
      {
        method: 'POST',
        bulkId: 'a',
        operation: {
          method: 'POST',
          endpoint: 'Users',
          id: undefined,
          version: undefined,
          body: { userName: 'ada' },
          references: new Set(),
        },
      },
      {
        method: 'PATCH',
        bulkId: undefined,
        operation: {
          method: 'PATCH',
          endpoint: 'Users',
          id: '1',
          version: 'W/"3"',
          body: { manager: 'bulkId:a' },
          references: new Set(['a']),
        },
      },
      {
        method: 'DELETE',
        bulkId: undefined,
        operation: {
          method: 'DELETE',
          endpoint: 'Users',
          id: 'bulkId:a',
          version: undefined,
          body: undefined,
          references: new Set(['a']),
        },
      },
    ])
  })

  it('R81 keeps what is wrong with one operation to that operation', () => {
    const { entries } = read([{ method: 'HEAD', path: '/Users', bulkId: 'a' }, null])
    expect(entries).toEqual([
      { method: 'HEAD', bulkId: 'a', operation: refusal(400, 'invalidSyntax') },
      { method: '', bulkId: undefined, operation: refusal(400, 'invalidSyntax') },
    ])
    expect(entries.every(({ operation }) => operation instanceof ScimError)).toBe(true)
  })

  it('R81 refuses as a whole what cannot be followed', () => {
    expect(() => readBulk(null, new Leniency())).toThrow(refusal(400, 'invalidSyntax'))
    expect(() => readBulk({ Operations: [] }, new Leniency('strict'))).toThrow(refusal(400, 'invalidSyntax'))
    expect(() => read('[]')).toThrow(refusal(400, 'invalidSyntax'))
    expect(() => read([], { failOnErrors: 0 })).toThrow(refusal(400, 'invalidValue'))
    expect(() => read(Array.from({ length: 1001 }))).toThrow(refusal(413))
    const twice = { method: 'DELETE', path: '/Users/1', bulkId: 'a' }
    expect(() => read([twice, twice])).toThrow(refusal(400, 'invalidSyntax'))
  })

  it('notes a missing schema, and takes null for what may be left out', () => {
    const leniency = new Leniency()
    const operation = { method: 'DELETE', path: '/Users/1', bulkId: null, version: null, data: null }
    const { entries } = readBulk({ Operations: [operation], failOnErrors: null }, leniency)
    expect(entries[0]?.operation).not.toBeInstanceOf(ScimError)
    expect([...leniency.noted]).toEqual(['missing_bulk_schema'])
  })

  it('R81 puts what is made before what refers to it; only a POST makes something', () => {
    const bulk = read([
      { method: 'PUT', path: '/Users/bulkId:b', bulkId: 'p', data: { value: 'bulkId:p' } },
      { method: 'POST', path: '/Users', bulkId: 'a', data: { value: 'bulkId:b' } },
      { method: 'POST', path: '/Users', bulkId: 'b', data: { value: 'bulkId:nobody' } },
    ])
    expect(makersIn(bulk.entries)).toEqual(
      new Map([
        ['a', 1],
        ['b', 2],
      ]),
    )
    expect(orderBulk(bulk)).toEqual([[2], [0], [1]])
  })

  it('R81 answers in the form of a BulkResponse', () => {
    const result = { method: 'DELETE', status: '204' }
    expect(bulkResponse([result])).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkResponse'],
      Operations: [result],
    })
  })
})
