import { describe, expect, it } from 'vitest'
import { Leniency } from '../../src/scim/quirks.ts'
import type { Resource } from '../../src/scim/resource.ts'
import { userType } from '../../src/scim/resource-types.ts'
import { attribute, type ResourceType } from '../../src/scim/schema.ts'
import { enterpriseSchema } from '../../src/scim/schemas/enterprise.ts'
import { userSchema } from '../../src/scim/schemas/user.ts'
import { carryOver, readResource } from '../../src/scim/validate.ts'
import { bjensen, enterprise, noted, read, refusal, strictly, user } from './validate/reading.ts'

describe('readResource', () => {
  it('R17 answers in canonical names, in the order of the schema', () => {
    const resource = read({
      EMAILS: [{ Primary: true, TYPE: 'work', Value: 'b@example.com' }],
      username: 'bjensen',
      NAME: { familyname: 'Jensen' },
      ExternalID: '701984',
      schemas: [user],
    })
    expect(JSON.stringify(resource)).toBe(
      JSON.stringify({
        schemas: [user],
        externalId: '701984',
        userName: 'bjensen',
        name: { familyName: 'Jensen' },
        emails: [{ value: 'b@example.com', type: 'work', primary: true }],
      }),
    )
  })

  it('R18 takes null, empty lists and empty objects for what is absent', () => {
    const empty = {
      title: null,
      addresses: null,
      roles: [],
      name: {},
      emails: [{ value: null }, {}, null],
      phoneNumbers: [{ value: '1', display: null }],
      [enterprise]: { manager: null, department: null },
    }
    expect(read(bjensen(empty))).toEqual(bjensen({ phoneNumbers: [{ value: '1' }] }))
  })

  it('R14 R16 R27 R35 ignores what only the server sets, whatever its type', () => {
    const body = bjensen({ id: 7, meta: 'x', groups: 'none', [enterprise]: { manager: { displayName: 3 } } })
    expect(read(body)).toEqual(bjensen())
  })

  it('R26 lets no password through, but looks at its type', () => {
    expect(read(bjensen({ password: 't1meMa$heen' }))).toEqual(bjensen())
    expect(refusal(() => read(bjensen({ password: 7 })))).toBe(
      '400 invalidValue: password must be a string, but a number came.',
    )
    expect(refusal(() => read(bjensen({ password: 'geheim\0' })))).not.toContain('geheim')
  })

  it('R25 R35 requires a user name that is not empty', () => {
    for (const userName of [undefined, null, [], ''])
      expect(refusal(() => read({ schemas: [user], userName }))).toContain(
        '400 invalidValue: userName is required',
      )
    expect(refusal(() => read(bjensen({ userName: '  ' })))).toContain('an empty text came')
  })

  it('R35 refuses a body that is no object', () => {
    for (const body of [null, [], 'text', 7, true, undefined])
      expect(refusal(() => read(body))).toContain('400 invalidSyntax: A User must be a JSON object, but')
  })

  it('R37 takes core attributes from the container of the core URN', () => {
    expect(read({ schemas: [user], [user]: { userName: 'bjensen', title: 'VP' } })).toEqual(
      bjensen({ title: 'VP' }),
    )
  })

  it('refuses one attribute under two spellings', () => {
    expect(refusal(() => read(bjensen({ USERNAME: 'other' })))).toBe(
      '400 invalidSyntax: userName is given twice, in different cases.',
    )
    expect(refusal(() => read(bjensen({ [user]: { userName: 'other' } })))).toContain(
      'userName is given twice',
    )
    expect(refusal(() => read(bjensen({ [enterprise]: {}, [enterprise.toUpperCase()]: {} })))).toContain(
      'is given twice',
    )
  })

  it('drops unknown attributes and parts; strict refuses them', () => {
    const body = bjensen({ shoeSize: 42, name: { nick: 'B' }, [enterprise]: { manager: { managerId: '7' } } })
    expect(noted(body)).toEqual({
      resource: bjensen(),
      quirks: expect.arrayContaining(['unknown_attribute']),
    })
    expect(strictly(bjensen({ shoeSize: 42 }))).toBe(
      '400 invalidSyntax: The resource has no attribute "shoeSize".',
    )
    expect(strictly(bjensen({ name: { nick: 'B' } }))).toBe(
      '400 invalidSyntax: name has no attribute "nick".',
    )
  })
})

