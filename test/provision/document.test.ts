import { describe, expect, it } from 'vitest'
import { answerWith, composeDocument, isSameContent } from '../../src/provision/document.ts'
import { userType } from '../../src/scim/resource-types.ts'

const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User']
const row = {
  domain_id: 'd',
  id: '019a0000-0000-7000-8000-000000000001',
  version: 3,
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-02T00:00:00.000Z',
}

describe('document', () => {
  it('R16 is the whole answer but for the base URL, whatever the client said of id and meta', () => {
    const doc = composeDocument(userType, row, {
      schemas,
      id: 'x',
      userName: '"}}',
      externalId: 'e',
      meta: { version: 'x' },
    })
    const insertion = { baseUrl: 'https://id.example/scim/v2/d', name: 'groups', elements: ['{"value":"g"}'] }
    const text = answerWith(userType, { ...row, doc }, insertion)
    expect(JSON.parse(text)).toEqual({
      schemas,
      id: row.id,
      externalId: 'e',
      userName: '"}}',
      groups: [{ value: 'g' }],
      meta: {
        resourceType: 'User',
        created: row.created_at,
        lastModified: row.updated_at,
        version: 'W/"3"',
        location: `https://id.example/scim/v2/d/Users/${row.id}`,
      },
    })
  })

  it('R67 is the same content whatever the order of members and whatever meta says', () => {
    expect(
      isSameContent({ schemas, a: 1, b: { c: 1, d: 2 }, meta: {} }, { b: { d: 2, c: 1 }, a: 1, schemas }),
    ).toBe(true)
    expect(isSameContent({ schemas, a: [1, 2] }, { schemas, a: [2, 1] })).toBe(false)
  })
})
