import { describe, expect, it } from 'vitest'
import { groupSchema } from '../../../src/scim/schemas/group.ts'
import { everywhere, outline } from './outline.ts'

describe('RFC 7643 §8.7.1 Group', () => {
  it('R28 requires a name; what is said of a member does not change', () => {
    expect(outline(groupSchema.attributes)).toEqual(['displayName', 'members value $ref type display'])
    expect(everywhere(groupSchema.attributes, each => each.required)).toEqual(['displayName'])
    expect(everywhere(groupSchema.attributes, each => each.mutability === 'immutable')).toEqual([
      'members.value',
      'members.$ref',
      'members.type',
    ])
  })
})
