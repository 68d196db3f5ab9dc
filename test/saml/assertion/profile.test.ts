import { describe, expect, it } from 'vitest'
import { readEmail } from '../../../src/saml/assertion/email.ts'
import { type AttributeNames, readProfile } from '../../../src/saml/assertion/profile.ts'

const nobody = { value: '00u1x', format: null }
const identity = (attributes: Record<string, string[]>, names: AttributeNames = {}, nameId = nobody) => ({
  attributes: new Map(Object.entries(attributes)),
  names,
  nameId,
})

describe('profile: the names of attributes', () => {
  it.each([
    ...['email', 'Email', 'EMAIL', 'mail', 'emailAddress', 'user.email'],
    'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
    'urn:oid:0.9.2342.19200300.100.1.3',
    'urn:mace:dir:attribute-def:mail',
  ])('finds the e-mail address in %s', name => {
    expect(readEmail(identity({ [name]: ['Ada@Acme.test'] }))).toBe('ada@acme.test')
  })

  it.each([
    ['firstName', ['first_name', 'FIRST_NAME', 'firstName', 'givenName', 'urn:oid:2.5.4.42']],
    ['lastName', ['last_name', 'LAST_NAME', 'lastName', 'sn', 'surname', 'urn:oid:2.5.4.4']],
    ['fullName', ['full_name', 'FULL_NAME', 'fullName', 'displayName', 'urn:oid:2.5.4.3']],
  ])('finds %s in each of its names', (field, names) => {
    for (const name of names)
      expect(readProfile(identity({ [name]: ['Ada'] }))).toMatchObject({ [field]: 'Ada' })
  })

  it('compares names exactly and takes the first that has a value', () => {
    expect(readProfile(identity({ FirstName: ['Ada'] })).firstName).toBeNull()
    expect(readProfile(identity({ givenName: ['Ada'], first_name: ['Augusta'] })).firstName).toBe('Augusta')
    expect(readProfile(identity({ givenName: ['Ada'], first_name: [' '] })).firstName).toBe('Ada')
    expect(readEmail(identity({ mail: ['ada@acme.test'], email: [''] }))).toBe('ada@acme.test')
  })

  it('looks at what the domain has mapped first', () => {
    const attributes = { upn: ['ada@acme.test'], email: ['a.lovelace@acme.test'] }
    expect(readEmail(identity(attributes, { email: 'upn' }))).toBe('ada@acme.test')
    expect(readEmail(identity(attributes, { email: ['missing', 'upn'] }))).toBe('ada@acme.test')
    expect(readEmail(identity(attributes, { email: 'missing' }))).toBe('a.lovelace@acme.test')
    expect(readProfile(identity({ team: ['a', 'b', 'a '] }, { groups: 'team' })).groups).toEqual(['a', 'b'])
  })

  it('takes no address for a full name, and no name that is out of all proportion', () => {
    const claim = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name'
    expect(readProfile(identity({ [claim]: ['ada@acme.test'] })).fullName).toBeNull()
    expect(readProfile(identity({ [claim]: ['Ada Lovelace'] })).fullName).toBe('Ada Lovelace')
    expect(readProfile(identity({ sn: ['x'.repeat(201)] })).lastName).toBeNull()
    expect(readProfile(identity({ sn: [' van\n der  Berg '] })).lastName).toBe('van der Berg')
  })
})
