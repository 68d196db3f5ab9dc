import { describe, expect, it } from 'vitest'
import { applyPatch, readPatch } from '../../src/scim/patch.ts'
import { Leniency } from '../../src/scim/quirks.ts'
import type { Resource } from '../../src/scim/resource.ts'
import { userType } from '../../src/scim/resource-types.ts'
import { attribute, type ResourceType } from '../../src/scim/schema.ts'
import { asBody, barbara, bare, core, enterprise, expectRefusal, patch, patchStrictly } from './patching.ts'

/** A resource type with one immutable attribute; no schema of the RFC has one at the top. */
const badgeType: ResourceType = {
  ...userType,
  schema: {
    ...userType.schema,
    attributes: [
      ...userType.schema.attributes,
      attribute('badge', 'The number on the badge.', { mutability: 'immutable' }),
    ],
  },
}

function patchBadge(resource: Resource, operations: unknown[]): Resource {
  const leniency = new Leniency('strict')
  return applyPatch(badgeType, resource, readPatch(badgeType, asBody(...operations), leniency), leniency)
}

describe('RFC 7644 §3.5.2: the whole request', () => {
  it('R67 gives back the very same resource when nothing changed', () => {
    const same = patchStrictly(barbara, [
      { op: 'replace', path: 'active', value: true },
      { op: 'replace', path: 'name', value: { givenName: 'Barbara' } },
      { op: 'add', path: 'emails', value: [{ value: 'babs@jensen.org', type: 'home' }] },
      { op: 'replace', path: 'title', value: 'Boss' },
      { op: 'remove', path: 'title' },
    ])
    expect(same).toBe(barbara)
  })

  it('R67 leaves the resource whole when a later operation fails', () => {
    const before = structuredClone(barbara)
    const operations = [
      { op: 'remove', path: 'emails' },
      { op: 'replace', path: 'displayName', value: 'Changed' },
      { op: 'replace', path: 'phoneNumbers[type sw "w"].value', value: '1' },
    ]
    expectRefusal(() => patch(barbara, operations), 'noTarget')
    expect(barbara).toEqual(before)
  })

  it('R67 lets each operation see what the ones before it did', () => {
    const after = patchStrictly(bare, [
      { op: 'add', path: 'emails', value: [{ value: 'a@example.com', type: 'work' }] },
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'b@example.com' },
      { op: 'add', path: 'emails[value eq "b@example.com"].display', value: 'B' },
    ])
    expect(after.emails).toEqual([{ value: 'b@example.com', type: 'work', display: 'B' }])
  })

  it('says which operation was wrong', () => {
    const body = asBody({ op: 'remove', path: 'title' }, { op: 'replace', path: 'nonsense', value: 1 })
    expect(() => readPatch(userType, body, new Leniency())).toThrow(/^Operation 2: .*nonsense/)
  })
})

describe('RFC 7644 §3.5.2.1: add', () => {
  it('R69 merges an object without a path into the resource', () => {
    const value = { title: 'Tour Guide', name: { givenName: 'Babs' }, emails: [{ value: 'c@example.com' }] }
    const after = patchStrictly(barbara, [{ op: 'add', value }])
    expect(after).toMatchObject({
      title: 'Tour Guide',
      name: { familyName: 'Jensen', givenName: 'Babs', middleName: 'Jane' },
      emails: [{ type: 'work' }, { type: 'home' }, { value: 'c@example.com' }],
    })
  })

  it('R69 replaces a single value', () => {
    expect(patchStrictly(barbara, [{ op: 'add', path: 'displayName', value: 'B' }]).displayName).toBe('B')
  })

  it('R69 appends to a list and adds nothing that is there', () => {
    const value = [
      { value: 'BJENSEN@example.com', type: 'work' },
      { value: 'new@example.com', type: 'work' },
      { value: 'new@example.com', type: 'work' },
    ]
    const after = patchStrictly(barbara, [{ op: 'add', path: 'emails', value }])
    expect(after.emails).toEqual([
      { value: 'bjensen@example.com', type: 'work', primary: true },
      { value: 'babs@jensen.org', type: 'home' },
      { value: 'new@example.com', type: 'work' },
    ])
  })

  it('R69 adds no second address that says the same', () => {
    const value = [{ type: 'work', locality: 'Hollywood', streetAddress: '100 Universal City Plaza' }]
    expect(patchStrictly(barbara, [{ op: 'add', path: 'addresses', value }])).toBe(barbara)
  })

  it('R69 gives a sub-attribute to every element when no filter chooses', () => {
    const after = patchStrictly(barbara, [{ op: 'add', path: 'emails.display', value: 'mail' }])
    expect(after.emails).toMatchObject([{ display: 'mail' }, { display: 'mail' }])
  })

  it('R69 merges into the elements that a filter chooses', () => {
    const path = 'emails[type eq "home"]'
    const after = patchStrictly(barbara, [{ op: 'add', path, value: { display: 'at home' } }])
    expect(after.emails).toMatchObject([{}, { value: 'babs@jensen.org', type: 'home', display: 'at home' }])
  })

  it('R69 treats an absent sub-attribute of an absent list as a new element', () => {
    const after = patchStrictly(bare, [{ op: 'add', path: 'emails.value', value: 'a@example.com' }])
    expect(after.emails).toEqual([{ value: 'a@example.com' }])
  })
})

