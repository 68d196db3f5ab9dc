import { describe, expect, it } from 'vitest'
import { enterpriseSchema } from '../../../src/scim/schemas/enterprise.ts'
import { groupSchema } from '../../../src/scim/schemas/group.ts'
import { userSchema } from '../../../src/scim/schemas/user.ts'
import { everywhere, outline } from './outline.ts'

describe('RFC 7643 §8.7.1 User', () => {
  const { attributes } = userSchema

  it('has every attribute with its parts', () => {
    expect(outline(attributes)).toEqual([
      'userName',
      'name formatted familyName givenName middleName honorificPrefix honorificSuffix',
      'displayName',
      'nickName',
      'profileUrl',
      'title',
      'userType',
      'preferredLanguage',
      'locale',
      'timezone',
      'active',
      'password',
      'emails value display type primary',
      'phoneNumbers value display type primary',
      'ims value display type primary',
      'photos value display type primary',
      'addresses formatted streetAddress locality region postalCode country type primary',
      'groups value $ref display type',
      'entitlements value display type primary',
      'roles value display type primary',
      'x509Certificates value display type primary',
    ])
  })

  it('departs from the defaults only where the RFC does', () => {
    expect(everywhere(attributes, each => each.required)).toEqual(['userName'])
    expect(everywhere(attributes, each => each.uniqueness !== 'none')).toEqual(['userName'])
    expect(everywhere(attributes, each => each.caseExact)).toEqual([])
    expect(everywhere(attributes, each => each.returned !== 'default')).toEqual(['password'])
    expect(everywhere(attributes, each => each.mutability === 'writeOnly')).toEqual(['password'])
    expect(everywhere(attributes, each => each.mutability === 'readOnly')).toEqual([
      'groups',
      'groups.value',
      'groups.$ref',
      'groups.display',
      'groups.type',
    ])
    expect(everywhere(attributes, each => each.type === 'reference')).toEqual([
      'profileUrl',
      'photos.value',
      'groups.$ref',
    ])
    expect(everywhere(attributes, each => each.type === 'binary')).toEqual(['x509Certificates.value'])
    expect(everywhere(attributes, each => each.type === 'boolean')).toEqual([
      'active',
      'emails.primary',
      'phoneNumbers.primary',
      'ims.primary',
      'photos.primary',
      'addresses.primary',
      'entitlements.primary',
      'roles.primary',
      'x509Certificates.primary',
    ])
  })

  it('R20 has nothing complex inside complex, and parts exactly where it is complex', () => {
    for (const schema of [userSchema, enterpriseSchema, groupSchema])
      for (const each of schema.attributes) {
        expect(each.subAttributes !== undefined).toBe(each.type === 'complex')
        expect(each.subAttributes?.some(sub => sub.type === 'complex') ?? false).toBe(false)
      }
  })

  it('R86 describes every attribute, and says to what a reference refers', () => {
    for (const schema of [userSchema, enterpriseSchema, groupSchema]) {
      expect(everywhere(schema.attributes, each => each.description.length < 15)).toEqual([])
      expect(
        everywhere(
          schema.attributes,
          each => (each.type === 'reference') !== (each.referenceTypes !== undefined),
        ),
      ).toEqual([])
    }
  })
})
