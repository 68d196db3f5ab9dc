import { describe, expect, it } from 'vitest'
import { applyPatch, readPatch } from '../../../src/scim/patch.ts'
import { Leniency } from '../../../src/scim/quirks.ts'
import type { Resource } from '../../../src/scim/resource.ts'
import { groupType } from '../../../src/scim/resource-types.ts'
import { asBody, barbara, bare, expectRefusal, patch, patchStrictly } from '../patching.ts'

const group: Resource = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
  displayName: 'Tour Guides',
  members: [
    { value: 'a', type: 'User' },
    { value: 'b', type: 'User' },
  ],
}

function patchGroup(operations: unknown[], leniency = new Leniency()): Resource {
  const read = readPatch(groupType, asBody(...operations), leniency)
  return applyPatch(groupType, group, read, leniency)
}

describe('members of a group, as any list of complex values', () => {
  const path = 'members'

  it('R78 removes just the members that value lists', () => {
    const leniency = new Leniency()
    const value = [{ $ref: null, value: 'a' }]
    expect(patchGroup([{ op: 'Remove', path, value }], leniency).members).toEqual([
      { value: 'b', type: 'User' },
    ])
    expect(leniency.noted).toContain('remove_with_value')
  })

  it('R78 removes just the listed members when strict, too: never all of them', () => {
    const strict = new Leniency('strict')
    expect(patchGroup([{ op: 'remove', path, value: [{ value: 'a' }] }], strict).members).toHaveLength(1)
    expect(patchGroup([{ op: 'remove', path, value: [] }], strict)).toBe(group)
  })

  it('R78 clears all members with a bare remove', () => {
    expect(patchGroup([{ op: 'remove', path }])).not.toHaveProperty('members')
    expect(patchGroup([{ op: 'remove', path, value: null }])).not.toHaveProperty('members')
  })

  it('R78 takes adding a present and removing an absent member as success', () => {
    expect(patchGroup([{ op: 'add', path, value: [{ value: 'a' }] }])).toBe(group)
    expect(
      patchGroup([{ op: 'add', path, value: [{ value: 'a', display: 'A', type: 'Group' }] }]).members,
    ).toHaveLength(3)
    expect(patchGroup([{ op: 'remove', path, value: [{ value: 'z' }] }])).toBe(group)
    expect(patchGroup([{ op: 'remove', path: 'members[value eq "z"]' }])).toBe(group)
  })

  it.each(['b', { value: 'b' }, ['b'], [{ value: 'b' }]])(
    'R78 takes a member as text or object: %j',
    value => {
      expect(patchGroup([{ op: 'remove', path, value }]).members).toEqual([{ value: 'a', type: 'User' }])
    },
  )

  it('R78 does the push of Okta: one out by filter, one in by list', () => {
    const after = patchGroup([
      { op: 'remove', path: 'members[value eq "a"]' },
      { op: 'add', path, value: [{ value: 'c', display: 'c@example.com' }] },
    ])
    expect(after.members).toEqual([{ value: 'b', type: 'User' }, { value: 'c' }])
  })

  it('R70 replaces the whole membership', () => {
    const after = patchGroup([{ op: 'replace', path, value: [{ value: 'c' }] }])
    expect(after.members).toEqual([{ value: 'c' }])
  })

  it('R28 refuses to turn one member into another', () => {
    const operation = { op: 'replace', path: 'members[value eq "a"].value', value: 'c' }
    expectRefusal(() => patchGroup([operation]), 'mutability')
  })
})

describe('joining a list', () => {
  it('R22 takes over what a value that is there already says beyond that', () => {
    const value = [{ value: 'bjensen@example.com', type: 'work', display: 'office' }]
    const after = patchStrictly(barbara, [{ op: 'add', path: 'emails', value }])
    expect(after.emails).toMatchObject([{ type: 'work', primary: true, display: 'office' }, { type: 'home' }])
  })

  it('R22 keeps the same value under another type apart', () => {
    const value = [{ value: 'bjensen@example.com', type: 'other' }]
    expect(patchStrictly(barbara, [{ op: 'add', path: 'emails', value }]).emails).toHaveLength(3)
  })

  it('R22 gives a type to the value that had none', () => {
    const roles = (value: object) => ({ op: 'add', path: 'roles', value: [value] })
    const after = patchStrictly(bare, [roles({ value: 'admin' }), roles({ value: 'ADMIN', type: 'x' })])
    expect(after.roles).toEqual([{ value: 'admin', type: 'x' }])
  })
})

describe('leaving a list', () => {
  it('R78 removes by value and type where both came', () => {
    const remove = (value: object) =>
      patch(barbara, [{ op: 'remove', path: 'emails', value: [value] }]).emails
    expect(remove({ value: 'BABS@jensen.org' })).toHaveLength(1)
    expect(remove({ value: 'babs@jensen.org', type: 'home' })).toHaveLength(1)
    expect(remove({ value: 'babs@jensen.org', type: 'work' })).toHaveLength(2)
  })

  it('R78 removes what agrees in all that was said, where no value was', () => {
    const remove = (path: string, value: object) => patch(barbara, [{ op: 'remove', path, value: [value] }])
    expect(remove('addresses', { type: 'work', locality: 'Hollywood' })).not.toHaveProperty('addresses')
    expect(remove('addresses', { type: 'work', locality: 'Boston' })).toBe(barbara)
    expect(remove('emails', { type: 'home' }).emails).toHaveLength(1)
  })
})
