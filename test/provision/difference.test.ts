import { describe, expect, it } from 'vitest'
import { changesBetween, tellDifference } from '../../src/provision/difference.ts'
import { newStory, tellOutcome } from '../../src/provision/log/outcome.ts'
import { enterpriseSchema } from '../../src/scim/schemas/enterprise.ts'

const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User']

describe('difference', () => {
  it('is the top-level attributes for the audit log, the ones that came and went as null', () => {
    expect(
      changesBetween({ schemas, gone: 'x', same: 1, meta: 1 }, { schemas, same: 1, come: [1], meta: 2 }),
    ).toEqual({
      gone: { before: 'x', after: null },
      come: { before: null, after: [1] },
    })
  })

  it('is told by what was switched, and else by which attributes changed', () => {
    const tell = (before: object, after: object) => {
      const story = newStory()
      story.effects.push('the person was updated')
      const deed = tellDifference(story, { schemas, ...before }, { schemas, ...after })
      return tellOutcome({ ...story, deed, subject: 'ada' })
    }
    const extended = { [enterpriseSchema.id]: { department: 'Tours', division: 'West' } }
    expect(tell({ title: 'a' }, { title: 'b' })).toBe('Updated ada: title changed, the person was updated.')
    expect(tell({ title: 'a', name: {} }, extended)).toBe(
      'Updated ada: title, name, department and division changed, the person was updated.',
    )
    expect(tell({ active: true }, { active: false })).toBe('Deactivated ada: the person was updated.')
    expect(tell({ active: false, title: 'a' }, { active: true })).toBe(
      'Reactivated ada: title changed, the person was updated.',
    )
  })
})