describe('RFC 7644 §3.5.2.3: replace', () => {
  it('R70 merges an object without a path', () => {
    const after = patchStrictly(barbara, [{ op: 'replace', value: { active: false, nickName: 'B' } }])
    expect(after).toEqual({ ...barbara, active: false, nickName: 'B' })
  })

  it('R70 replaces a list as a whole, with a path and without', () => {
    const emails = [{ value: 'only@example.com', type: 'other' }]
    expect(patchStrictly(barbara, [{ op: 'replace', path: 'emails', value: emails }]).emails).toEqual(emails)
    expect(patchStrictly(barbara, [{ op: 'replace', value: { emails } }]).emails).toEqual(emails)
  })

  it('R70 merges into a complex value and keeps the parts that are not mentioned', () => {
    const after = patchStrictly(barbara, [{ op: 'replace', path: 'name', value: { familyName: 'Smith' } }])
    expect(after.name).toEqual({ familyName: 'Smith', givenName: 'Barbara', middleName: 'Jane' })
  })

  it('R70 replaces the chosen element as a whole', () => {
    const value = { value: 'x@example.com', type: 'work' }
    const after = patchStrictly(barbara, [{ op: 'replace', path: 'emails[type eq "work"]', value }])
    expect(after.emails).toEqual([value, { value: 'babs@jensen.org', type: 'home' }])
  })

  it('R70 sets a filtered sub-attribute on every match', () => {
    const path = 'emails[value co "jensen"].type'
    const after = patchStrictly(barbara, [{ op: 'replace', path, value: 'other' }])
    expect(after.emails).toMatchObject([{ type: 'other' }, { type: 'other' }])
  })

  it('R70 adds what is absent', () => {
    const after = patchStrictly(bare, [
      { op: 'replace', path: 'title', value: 'Boss' },
      { op: 'replace', path: 'name.givenName', value: 'B' },
      { op: 'replace', path: 'roles', value: [{ value: 'admin' }] },
    ])
    expect(after).toEqual({ ...bare, title: 'Boss', name: { givenName: 'B' }, roles: [{ value: 'admin' }] })
  })

  it('drops the reference to a manager who was replaced, and keeps it when only the same value came', () => {
    const path = `${enterprise}:manager.value`
    const other = patchStrictly(barbara, [{ op: 'replace', path, value: '99' }])
    expect(other[enterprise]).toEqual({ employeeNumber: '701984', manager: { value: '99' } })
    expect(patchStrictly(barbara, [{ op: 'replace', path, value: '26118915' }])).toBe(barbara)
  })
})