describe('RFC 7643 §3 schemas', () => {
  it('R13 R31 repairs schemas in both directions; strict refuses', () => {
    const undeclared = { ...bjensen(), [enterprise]: { department: 'R' } }
    expect(noted(undeclared)).toEqual({
      resource: { ...undeclared, schemas: [user, enterprise] },
      quirks: ['schemas_mismatch'],
    })
    expect(noted(bjensen({ schemas: [user, enterprise] }))).toEqual({
      resource: bjensen(),
      quirks: ['schemas_mismatch'],
    })
    expect(read({ userName: 'bjensen' })).toEqual(bjensen())
    expect(strictly(undeclared)).toBe(
      `400 invalidValue: schemas must be ${user}, ${enterprise}, but ${user} came.`,
    )
    expect(strictly(bjensen({ schemas: [user, enterprise] }))).toContain('400 invalidValue: schemas must be')
    expect(strictly({ userName: 'bjensen' })).toContain('but none came.')
  })

  it('drops URNs of other worlds; strict refuses them', () => {
    const body = bjensen({ schemas: ['urn:scim:schemas:core:1.0', user, user.toUpperCase()] })
    expect(noted(body)).toEqual({ resource: bjensen(), quirks: ['unknown_schema'] })
    expect(strictly(body)).toContain('400 invalidValue: schemas names "urn:scim:schemas:core:1.0"')
  })

  it('R30 finds the container of the extension in any case', () => {
    expect(
      read(bjensen({ schemas: [user, enterprise], [enterprise.toUpperCase()]: { Department: 'R' } })),
    ).toEqual({ schemas: [user, enterprise], userName: 'bjensen', [enterprise]: { department: 'R' } })
    expect(refusal(() => read(bjensen({ [enterprise]: 'R' })))).toContain(
      'must be an object, but a string came',
    )
  })

  it('R32 requires an extension where the resource type does', () => {
    const type: ResourceType = { ...userType, extensions: [{ schema: enterpriseSchema, required: true }] }
    expect(refusal(() => readResource(type, bjensen(), new Leniency()))).toContain('extension')
  })
})

describe('R64 carryOver', () => {
  const before: Resource = {
    schemas: [user, enterprise],
    id: 'u1',
    externalId: 'e1',
    userName: 'bjensen',
    title: 'VP',
    active: false,
    groups: [{ value: 'g1' }],
    [enterprise]: { department: 'R' },
    meta: { resourceType: 'User' },
  }

  it('keeps what is read-only, clears what is omitted, and leaves active alone', () => {
    const after = carryOver(userType, before, read(bjensen({ displayName: 'Babs' })))
    expect(JSON.stringify(after)).toBe(
      JSON.stringify({
        schemas: [user],
        id: 'u1',
        userName: 'bjensen',
        displayName: 'Babs',
        active: false,
        groups: [{ value: 'g1' }],
        meta: { resourceType: 'User' },
      }),
    )
    expect(carryOver(userType, before, read(bjensen({ active: true }))).active).toBe(true)
  })

  it('lets what is immutable be set once, then wants it equal', () => {
    const badge = attribute('badge', 'The number on the badge.', { mutability: 'immutable' })
    const type: ResourceType = { ...userType, schema: { ...userSchema, attributes: [badge] } }
    const none: Resource = { schemas: [user], id: 'u1' }
    const seven: Resource = { ...none, badge: '7' }
    expect(carryOver(type, none, { schemas: [user], badge: '7' })).toEqual(seven)
    expect(carryOver(type, seven, { schemas: [user], badge: '7' })).toEqual(seven)
    expect(carryOver(type, seven, { schemas: [user] })).toEqual(seven)
    expect(refusal(() => carryOver(type, seven, { schemas: [user], badge: '8' }))).toBe(
      '400 mutability: badge cannot change once it is set, but another value came.',
    )
  })
})
