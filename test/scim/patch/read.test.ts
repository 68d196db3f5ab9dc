import { describe, expect, it } from 'vitest'
import { readPatch } from '../../../src/scim/patch.ts'
import { Leniency } from '../../../src/scim/quirks.ts'
import { groupType } from '../../../src/scim/resource-types.ts'
import { asBody, barbara, core, enterprise, expectRefusal, patch, read } from '../patching.ts'

// Nothing here has a resource at hand: every refusal comes before any look-up, so that it wins over a 404 (R75).

describe('RFC 7644 §3.5.2: paths', () => {
  it.each([
    '',
    ' ',
    'nonsense',
    'name.nonsense',
    'name.givenName.more',
    'emails[',
    'emails[type eq "work"',
    'emails[type eq "work"].nonsense',
    'emails[nonsense eq "work"]',
    'emails[type eq "work"]value',
    'emails[]',
    'displayName[value eq "x"]',
    'title eq "x"',
    'emails[type zz "work"]',
    '__proto__',
    'constructor',
    'constructor.prototype',
    'name.__proto__',
    'emails[__proto__ eq "x"]',
    'urn:nobody:knows:User:title',
    `${core}:nonsense`,
    `${enterprise}:toString`,
  ])('R75 refuses the path %j with invalidPath', path => {
    for (const op of ['add', 'replace', 'remove'])
      expectRefusal(() => read({ op, path, value: 'x' }), 'invalidPath')
  })

  it('R75 repeats the unknown name in the refusal', () => {
    expect(() => read({ op: 'add', path: 'nickname2', value: 'x' })).toThrow(/nickname2/)
  })

  it('R75 survives brackets nested ten thousand deep', () => {
    const path = `emails[${'('.repeat(10_000)}`
    expectRefusal(() => read({ op: 'add', path, value: 'x' }), 'invalidPath')
  })

  it.each(['active', 'ACTIVE', `${core}:active`, `${core.toUpperCase()}:Active`])(
    'R17 finds the attribute by %s',
    path => {
      const [operation] = read({ op: 'replace', path, value: false }, new Leniency('strict'))
      expect(operation).toMatchObject({ place: { attribute: { name: 'active' } } })
    },
  )
})

describe('RFC 7644 §3.5.2: values', () => {
  it.each([
    ['active', 'yes'],
    ['active', 1],
    ['displayName', 7],
    ['displayName', { a: 1 }],
    ['displayName', ['a', 'b']],
    ['displayName', 'with \u0000'],
    ['displayName', 'half \ud800'],
    ['name', 'Barbara Jensen'],
    ['name', { givenName: 7 }],
    ['name.givenName', false],
    ['emails', 7],
    ['emails', [7]],
    ['emails', [{ value: { deep: 1 } }]],
    ['emails', [{ value: 'x', primary: 'maybe' }]],
    ['emails[type eq "work"]', [{ value: 'a' }, { value: 'b' }]],
    ['emails[type eq "work"].value', 7],
    [core, 'text'],
    [enterprise, ['list']],
    [`${enterprise}:manager`, 7],
  ])('R75 refuses, at %s, the value %j with invalidValue', (path, value) => {
    for (const op of ['add', 'replace']) expectRefusal(() => read({ op, path, value }), 'invalidValue')
  })

  it('R75 refuses add and replace without a value', () => {
    for (const op of ['add', 'replace']) {
      expectRefusal(() => read({ op, path: 'title' }), 'invalidValue')
      expectRefusal(() => read({ op }), 'invalidValue')
    }
  })

  it.each([null, 'text', 7, true, ['a']])('R75 refuses the path-less value %j', value => {
    expectRefusal(() => read({ op: 'replace', value }), 'invalidValue')
  })

  it('R21 refuses two primaries in one value when strict', () => {
    const value = ['a', 'b'].map(each => ({ value: each, primary: true }))
    expectRefusal(() => read({ op: 'add', path: 'emails', value }, new Leniency('strict')), 'invalidValue')
  })

  it('R75 refuses more values in one attribute than anybody has', () => {
    const value = Array.from({ length: 1_001 }, (_, at) => ({ value: `role${at}` }))
    expectRefusal(() => read({ op: 'add', path: 'roles', value }), 'invalidValue')
    const [first, ...rest] = value
    const full = patch(barbara, [{ op: 'add', path: 'roles', value: rest }])
    expectRefusal(() => patch(full, [{ op: 'add', path: 'roles', value: [first] }]), 'invalidValue')
  })
})

describe('RFC 7644 §3.5.2: hostile input', () => {
  const hostile = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":"x"}'

  it('R52 leaves Object.prototype alone and drops such keys', () => {
    const value: unknown = JSON.parse(hostile)
    const nested: unknown = JSON.parse(`{"name":${hostile},"emails":[${hostile}],"${enterprise}":${hostile}}`)
    expect(patch(barbara, [{ op: 'add', value }])).toBe(barbara)
    expect(patch(barbara, [{ op: 'add', value: nested }])).toBe(barbara)
    expect(patch(barbara, [{ op: 'add', path: 'name', value }])).toBe(barbara)
    expect(Object.keys(Object.prototype)).toEqual([])
    expect({}).not.toHaveProperty('polluted')
  })

  it('R52 refuses such keys when strict', () => {
    const value: unknown = JSON.parse('{"__proto__":{"polluted":1}}')
    expectRefusal(() => read({ op: 'add', value }, new Leniency('strict')), 'invalidPath')
  })

  it('is not impressed by a value nested ten thousand deep', () => {
    let value: unknown = 'x'
    for (let depth = 0; depth < 10_000; depth += 1) value = { [core]: value, name: value, emails: [value] }
    expectRefusal(() => read({ op: 'add', path: 'displayName', value }), 'invalidValue')
    expect(patch(barbara, [{ op: 'add', value }])).toBe(barbara)
    let container: unknown = { title: 'x' }
    for (let depth = 0; depth < 10_000; depth += 1) container = { [core]: container }
    expect(read({ op: 'add', value: container })).toEqual([])
  })

  it('reads a large request in little time', () => {
    const value = Array.from({ length: 60 }, (_, at) => ({ value: `r${at}`, type: 'x' }))
    const operations = Array.from({ length: 1_000 }, () => ({ op: 'add', path: 'roles', value }))
    const begun = performance.now()
    expect(patch(barbara, operations).roles).toHaveLength(60)
    expect(performance.now() - begun).toBeLessThan(3_000)
  })
})

describe('RFC 7643 §4.2: groups', () => {
  it('R74 reads the rename that Okta sends with the id in it', () => {
    const body = asBody({ op: 'replace', value: { id: 'abc', displayName: 'Sales' } })
    expect(readPatch(groupType, body, new Leniency())).toMatchObject([
      { place: { attribute: { name: 'displayName' } }, change: { kind: 'set', value: 'Sales' } },
    ])
  })
})
