import { describe, expect, it } from 'vitest'
import { Leniency } from '../../../src/scim/quirks.ts'
import { userType } from '../../../src/scim/resource-types.ts'
import { attribute, type ResourceType } from '../../../src/scim/schema.ts'
import { userSchema } from '../../../src/scim/schemas/user.ts'
import { readResource } from '../../../src/scim/validate.ts'
import { bjensen, read, refusal, user } from './reading.ts'

describe('R19 types', () => {
  it('refuses a value of another type, saying what was expected and what came', () => {
    const cases: [object, string][] = [
      [{ userName: 42 }, 'userName must be a string, but a number came.'],
      [{ active: 'yes' }, 'active must be true or false, but "yes" came.'],
      [{ active: 1 }, 'active must be true or false, but a number came.'],
      [{ title: ['a', 'b'] }, 'title must be a string, but an array came.'],
      [{ title: {} }, 'title must be a string, but an object came.'],
      [{ name: 7 }, 'name must be an object, but a number came.'],
      [{ emails: [{ value: 'a@b.c' }, 7] }, 'emails[1] must be an object, but a number came.'],
      [{ emails: [{ primary: 'maybe' }] }, 'emails[0].primary must be true or false, but "maybe" came.'],
      [{ profileUrl: true }, 'profileUrl must be a URI as a string, but a boolean came.'],
      [
        { x509Certificates: [{ value: 'not base64!' }] },
        'x509Certificates[0].value must be base64 text, but "not base64!" came.',
      ],
    ]
    for (const [rest, message] of cases)
      expect(refusal(() => read(bjensen(rest)))).toBe(`400 invalidValue: ${message}`)
  })

  it('takes base64 with and without padding', () => {
    for (const value of ['TQ==', 'TQ', 'TWE=', 'TWE', '_-8'])
      expect(read(bjensen({ x509Certificates: [{ value }] })).x509Certificates).toEqual([{ value }])
    expect(refusal(() => read(bjensen({ x509Certificates: [{ value: 'TWFuT' }] })))).toContain('base64')
  })

  it('R23 takes other words than the canonical ones', () => {
    expect(read(bjensen({ emails: [{ value: 'a@b.c', type: 'Private' }] })).emails).toEqual([
      { value: 'a@b.c', type: 'Private' },
    ])
  })

  it('reads numbers and times where a schema has them', () => {
    const sizes: ResourceType = {
      ...userType,
      schema: {
        ...userSchema,
        attributes: [
          attribute('floor', 'The floor on which the user works.', { type: 'integer' }),
          attribute('height', 'The height of the user.', { type: 'decimal' }),
          attribute('hired', 'When the user was hired.', { type: 'dateTime' }),
        ],
      },
    }
    const sized = (rest: object) => readResource(sizes, { schemas: [user], ...rest }, new Leniency('strict'))
    expect(sized({ floor: -3, height: 1.5, hired: '2024-05-01T10:00:00.1234567+02:00' })).toEqual({
      schemas: [user],
      floor: -3,
      height: 1.5,
      hired: '2024-05-01T10:00:00.1234567+02:00',
    })
    expect(refusal(() => sized({ floor: 1.5 }))).toContain('floor must be a whole number, but a number came.')
    expect(refusal(() => sized({ floor: '3' }))).toContain('floor must be a whole number, but "3" came.')
    expect(refusal(() => sized({ height: JSON.parse('1e999') }))).toContain('height must be a number')
    expect(refusal(() => sized({ hired: '2024-05-01' }))).toContain('hired must be a date and time such as')
  })
})
