import { describe, expect, it } from 'vitest'
import { RegistrationError } from '../../src/scim/registration/refusal.ts'
import { readRegistration, refuseClash, resourceTypesWith } from '../../src/scim/registration.ts'
import { groupType, userType } from '../../src/scim/resource-types.ts'

const extension = {
  id: 'urn:example:schemas:1.0:User',
  name: 'Example',
  description: 'An example',
  extends: 'User',
  attributes: [{ name: 'room' }],
}
const { extends: _, ...schema } = extension
const type = {
  ...schema,
  id: 'urn:example:schemas:1.0:Thing',
  resource_type: { name: 'Thing', endpoint: '/Things', description: 'A thing' },
}

describe('readRegistration', () => {
  it('R33 reads an extension and a type of resources', () => {
    expect(readRegistration(extension)).toMatchObject({
      kind: 'extension',
      extended: 'User',
      required: false,
      schema: {
        id: extension.id,
        name: 'Example',
        description: 'An example',
        attributes: [{ name: 'room' }],
      },
    })
    expect(readRegistration({ ...extension, extends: 'Group', required: true })).toMatchObject({
      extended: 'Group',
      required: true,
    })
    expect(readRegistration(type)).toMatchObject({ kind: 'type', ...type.resource_type })
  })

  it('takes the document of /Schemas, of which what is ours is left out', () => {
    const document = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'], meta: { location: 'x' } }
    expect(readRegistration({ ...document, ...extension })).toEqual(readRegistration(extension))
  })

  it.each([
    ['id', undefined, 'required'],
    ['id', 7, 'invalid_input'],
    ['id', 'https://example.com/schema', 'invalid_input'],
    ['id', 'urn:example', 'invalid_input'],
    ['id', 'URN:example:a', 'invalid_input'],
    ['id', 'urn:example:a b', 'invalid_input'],
    ['id', 'urn:example:a"b', 'invalid_input'],
    ['id', 'urn:example:a[b]', 'invalid_input'],
    ['id', 'urn:example:a:', 'invalid_input'],
    ['id', 'urn:example:a\n', 'invalid_input'],
    ['id', 'urn:example:ä', 'invalid_input'],
    ['id', `urn:example:${'a'.repeat(200)}`, 'max_length'],
    ['id', userType.schema.id, 'unique'],
    ['id', groupType.schema.id.toLowerCase(), 'unique'],
    ['id', `${userType.schema.id}:Acme`, 'unique'],
    ['id', 'urn:ietf:params:scim:schemas:core:2.0', 'unique'],
    ['id', 'urn:ietf:params:scim:api:messages:2.0:PatchOp', 'unique'],
    ['name', undefined, 'required'],
    ['name', ' ', 'invalid_input'],
    ['name', 'x'.repeat(101), 'max_length'],
    ['name', 'a\0', 'invalid_input'],
    ['description', 7, 'invalid_input'],
    ['description', 'x'.repeat(1001), 'max_length'],
    ['attributes', [], 'required'],
    ['extends', undefined, 'required'],
    ['extends', 'Users', 'invalid_input'],
    ['extends', 7, 'invalid_input'],
    ['required', 'yes', 'invalid_input'],
  ])('refuses the %s %.50j with %s', (member, value, code) => {
    const read = () => readRegistration({ ...extension, [member]: value })
    expect(read).toThrow(RegistrationError)
    expect(read).toThrow(expect.objectContaining({ member, code }))
  })

  it.each([
    [undefined, '/Things', 'required'],
    ['my thing', '/Things', 'invalid_input'],
    ['__proto__', '/Things', 'invalid_input'],
    ['user', '/Things', 'unique'],
    ['Domain', '/Things', 'unique'],
    ['T'.repeat(61), '/Things', 'max_length'],
    ['Thing', undefined, 'required'],
    ['Thing', 'Things', 'invalid_input'],
    ['Thing', '/', 'invalid_input'],
    ['Thing', '/.search', 'invalid_input'],
    ['Thing', '/a/b', 'invalid_input'],
    ['Thing', '/a_b', 'invalid_input'],
    ['Thing', '/%2e', 'invalid_input'],
    ['Thing', '/users', 'unique'],
    ['Thing', '/Me', 'unique'],
    ['Thing', '/BULK', 'unique'],
    ['Thing', '/resourcetypes', 'unique'],
  ])('refuses the type %j at %j with %s', (name, endpoint, code) => {
    const read = () => readRegistration({ ...type, resource_type: { name, endpoint } })
    expect(read).toThrow(expect.objectContaining({ member: 'resource_type', code }))
  })

  it('refuses both uses at once, and an amount that no directory needs', () => {
    expect(() => readRegistration({ ...extension, ...type })).toThrow('got both')
    const attributes = Array.from({ length: 100 }, (_, at) => ({
      name: `a${at}`,
      description: 'x'.repeat(1000),
    }))
    expect(() => readRegistration({ ...extension, attributes })).toThrow(
      expect.objectContaining({ member: 'attributes', code: 'max_length' }),
    )
  })
})

describe('refuseClash', () => {
  const registered = [readRegistration(extension), readRegistration(type)]
  const refusalOf = (definition: object) => {
    try {
      return refuseClash(readRegistration(definition), registered)
    } catch (error) {
      return error instanceof RegistrationError ? error.member : error
    }
  }

  it('lets pass what has names of its own', () => {
    const other = {
      ...type,
      id: 'urn:example:schemas:1.0:Things',
      resource_type: { name: 'A', endpoint: '/As' },
    }
    expect(refusalOf(other)).toBeUndefined()
  })

  it('refuses a URN that is there, in any case, or that could be a path in one that is', () => {
    for (const id of [
      extension.id,
      extension.id.toUpperCase().replace('URN', 'urn').replace('EXAMPLE', 'example'),
    ])
      expect(refusalOf({ ...extension, id })).toBe('id')
    for (const id of [`${extension.id}:room`, 'urn:example:schemas'])
      expect(refusalOf({ ...extension, id })).toBe('id')
  })

  it('refuses a name and an endpoint that are there', () => {
    const id = 'urn:example:other'
    for (const resource_type of [
      { name: 'THING', endpoint: '/As' },
      { name: 'A', endpoint: '/things' },
    ])
      expect(refusalOf({ ...type, id, resource_type })).toBe('resource_type')
  })

  it('refuses more than a domain can have', () => {
    const many = Array.from({ length: 50 }, (_, at) =>
      readRegistration({ ...extension, id: `urn:example:a${at}` }),
    )
    expect(() => refuseClash(readRegistration(type), many)).toThrow('50')
  })
})

describe('resourceTypesWith', () => {
  it('R32 R33 has what there is always, extended, and what is new', () => {
    const types = resourceTypesWith([
      readRegistration({ ...extension, required: true }),
      readRegistration(type),
    ])
    expect(types.map(({ id, endpoint }) => [id, endpoint])).toEqual([
      ['User', '/Users'],
      ['Group', '/Groups'],
      ['Thing', '/Things'],
    ])
    expect(types[0]?.extensions.map(each => [each.schema.id, each.required])).toEqual([
      [userType.extensions[0]?.schema.id, false],
      [extension.id, true],
    ])
    expect(types[1]).toBe(groupType)
  })
})
