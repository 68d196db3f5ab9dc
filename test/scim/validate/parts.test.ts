import { describe, expect, it } from 'vitest'
import { bjensen, user as core, enterprise, noted, read, refusal, strictly } from './reading.ts'

/** What is read besides the schemas and the user name, and what was forgiven. */
function reading(attributes: object) {
  const { resource, quirks } = noted(bjensen(attributes))
  const { schemas: _, userName: __, ...rest } = resource
  return { rest, quirks }
}

describe('keys of a body that are paths', () => {
  it('are read as what they lead to when they are dotted, together with what stands there', () => {
    expect(reading({ 'name.givenName': 'Barbara', 'NAME.familyname': 'Jensen' })).toEqual({
      rest: { name: { givenName: 'Barbara', familyName: 'Jensen' } },
      quirks: ['dotted_key'],
    })
    expect(reading({ name: { familyName: 'Jensen' }, 'name.givenName': 'Barbara' }).rest).toEqual({
      name: { familyName: 'Jensen', givenName: 'Barbara' },
    })
    expect(reading({ 'name.givenName': null, name: null }).rest).toEqual({})
  })

  it('are read as what they lead to when they have the URN in front', () => {
    expect(
      reading({
        [`${core}:title`]: 'Boss',
        [`${core}:name.givenName`]: 'Barbara',
        [`${enterprise.toLowerCase()}:EMPLOYEENUMBER`]: '7',
        [`${enterprise}:manager.value`]: '26',
      }),
    ).toEqual({
      rest: {
        title: 'Boss',
        name: { givenName: 'Barbara' },
        [enterprise]: { employeeNumber: '7', manager: { value: '26' } },
      },
      quirks: ['urn_key', 'schemas_mismatch', 'dotted_key'],
    })
  })

  it('are read as attributes of an extension when only one has them, together with its container', () => {
    expect(reading({ department: 'Tours', manager: '26', [enterprise]: { division: 'West' } })).toEqual({
      rest: { [enterprise]: { division: 'West', department: 'Tours', manager: { value: '26' } } },
      quirks: ['bare_extension_attribute', 'schemas_mismatch', 'text_for_complex'],
    })
  })

  it('are unknown attributes where they lead nowhere, or do not say to which of many values', () => {
    const odd = {
      'name.nothing': 'x',
      'emails.value': 'x',
      'urn:a:b:title': 'x',
      'name.': 'x',
      '.': 'x',
      ':': 'x',
    }
    expect(reading(odd)).toEqual({ rest: {}, quirks: ['unknown_attribute'] })
    expect(reading({ [`${enterprise}:nothing`]: 'x' }).rest).toEqual({})
  })

  it('are refused in the strict profile', () => {
    for (const key of ['name.givenName', `${core}:title`, `${enterprise}:department`, 'department'])
      expect(strictly(bjensen({ [key]: 'x' }))).toMatch(/^400 invalidSyntax: The resource has no attribute/)
  })

  it('are refused when they say what something else says too', () => {
    for (const twice of [
      { title: 'a', [`${core}:title`]: 'b' },
      { department: 'a', [enterprise]: { department: 'b' } },
    ])
      expect(refusal(() => read(bjensen(twice)))).toMatch(/^400 invalidSyntax: .* is given twice/)
  })
})
