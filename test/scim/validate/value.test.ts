import { describe, expect, it } from 'vitest'
import type { Quirk } from '../../../src/scim/quirks.ts'
import { bjensen, enterprise, noted, read, strictly, user } from './reading.ts'

describe('scim.md §5 shapes that are forgiven', () => {
  const forgiven: [string, object, object, Quirk][] = [
    ['a boolean as text', { active: 'False' }, { active: false }, 'string_boolean'],
    [
      'one value in an array',
      { active: [false], title: ['VP'] },
      { active: false, title: 'VP' },
      'single_element_array',
    ],
    [
      'a list as its only element',
      { emails: { value: 'a@b.c' } },
      { emails: [{ value: 'a@b.c' }] },
      'bare_element',
    ],
    ['an element as text', { roles: ['admin'] }, { roles: [{ value: 'admin' }] }, 'text_element'],
    ['an empty text', { title: '', emails: [{ value: '' }] }, {}, 'empty_text'],
  ]

  for (const [name, sent, kept, quirk] of forgiven)
    it(`takes ${name} and notes it; strict refuses or keeps it`, () => {
      expect(noted(bjensen(sent))).toEqual({ resource: bjensen(kept), quirks: [quirk] })
      if (quirk !== 'empty_text') expect(strictly(bjensen(sent))).toContain('400 invalidValue')
    })

  it('takes a manager as text, as an object or in a list; an empty one is none', () => {
    const manager = (value: unknown) =>
      read({ schemas: [user, enterprise], userName: 'bjensen', [enterprise]: { manager: value } })[enterprise]
    expect(manager('26')).toEqual({ manager: { value: '26' } })
    expect(manager({ value: '26' })).toEqual({ manager: { value: '26' } })
    expect(manager([{ $ref: null, value: '26' }])).toEqual({ manager: { value: '26' } })
    expect(manager('')).toBeUndefined()
    expect(manager([])).toBeUndefined()
  })
})