describe('RFC 7644 §3.5.2.3: replace without a match', () => {
  const missing = { op: 'replace', path: 'phoneNumbers[type eq "mobile"].value', value: '+1' }

  it('R71 refuses in the strict profile with noTarget', () => {
    expectRefusal(() => patchStrictly(barbara, [missing]), 'noTarget')
  })

  it('R71 creates the element that the filter describes, and later operations find it', () => {
    const leniency = new Leniency()
    const display = { op: 'Add', path: 'phoneNumbers[type eq "mobile"].display', value: 'cell' }
    const after = patch(barbara, [missing, display], leniency)
    expect(after.phoneNumbers).toEqual([{ type: 'mobile', value: '+1', display: 'cell' }])
    expect(leniency.noted).toContain('missing_element_created')
  })

  it('R71 creates the element for a whole value too, and for add', () => {
    const path = 'addresses[type eq "home" and primary eq true]'
    const after = patch(barbara, [{ op: 'add', path, value: { country: 'US' } }])
    expect(after.addresses).toMatchObject([{ type: 'work' }, { type: 'home', primary: true, country: 'US' }])
  })

  it.each(['type sw "m"', 'type eq "a" or type eq "b"', 'not (type eq "a")', 'type eq "a" and type eq "b"'])(
    'R71 refuses with noTarget where the filter [%s] describes no one element',
    filter => {
      const operation = { op: 'replace', path: `ims[${filter}].value`, value: 'x' }
      expectRefusal(() => patch(barbara, [operation]), 'noTarget')
    },
  )

  it('R71 creates nothing when the value is null', () => {
    expect(patch(barbara, [{ ...missing, value: null }])).toBe(barbara)
    expectRefusal(() => patchStrictly(barbara, [{ ...missing, value: null }]), 'noTarget')
  })
})

describe('RFC 7644 §3.5.2.2: remove', () => {
  it('R72 refuses a remove without a path with noTarget', () => {
    expectRefusal(() => patch(barbara, [{ op: 'remove' }]), 'noTarget')
    expectRefusal(() => patch(barbara, [{ op: 'remove', value: { title: 'x' } }]), 'noTarget')
  })

  it('R72 removes an attribute, a part, a list and the chosen elements', () => {
    const after = patchStrictly(barbara, [
      { op: 'remove', path: 'displayName' },
      { op: 'remove', path: 'name.middleName' },
      { op: 'remove', path: 'addresses' },
      { op: 'remove', path: 'emails[type eq "home"]' },
    ])
    const { displayName, addresses, ...rest } = barbara
    expect(after).toEqual({
      ...rest,
      name: { familyName: 'Jensen', givenName: 'Barbara' },
      emails: [{ value: 'bjensen@example.com', type: 'work', primary: true }],
    })
  })

  it('R72 removes a part of the chosen elements, or of all', () => {
    const one = patchStrictly(barbara, [{ op: 'remove', path: 'emails[type eq "work"].primary' }])
    expect(one.emails).toMatchObject([{ value: 'bjensen@example.com', type: 'work' }, { type: 'home' }])
    const all = patchStrictly(barbara, [{ op: 'remove', path: 'emails.type' }])
    expect(all.emails).toEqual([
      { value: 'bjensen@example.com', primary: true },
      { value: 'babs@jensen.org' },
    ])
  })

  it('R72 finds no match: noTarget when strict, nothing to do otherwise', () => {
    const operation = { op: 'remove', path: 'emails[type eq "other"]' }
    expectRefusal(() => patchStrictly(barbara, [operation]), 'noTarget')
    const leniency = new Leniency()
    expect(patch(barbara, [operation], leniency)).toBe(barbara)
    expect(leniency.noted).toContain('missing_element_removed')
  })

  it('R72 leaves an attribute unassigned when its last element or part goes', () => {
    const after = patchStrictly(barbara, [
      { op: 'remove', path: 'addresses[type eq "work"]' },
      { op: 'remove', path: 'name.familyName' },
      { op: 'remove', path: 'name.givenName' },
      { op: 'remove', path: 'name.middleName' },
    ])
    expect(after).not.toHaveProperty('addresses')
    expect(after).not.toHaveProperty('name')
  })

  it('R72 drops the URN of an extension that became empty', () => {
    const paths = [`${enterprise}:employeeNumber`, `${enterprise}:manager`]
    const after = patchStrictly(
      barbara,
      paths.map(path => ({ op: 'remove', path })),
    )
    expect(after.schemas).toEqual([core])
    expect(after).not.toHaveProperty([enterprise])
  })

  it('R72 removes a whole extension by its URN, or by null', () => {
    const expected = patchStrictly(barbara, [{ op: 'remove', path: enterprise }])
    expect(expected.schemas).toEqual([core])
    expect(expected).not.toHaveProperty([enterprise])
    expect(patchStrictly(barbara, [{ op: 'replace', value: { [enterprise]: null } }])).toEqual(expected)
    expect(patchStrictly(barbara, [{ op: 'replace', path: enterprise, value: null }])).toEqual(expected)
  })
})

