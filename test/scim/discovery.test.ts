import { describe, expect, it } from 'vitest'
import { capabilities } from '../../src/scim/capabilities.ts'
import {
  listResponse,
  resourceTypes,
  schemaDocuments,
  serviceProviderConfig,
} from '../../src/scim/discovery.ts'
import { servedTypes } from '../../src/scim/resource-types.ts'
import type { Attribute } from '../../src/scim/schema.ts'
import { enterpriseSchema } from '../../src/scim/schemas/enterprise.ts'
import { groupSchema } from '../../src/scim/schemas/group.ts'
import { discoverySchemas } from '../../src/scim/schemas/service-provider.ts'
import { userSchema } from '../../src/scim/schemas/user.ts'

const base = 'https://id.example.com/scim/v2/0190'

describe('RFC 7643 §5 ServiceProviderConfig', () => {
  const config = serviceProviderConfig(base)

  it('R85 says everything that the RFC asks for', () => {
    expect(config).toMatchObject({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
      documentationUri: expect.stringMatching(/^https:/),
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 1_000, maxPayloadSize: 5_242_880 },
      filter: { supported: true, maxResults: 200 },
      changePassword: { supported: false },
      sort: { supported: true },
      etag: { supported: true },
      meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
    })
    for (const scheme of config.authenticationSchemes)
      expect(scheme).toMatchObject({
        type: 'oauthbearertoken',
        name: expect.any(String),
        description: expect.any(String),
        specUri: expect.stringMatching(/^https:/),
      })
  })

  it('R85 R88 R89 names the events there are, and that bulks need not be waited for', () => {
    const { asyncRequest, eventUris } = config.securityEvents
    expect(asyncRequest).toBe('request')
    expect(new Set(eventUris).size).toBe(7)
    for (const uri of eventUris) expect(uri).toMatch(/^urn:ietf:params:scim:event:(prov|misc):[a-z:]+$/)
  })

  it('R43 R62 announces how lists are paged', () => {
    expect(config.pagination).toEqual({
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize: 100,
      maxPageSize: 200,
      cursorTimeout: 3600,
    })
    expect(capabilities.filter.maxResults).toBe(capabilities.pagination.maxPageSize)
  })
})

