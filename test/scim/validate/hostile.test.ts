import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ScimError } from '../../../src/scim/errors.ts'
import { Leniency } from '../../../src/scim/quirks.ts'
import { isObject, type Json, type Resource } from '../../../src/scim/resource.ts'
import { groupType, userType } from '../../../src/scim/resource-types.ts'
import { findAttribute } from '../../../src/scim/schema.ts'
import { userSchema } from '../../../src/scim/schemas/user.ts'
import { readResource } from '../../../src/scim/validate.ts'
import { bjensen, enterprise, read, refusal, user } from './reading.ts'

describe('hostile bodies', () => {
  it('R52 are unknown attributes when they are named after something of JavaScript', () => {
    const body = JSON.parse(
      `{"userName":"b","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"name":{"__proto__":{"polluted":1}},"toString":1,"${enterprise}":{"__proto__":{"manager":"1"}}}`,
    )
    expect(read(body)).toEqual({ schemas: [user], userName: 'b' })
    expect('polluted' in {}).toBe(false)
  })

  it('may be nested as deep as they like where nobody looks', () => {
    const deep = JSON.parse(`{"userName":"b","x":${'['.repeat(10_000)}${']'.repeat(10_000)}}`)
    expect(read(deep)).toEqual({ schemas: [user], userName: 'b' })
    const emails = JSON.parse(`${'['.repeat(10_000)}${']'.repeat(10_000)}`)
    expect(refusal(() => read(bjensen({ emails })))).toContain(
      'emails[0] must be an object, but an array came',
    )
  })

  it('are told the limit when a list is too long', () => {
    const emails = Array.from({ length: 100_000 }, () => ({ value: 'a@b.c' }))
    expect(refusal(() => read(bjensen({ emails })))).toBe(
      '400 invalidValue: emails may have 1000 elements in one request, but 100000 came.',
    )
    const members = Array.from({ length: 100_000 }, (_, index) => ({ value: String(index) }))
    expect(refusal(() => readResource(groupType, { displayName: 'g', members }, new Leniency()))).toContain(
      'members may have 50000 elements',
    )
  })

  it('are told the limit when a text is too long', () => {
    expect(refusal(() => read(bjensen({ userName: 'é'.repeat(1_001) })))).toBe(
      '400 invalidValue: userName may have 2000 bytes in UTF-8, but a text of 2002 came.',
    )
    expect(read(bjensen({ title: 'x'.repeat(65_536) })).title).toHaveLength(65_536)
    expect(refusal(() => read(bjensen({ title: 'x'.repeat(65_537) })))).toContain('may have 65536 bytes')
  })

  it('may not carry U+0000 or half a surrogate pair', () => {
    expect(refusal(() => read(bjensen({ userName: 'b\0' })))).toContain('U+0000')
    expect(refusal(() => read(bjensen({ emails: [{ value: '\ud800' }] })))).toBe(
      '400 invalidValue: emails[0].value must be text, but it contains half of a surrogate pair.',
    )
  })
})

const canonicalNames = (resource: Resource): boolean =>
  Object.entries(resource).every(([key, value]) =>
    key === enterprise
      ? isObject(value) &&
        Object.keys(value).every(name => findAttribute(userType, name, enterprise)?.name === name)
      : findAttribute(userType, key)?.name === key,
  )

const hasNothingEmpty = (value: Json): boolean => {
  if (value === null) return false
  if (Array.isArray(value)) return value.length > 0 && value.every(hasNothingEmpty)
  return !isObject(value) || (Object.keys(value).length > 0 && Object.values(value).every(hasNothingEmpty))
}

describe('readResource on anything at all', () => {
  const keys = fc.constantFrom(
    ...userSchema.attributes.map(each => each.name),
    ...['value', 'type', 'primary', 'display', 'familyName', 'manager', 'department', 'EMAILS', 'id', 'meta'],
    ...['schemas', user, enterprise, enterprise.toUpperCase(), '__proto__', 'constructor', '$ref'],
  )
  const leaves = fc.oneof(
    fc.constantFrom('', 'true', 'False', 'work', user, true, null),
    fc.jsonValue({ maxDepth: 2 }),
  )
  const { tree } = fc.letrec(tie => ({
    tree: fc.oneof({ depthSize: 'medium' }, leaves, fc.array(tie('tree'), { maxLength: 4 }), tie('object')),
    object: fc.dictionary(keys, tie('tree'), { maxKeys: 8 }),
  }))
  const text = fc.oneof(fc.string(), fc.constantFrom('', 'work', 'WORK', 'a@b.c'), fc.constant(null))
  const flag = fc.constantFrom(true, false, null, 'True', 'false', [true], [])
  const element = fc.record(
    { value: text, Type: text, display: text, primary: flag, other: fc.jsonValue() },
    { requiredKeys: [] },
  )
  const likely = fc.record(
    {
      userName: fc.constant('bjensen'),
      active: flag,
      emails: fc.oneof(element, fc.array(element)),
      roles: fc.oneof(fc.array(text), fc.array(element)),
      name: fc.record({ familyName: text, GIVENNAME: text }, { requiredKeys: [] }),
      [enterprise]: fc.record({ manager: fc.oneof(text, element), department: text }, { requiredKeys: [] }),
    },
    { requiredKeys: ['userName'] },
  )
  const bodies = fc.oneof(
    tree,
    likely,
    fc.dictionary(keys, tree, { maxKeys: 10 }).map(body => ({ ...body, userName: 'bjensen' })),
  )

  it('throws a ScimError or gives a canonical resource that reads as itself', () => {
    let given = 0
    fc.assert(
      fc.property(bodies, fc.constantFrom('default', 'strict'), (body, profile) => {
        const before = JSON.stringify(body)
        try {
          const resource = readResource(userType, body, new Leniency(profile))
          given += 1
          expect(resource.schemas.length).toBeGreaterThan(0)
          expect(new Set(resource.schemas).size).toBe(resource.schemas.length)
          expect(hasNothingEmpty(resource)).toBe(true)
          expect(canonicalNames(resource)).toBe(true)
          const again = readResource(userType, JSON.parse(JSON.stringify(resource)), new Leniency(profile))
          expect(JSON.stringify(again)).toBe(JSON.stringify(resource))
        } catch (error) {
          if (!(error instanceof ScimError)) throw error
          expect(error.status).toBe(400)
        }
        expect(JSON.stringify(body)).toBe(before)
      }),
      { numRuns: 600 },
    )
    expect(given).toBeGreaterThan(100)
    expect(Object.keys(Object.prototype)).toEqual([])
  }, 60_000)
})