describe('RFC 7643 §2.4: primary', () => {
  const flipped = [
    { value: 'bjensen@example.com', type: 'work', primary: false },
    { value: 'babs@jensen.org', type: 'home', primary: true },
  ]

  it.each([
    { op: 'replace', path: 'emails[type eq "home"].primary', value: true },
    { op: 'add', path: 'emails[type eq "home"]', value: { primary: true } },
    { op: 'add', path: 'emails', value: [{ value: 'babs@jensen.org', type: 'home', primary: true }] },
    { op: 'add', value: { emails: [{ value: 'babs@jensen.org', type: 'home', primary: true }] } },
  ])('R73 makes every other value not primary: $op $path', operation => {
    expect(patchStrictly(barbara, [operation]).emails).toEqual(flipped)
  })

  it('R73 flips for a new element', () => {
    const value = [{ value: 'new@example.com', primary: true }]
    const after = patchStrictly(barbara, [{ op: 'add', path: 'emails', value }])
    expect(after.emails).toMatchObject([{ primary: false }, {}, { value: 'new@example.com', primary: true }])
  })

  it('R73 keeps the last when one operation marks several, and refuses that when strict', () => {
    const operation = { op: 'replace', path: 'emails.primary', value: true }
    const plain = { ...bare, emails: [{ value: 'a@example.com' }, { value: 'b@example.com' }] }
    expect(patch(plain, [operation]).emails).toMatchObject([{ primary: false }, { primary: true }])
    expectRefusal(() => patchStrictly(plain, [operation]), 'invalidValue')
  })
})

describe('RFC 7643 §2.2: mutability', () => {
  it.each([
    'id',
    'meta',
    'meta.created',
    'groups',
    'groups[value eq "x"]',
    `${enterprise}:manager.displayName`,
  ])('R74 refuses to write %s, which is readOnly', path => {
    for (const op of ['add', 'replace', 'remove'])
      expectRefusal(() => patch(barbara, [{ op, path, value: 'x' }]), 'mutability')
  })

  it('R74 leaves readOnly keys out of a path-less value, and refuses them when strict', () => {
    const value = { id: 'other', meta: { created: 'x' }, groups: [], schemas: ['x'], title: 'Boss' }
    const leniency = new Leniency()
    expect(patch(barbara, [{ op: 'replace', value }], leniency)).toEqual({ ...barbara, title: 'Boss' })
    expect(leniency.noted).toContain('read_only_in_value')
    expectRefusal(() => patchStrictly(barbara, [{ op: 'replace', value: { id: 'other' } }]), 'mutability')
  })

  it('R72 refuses to remove what is required', () => {
    expectRefusal(() => patch(barbara, [{ op: 'remove', path: 'userName' }]), 'mutability')
    expectRefusal(() => patch(barbara, [{ op: 'remove', path: 'schemas' }]), 'mutability')
    expectRefusal(() => patch(barbara, [{ op: 'remove', path: core }]), 'mutability')
  })

  it('R74 lets an immutable attribute be set once and never changed or removed', () => {
    const set = [{ op: 'add', path: 'badge', value: '1' }]
    const once = patchBadge({ ...bare }, set)
    expect(once).toMatchObject({ badge: '1' })
    expect(patchBadge(once, set)).toBe(once)
    expectRefusal(() => patchBadge(once, [{ op: 'replace', path: 'badge', value: '2' }]), 'mutability')
    expectRefusal(() => patchBadge(once, [{ op: 'remove', path: 'badge' }]), 'mutability')
  })

  it('takes a password and never keeps it', () => {
    expect(patchStrictly(barbara, [{ op: 'replace', path: 'password', value: 'hunter2' }])).toBe(barbara)
  })
})

