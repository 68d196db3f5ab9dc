import { describe, expect, it } from 'vitest'
import { addressesOf, identityOf } from '../../../src/provision/people/identity.ts'

const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User']

describe('identity', () => {
  it('has the primary address, else the first, else a userName that is one', () => {
    const emails = [{ value: 'first@acme.test' }, { value: 'Work@acme.test', type: 'work', primary: true }]
    expect(identityOf({ schemas, userName: 'x', emails }).address).toBe('work@acme.test')
    expect(
      identityOf({ schemas, userName: 'x', emails: [{ value: 'a@b.test' }, { value: 'c@d.test' }] }).address,
    ).toBe('a@b.test')
    expect(identityOf({ schemas, userName: 'Ada@Acme.test' }).address).toBe('ada@acme.test')
    for (const userName of ['ada', 'ada@', '@acme.test', 'a@b@c.test', 'ada@localhost', 'ada@[127.0.0.1]']) {
      expect([userName, identityOf({ schemas, userName }).address]).toEqual([userName, undefined])
    }
  })

  it('passes over values that are no addresses', () => {
    const emails = [{ primary: true }, { value: 'nowhere' }, { value: 'ada@acme.test' }]
    expect(identityOf({ schemas, userName: 'x', emails }).address).toBe('ada@acme.test')
  })

  it('has the names of `name`, else of the display name', () => {
    const names = (resource: object) => {
      const { firstName, lastName } = identityOf({ schemas, userName: 'x', ...resource })
      return [firstName, lastName]
    }
    expect(names({ name: { givenName: 'Ada', familyName: 'Byron' }, displayName: 'No' })).toEqual([
      'Ada',
      'Byron',
    ])
    expect(names({ name: { familyName: 'Byron' }, displayName: 'No' })).toEqual(['', 'Byron'])
    expect(names({ displayName: 'Ada King Byron' })).toEqual(['Ada', 'King Byron'])
    expect(names({ name: { formatted: 'Ada' } })).toEqual(['Ada', ''])
    expect(names({})).toEqual(['', ''])
  })

  it('is active unless the resource says false', () => {
    expect(identityOf({ schemas }).isActive).toBe(true)
    expect(identityOf({ schemas, active: false }).isActive).toBe(false)
  })

  it('lists every address once, lower-cased', () => {
    const emails = [
      { value: 'A@b.test', type: 'work' },
      { value: 'a@B.test', type: 'home' },
      { type: 'other' },
      { value: 'c@d.test' },
    ]
    expect(addressesOf({ schemas, emails })).toEqual(['a@b.test', 'c@d.test'])
  })
})
