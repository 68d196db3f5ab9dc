import { describe, expect, it } from 'vitest'
import { findBreak } from '../../../src/scim/registration/change.ts'
import { readRegistration } from '../../../src/scim/registration.ts'

const base = { id: 'urn:example:1', name: 'E', extends: 'User' }
const room = { name: 'room' }
const desk = {
  name: 'desk',
  type: 'complex',
  subAttributes: [{ name: 'side' }, { name: 'row', required: true }],
}
const extension = (...attributes: object[]) => readRegistration({ ...base, attributes })
const before = extension(room, desk, { name: 'must', required: true })
const breakBy = (...attributes: object[]) =>
  findBreak(before, extension(...attributes, { name: 'must', required: true }))

describe('findBreak', () => {
  it('lets pass what stored values can live with', () => {
    expect(findBreak(before, before)).toBeUndefined()
    const told = {
      ...room,
      description: 'R',
      canonicalValues: ['a'],
      mutability: 'immutable',
      returned: 'request',
    }
    expect(breakBy(desk, told, { name: 'news', uniqueness: 'server' })).toBeUndefined()
    const parts = [...desk.subAttributes, { name: 'more' }]
    expect(breakBy(room, { ...desk, subAttributes: parts })).toBeUndefined()
    expect(findBreak(before, extension(room, desk, { name: 'must' }))).toBeUndefined()
    expect(findBreak(before, readRegistration({ ...base, ...before.schema, required: true }))).toBeUndefined()
  })

  it.each([
    ['an attribute that goes', [desk], '"room" would be gone'],
    ['a name in another case', [desk, { name: 'Room' }], '"room" would be gone'],
    ['another type', [desk, { ...room, type: 'integer' }], 'type of "room" would be integer'],
    ['a list', [desk, { ...room, multiValued: true }], 'multiValued of "room" would be true'],
    ['exact case', [desk, { ...room, caseExact: true }], 'caseExact of "room" would be true'],
    ['uniqueness', [desk, { ...room, uniqueness: 'server' }], 'uniqueness of "room" would be server'],
    ['a value that is needed', [desk, { ...room, required: true }], '"room" would be required'],
    ['values that are dropped', [desk, { ...room, returned: 'never' }], '"room" would be returned never'],
    ['a new one that is needed', [room, desk, { name: 'n', required: true }], '"n" would be required'],
    [
      'a part that goes',
      [room, { ...desk, subAttributes: [{ name: 'row', required: true }] }],
      '"desk.side" would be gone',
    ],
    [
      'a new part that is needed',
      [room, { ...desk, subAttributes: [...desk.subAttributes, { name: 'n', required: true }] }],
      '"desk.n" would be required',
    ],
  ])('finds %s', (_, attributes, broken) => {
    expect(breakBy(...attributes)).toContain(broken)
  })

  it('finds another use', () => {
    const { schema } = before
    expect(findBreak(before, readRegistration({ ...schema, extends: 'Group' }))).toContain(
      'extension of Group',
    )
    const type = { name: 'Thing', endpoint: '/Things' }
    const made = readRegistration({ ...schema, resource_type: type })
    expect(findBreak(before, made)).toContain('the type Thing at /Things')
    const moved = readRegistration({ ...schema, resource_type: { ...type, endpoint: '/Others' } })
    expect(findBreak(made, moved)).toContain('/Others')
  })
})
