// What is published of registered schemas, held against RFC 7643's own definitions of such documents.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resourceTypes, schemaDocuments } from '../../../src/scim/discovery.ts'
import { readRegistration, resourceTypesWith } from '../../../src/scim/registration.ts'
import { definitions } from '../registration/arbitraries.ts'
import { faultsIn, resourceTypeDefinition, schemaDefinition } from './definitions.ts'

const base = 'https://id.example.com/scim/v2/0190'

describe('RFC 7643 §8.7.2', () => {
  it('R33 R84 R86 what is published of any registered schema is as the RFC defines it', () => {
    const property = fc.property(definitions, definitions, (one, other) => {
      const types = resourceTypesWith([
        readRegistration({
          id: 'urn:example:a',
          name: 'A',
          extends: 'User',
          required: true,
          attributes: one,
        }),
        readRegistration({
          id: 'urn:example:b',
          name: 'B',
          resource_type: { name: 'B', endpoint: '/Bs' },
          attributes: other,
        }),
      ])
      const schemas = schemaDocuments(base, types)
      const published = resourceTypes(base, types)
      for (const document of schemas) {
        // One of those about documents has something complex three deep, which it cannot say of itself.
        if (document.id.endsWith(':Schema')) continue
        expect(faultsIn(schemaDefinition, document)).toEqual([])
      }
      for (const document of published) expect(faultsIn(resourceTypeDefinition, document)).toEqual([])
      const urns = new Set(schemas.map(({ id }) => id))
      for (const { schema, schemaExtensions } of published)
        for (const urn of [schema, ...schemaExtensions.map(each => each.schema)]) expect(urns).toContain(urn)
      expect(JSON.stringify([schemas, published])).not.toContain('null')
    })
    fc.assert(property, { numRuns: 200 })
  })

  it('R86 finds what is wrong, where something is', () => {
    const [type] = resourceTypes(base, resourceTypesWith([]))
    expect(faultsIn(resourceTypeDefinition, { ...type, name: undefined, extra: 1, endpoint: ['/'] })).toEqual(
      ['extra is unknown', 'name is missing', 'endpoint is a list, or is none'],
    )
    const [schema] = schemaDocuments(base, resourceTypesWith([]))
    const attributes = [{ ...schema?.attributes[0], type: 'text', required: 'yes' }]
    expect(faultsIn(schemaDefinition, { ...schema, attributes })).toEqual([
      'attributes.type is text',
      'attributes.required is a string',
    ])
  })
})
