import { describe, expect, it } from 'vitest'
import { isLabel, isPersonal, maskValue, namesOf } from '../../../src/scim/mask/personal.ts'

describe('isPersonal', () => {
  it('knows the names that tell who somebody is, at any depth', () => {
    for (const path of ['userName', 'NAME.givenName', 'emails[type eq "work"].value', 'manager.displayName'])
      expect(isPersonal(namesOf(path))).toBe(true)
    for (const path of ['urn:a:2.0:User:displayName', 'members.display', 'members[value eq "1"].display'])
      expect(isPersonal(namesOf(path))).toBe(true)
    for (const path of ['firstName', 'Email', 'userPrincipalName', 'givenName'])
      expect(isPersonal(namesOf(path))).toBe(true)
    for (const path of [
      'id',
      'externalId',
      'groups.display',
      'roles.value',
      'meta.location',
      'members.value',
    ])
      expect(isPersonal(namesOf(path))).toBe(false)
  })
})

describe('isLabel', () => {
  it('knows the canonical words of a type, and takes no other word for one', () => {
    expect(isLabel('type', 'work')).toBe(true)
    expect(isLabel('type', 'Barbara')).toBe(false)
    expect(isLabel('value', 'work')).toBe(false)
  })
})

describe('maskValue', () => {
  it('keeps the first and last character, and of an address its domain', () => {
    expect(['bjensen', 'Bob', 'Bo', 'B', ''].map(maskValue)).toEqual(['b***n', 'B***b', '***', '***', '***'])
    expect(maskValue('bjensen@example.com')).toBe('b***n@example.com')
    expect(maskValue('bo@example.com')).toBe('***@example.com')
    expect(maskValue('Barbara <b@example.com>')).toBe('B***>')
  })

  it('cuts no character in two', () => {
    expect(maskValue('😀abc😎')).toBe('😀***😎')
    expect(maskValue('a😎')).toBe('a***😎')
  })
})
