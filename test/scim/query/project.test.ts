import { describe, expect, it } from 'vitest'
import { ScimError } from '../../../src/scim/errors.ts'
import { project, readProjection } from '../../../src/scim/query/project.ts'
import type { Resource } from '../../../src/scim/resource.ts'
import { userType } from '../../../src/scim/resource-types.ts'
import { attribute, type ResourceType } from '../../../src/scim/schema.ts'
import { enterpriseSchema } from '../../../src/scim/schemas/enterprise.ts'
import { userSchema } from '../../../src/scim/schemas/user.ts'

const user = userSchema.id
const enterprise = enterpriseSchema.id

const full: Resource = {
  schemas: [user, enterprise],
  id: 'u1',
  externalId: 'e1',
  userName: 'bjensen',
  name: { familyName: 'Jensen', givenName: 'Barbara' },
  password: 'geheim',
  emails: [
    { value: 'b@example.com', type: 'work', primary: true },
    { value: 'babs@jensen.org', type: 'home' },
  ],
  [enterprise]: { department: 'R', manager: { value: '26', displayName: 'John' } },
  meta: { resourceType: 'User', version: 'W/"1"' },
}
const always = { schemas: full.schemas, id: 'u1' }

const only = (attributes: string) => project(userType, full, readProjection(userType, { attributes }))
const without = (excludedAttributes: string) =>
  project(userType, full, readProjection(userType, { excludedAttributes }))

describe('project', () => {
  it('R24 R26 shows everything but what is never returned, in the order of the schema', () => {
    const { password: _, ...shown } = full
    expect(JSON.stringify(project(userType, full))).toBe(JSON.stringify(shown))
    expect(only('password')).toEqual(always)
  })

  it('R13 R56 keeps schemas and id whatever is asked for', () => {
    expect(only('userName')).toEqual({ ...always, userName: 'bjensen' })
    expect(only('nothingKnown')).toEqual(always)
    expect(without('id,schemas,USERNAME')).toMatchObject(always)
    expect(without('id,schemas,USERNAME')).not.toHaveProperty('userName')
  })

  it('R56 takes dotted names, in any case and among spaces', () => {
    expect(only('NAME.familyname, emails.value')).toEqual({
      ...always,
      name: { familyName: 'Jensen' },
      emails: [{ value: 'b@example.com' }, { value: 'babs@jensen.org' }],
    })
    expect(without('name.familyName,emails.type')).toMatchObject({
      name: { givenName: 'Barbara' },
      emails: [{ value: 'b@example.com', primary: true }, { value: 'babs@jensen.org' }],
    })
    expect(only('meta.version')).toEqual({ ...always, meta: { version: 'W/"1"' } })
  })

  it('R56 takes names with their URN, URNs alone, and the bare names of an extension', () => {
    expect(only(`${user}:name.givenName`)).toEqual({ ...always, name: { givenName: 'Barbara' } })
    expect(only(enterprise)).toEqual({ ...always, [enterprise]: full[enterprise] })
    expect(only(`${enterprise}:manager.value`)).toEqual({
      ...always,
      [enterprise]: { manager: { value: '26' } },
    })
    expect(only('department')).toEqual({ ...always, [enterprise]: { department: 'R' } })
    expect(without(enterprise)).not.toHaveProperty(enterprise)
    expect(Object.keys(without(user))).toEqual(['schemas', 'id', 'externalId', enterprise, 'meta'])
  })

  it('R56 reads past the filter of a value path', () => {
    expect(only('emails[type eq "work, or home"].value,userName')).toEqual({
      ...always,
      userName: 'bjensen',
      emails: [{ value: 'b@example.com' }, { value: 'babs@jensen.org' }],
    })
  })

  it('takes the whole where the whole and a part are named', () => {
    for (const names of ['name,name.familyName', 'name.familyName,name'])
      expect(only(names)).toEqual({ ...always, name: full.name })
    expect(only('name.familyName,name.givenName').name).toEqual(full.name)
  })

  it('shows no empty shell where nothing asked for is there', () => {
    expect(only('name.middleName,emails.display')).toEqual(always)
  })

  it('R24 shows what is returned on request only when it is asked for', () => {
    const badge = attribute('badge', 'The number on the badge.', { returned: 'request' })
    const type: ResourceType = { ...userType, schema: { ...userSchema, attributes: [badge] } }
    const resource: Resource = { schemas: [user], id: 'u1', badge: '7' }
    expect(project(type, resource)).not.toHaveProperty('badge')
    expect(project(type, resource, readProjection(type, { excludedAttributes: 'meta' }))).not.toHaveProperty(
      'badge',
    )
    expect(project(type, resource, readProjection(type, { attributes: 'badge' }))).toEqual(resource)
  })
})

describe('readProjection', () => {
  it('asks for nothing when nothing is named', () => {
    expect(readProjection(userType, {})).toBeUndefined()
    expect(readProjection(userType, { attributes: '', excludedAttributes: ' , ' })).toBeUndefined()
  })

  it('R56 refuses both lists together', () => {
    const both = () => readProjection(userType, { attributes: 'id', excludedAttributes: 'name' })
    expect(both).toThrow(ScimError)
    expect(both).toThrow('attributes or excludedAttributes may be given, but both came.')
  })
})