describe('RFC 7643 §6 ResourceType', () => {
  it('R86 names what is served, each schema of which can be found', () => {
    const types = resourceTypes(base, servedTypes)
    const schemas = new Set(schemaDocuments(base, servedTypes).map(document => document.id))
    const served = [
      { id: 'User', schema: userSchema.id, extended: [enterpriseSchema.id] },
      { id: 'Group', schema: groupSchema.id, extended: [] },
    ]
    expect(types).toEqual(
      served.map(({ id, schema, extended }) => ({
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
        id,
        name: id,
        endpoint: `/${id}s`,
        description: expect.any(String),
        schema,
        schemaExtensions: extended.map(urn => ({ schema: urn, required: false })),
        meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${id}` },
      })),
    )
    for (const { schema, schemaExtensions } of types)
      for (const urn of [schema, ...schemaExtensions.map(each => each.schema)]) expect(schemas).toContain(urn)
  })
})

describe('RFC 7643 §8.7.2', () => {
  const definitions = new Map(
    schemaDocuments(base, servedTypes).map(({ id, attributes }) => [id, attributes]),
  )
  const documents: readonly { schemas: string[]; meta: object; [name: string]: unknown }[] = [
    serviceProviderConfig(base),
    ...resourceTypes(base, servedTypes),
    ...schemaDocuments(base, servedTypes),
  ]

  /** What is wrong with `values`, as paths. */
  function faults(attributes: readonly Attribute[], values: Record<string, unknown>, at = ''): string[] {
    const unknown = Object.keys(values).filter(key => !attributes.some(({ name }) => name === key))
    const missing = attributes.filter(({ name, required }) => required && values[name] === undefined)
    const wrong = attributes.flatMap(attribute => {
      const { name, multiValued } = attribute
      const value = values[name]
      if (value === undefined) return []
      if (multiValued !== Array.isArray(value)) return [`${at}${name}: array`]
      return [value].flat().flatMap(each => faultsOf(attribute, each, `${at}${name}`))
    })
    return [
      ...unknown.map(key => `${at}${key}: unknown`),
      ...missing.map(({ name }) => `${at}${name}: missing`),
      ...wrong,
    ]
  }

  function faultsOf(
    { type, subAttributes = [], canonicalValues }: Attribute,
    value: unknown,
    at: string,
  ): string[] {
    if (type === 'complex') return faults(subAttributes, value as Record<string, unknown>, `${at}.`)
    if (canonicalValues && !canonicalValues.includes(String(value))) return [`${at}: ${value}`]
    const expected = type === 'boolean' ? 'boolean' : type === 'integer' ? 'number' : 'string'
    return typeof value === expected ? [] : [`${at}: ${typeof value}`]
  }

  it('R85 R86 what is published is as its own published schema says', () => {
    for (const { schemas, meta: _, ...values } of documents) {
      // It alone has something complex inside something complex, and cannot say so of itself (RFC 7643 §7).
      if (values.id === 'urn:ietf:params:scim:schemas:core:2.0:Schema') continue
      const attributes = definitions.get(schemas[0] ?? '')
      expect(attributes).toBeDefined()
      expect(faults(attributes ?? [], values)).toEqual([])
    }
  })
})

describe('RFC 7643 §7 Schema', () => {
  const documents = schemaDocuments(base, servedTypes)

  it('R84 tells where each one is', () => {
    expect(documents.map(({ id, name, schemas, meta }) => [id, name, schemas[0], meta])).toEqual(
      [userSchema, enterpriseSchema, groupSchema, ...discoverySchemas].map(({ id, name }) => [
        id,
        name,
        'urn:ietf:params:scim:schemas:core:2.0:Schema',
        { resourceType: 'Schema', location: `${base}/Schemas/${id}` },
      ]),
    )
  })

  it('R86 has every characteristic on every attribute, and no null', () => {
    const characteristics = {
      name: expect.stringMatching(/^[a-z$][A-Za-z0-9]*$/),
      type: expect.stringMatching(/^(string|boolean|decimal|integer|dateTime|binary|reference|complex)$/),
      multiValued: expect.any(Boolean),
      description: expect.stringMatching(/\S/),
      required: expect.any(Boolean),
      caseExact: expect.any(Boolean),
      mutability: expect.stringMatching(/^(readOnly|readWrite|immutable|writeOnly)$/),
      returned: expect.stringMatching(/^(always|never|default|request)$/),
      uniqueness: expect.stringMatching(/^(none|server|global)$/),
    }
    const check = (attributes: readonly Attribute[]): void => {
      for (const attribute of attributes) {
        expect(attribute).toMatchObject(characteristics)
        check(attribute.subAttributes ?? [])
      }
    }
    for (const document of documents) check(document.attributes)
    expect(JSON.stringify(documents)).not.toContain('null')
  })
})

describe('RFC 7644 §3.4.2 ListResponse', () => {
  it('R39 has numbers, and a list also when it is empty', () => {
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:ListResponse']
    expect(listResponse([], { totalResults: 0, startIndex: 1 })).toEqual({
      schemas,
      totalResults: 0,
      startIndex: 1,
      itemsPerPage: 0,
      Resources: [],
    })
    expect(listResponse([{ id: 'a' }], { totalResults: 12, startIndex: 12 })).toEqual({
      schemas,
      totalResults: 12,
      startIndex: 12,
      itemsPerPage: 1,
      Resources: [{ id: 'a' }],
    })
  })

  it('R84 is whole where nothing is paged', () => {
    expect(listResponse([{}, {}])).toMatchObject({ totalResults: 2, startIndex: 1, itemsPerPage: 2 })
  })
})
