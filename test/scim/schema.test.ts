import { describe, expect, it } from 'vitest'
import { groupType, userType } from '../../src/scim/resource-types.ts'
import { findAttribute, findContainer, findPath, findTarget } from '../../src/scim/schema.ts'
import { enterpriseSchema } from '../../src/scim/schemas/enterprise.ts'
import { userSchema } from '../../src/scim/schemas/user.ts'

const named = (text: string): string | undefined => {
  const path = findPath(userType, text)
  return path && [path.extension ?? '', path.attribute.name, path.sub?.name ?? ''].join('|')
}

describe('findPath', () => {
  it('R17 finds a name in any case', () => {
    expect(named('USERNAME')).toBe('|userName|')
    expect(named('name.FamilyName')).toBe('|name|familyName')
    expect(named('meta.Created')).toBe('|meta|created')
    expect(named('externalid')).toBe('|externalId|')
  })

  it('R47 takes the URN of the core schema or of an extension in front', () => {
    expect(named(`${userSchema.id}:name.familyName`)).toBe('|name|familyName')
    expect(named(`${userSchema.id.toUpperCase()}:userName`)).toBe('|userName|')
    expect(named(`${enterpriseSchema.id}:manager.value`)).toBe(`${enterpriseSchema.id}|manager|value`)
  })

  it('knows no other names', () => {
    for (const text of ['', '.', 'name.', '.name', 'name.x', 'name.familyName.x', 'department', 'members'])
      expect(named(text)).toBeUndefined()
    for (const text of ['__proto__', 'constructor', 'toString', 'name.constructor', 'hasOwnProperty'])
      expect(named(text)).toBeUndefined()
    expect(named(`${enterpriseSchema.id}:userName`)).toBeUndefined()
    expect(named('urn:example:User:userName')).toBeUndefined()
  })
})

describe('findTarget', () => {
  it('finds a container by its URN alone', () => {
    expect(findTarget(userType, enterpriseSchema.id.toLowerCase())).toEqual({
      container: enterpriseSchema.id,
    })
    expect(findContainer(userType, userSchema.id.toUpperCase())).toBe(userSchema.id)
    expect(findContainer(groupType, enterpriseSchema.id)).toBeUndefined()
  })
})

describe('findAttribute', () => {
  it('looks where it is told', () => {
    expect(findAttribute(userType, 'Manager', enterpriseSchema.id)?.name).toBe('manager')
    expect(findAttribute(userType, 'manager')).toBeUndefined()
    expect(findAttribute(userType, 'userName', 'urn:example')).toBeUndefined()
  })
})