describe('RFC 7643 §2.5: null', () => {
  it.each([
    ['replace', 'name.familyName'],
    ['add', 'displayName'],
    ['replace', 'emails'],
    ['add', 'emails'],
    ['add', `${enterprise}:manager`],
    ['replace', 'addresses[type eq "work"].locality'],
    ['replace', 'emails[type eq "home"]'],
  ])('R76 clears with a null value as a remove does: %s %s', (op, path) => {
    const expected = patchStrictly(barbara, [{ op: 'remove', path }])
    expect(expected).not.toEqual(barbara)
    expect(patchStrictly(barbara, [{ op, path, value: null }])).toEqual(expected)
  })

  it('R76 clears only the sub-attribute that is null inside an object', () => {
    const after = patchStrictly(barbara, [{ op: 'replace', value: { name: { middleName: null } } }])
    expect(after.name).toEqual({ familyName: 'Jensen', givenName: 'Barbara' })
    const manager = { $ref: null }
    const other = patchStrictly(barbara, [{ op: 'replace', path: `${enterprise}:manager`, value: manager }])
    expect(other[enterprise]).toEqual({ employeeNumber: '701984', manager: { value: '26118915' } })
  })

  it('R76 clears a list with an empty one under replace, and adds nothing under add', () => {
    expect(patchStrictly(barbara, [{ op: 'replace', path: 'emails', value: [] }])).not.toHaveProperty(
      'emails',
    )
    expect(patchStrictly(barbara, [{ op: 'add', path: 'emails', value: [] }])).toBe(barbara)
  })

  it('R76 refuses null for what is required', () => {
    expectRefusal(() => patch(barbara, [{ op: 'replace', path: 'userName', value: null }]), 'invalidValue')
    expectRefusal(() => patch(barbara, [{ op: 'replace', value: { userName: '' } }]), 'invalidValue')
  })
})

describe('RFC 7643 §3: schemas', () => {
  it('R77 adds the URN of an extension that a path touches', () => {
    const path = `${enterprise}:department`
    const after = patchStrictly(bare, [{ op: 'add', path, value: 'Sales' }])
    expect(after).toEqual({ ...bare, schemas: [core, enterprise], [enterprise]: { department: 'Sales' } })
  })

  it('R77 takes an extension as a key, in any case, or as a path', () => {
    const value = { department: 'Sales', manager: { value: '7' } }
    const expected = { ...bare, schemas: [core, enterprise], [enterprise]: value }
    expect(patchStrictly(bare, [{ op: 'add', value: { [enterprise]: value } }])).toEqual(expected)
    const upper = enterprise.toUpperCase()
    expect(patchStrictly(bare, [{ op: 'add', value: { [upper]: value } }])).toEqual(expected)
    expect(patchStrictly(bare, [{ op: 'replace', path: enterprise, value }])).toEqual(expected)
  })

  it('R77 merges an extension and keeps what is not mentioned', () => {
    const value = { division: 'West', employeeNumber: null }
    const after = patchStrictly(barbara, [{ op: 'replace', value: { [enterprise]: value } }])
    expect(after[enterprise]).toEqual({
      division: 'West',
      manager: { value: '26118915', $ref: '../Users/26118915' },
    })
  })

  it('R77 takes the core schema as a key or as a path', () => {
    const value = { title: 'Boss' }
    const expected = { ...barbara, title: 'Boss' }
    expect(patchStrictly(barbara, [{ op: 'add', value: { [core]: value } }])).toEqual(expected)
    expect(patchStrictly(barbara, [{ op: 'add', path: core, value }])).toEqual(expected)
    expect(patchStrictly(barbara, [{ op: 'add', path: `${core}:title`, value: 'Boss' }])).toEqual(expected)
  })

  it('R77 lets schemas be written without effect, since they follow from the content', () => {
    expect(patchStrictly(bare, [{ op: 'add', path: 'schemas', value: [enterprise] }])).toBe(bare)
    expect(patchStrictly(barbara, [{ op: 'replace', path: 'schemas', value: [core] }])).toBe(barbara)
    expectRefusal(() => patchStrictly(bare, [{ op: 'add', path: 'schemas', value: [1] }]), 'invalidValue')
  })
})
