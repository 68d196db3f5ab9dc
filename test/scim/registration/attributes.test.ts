import { describe, expect, it } from 'vitest'
import { readAttributeDefinitions } from '../../../src/scim/registration/attributes.ts'
import { RegistrationError } from '../../../src/scim/registration/refusal.ts'

const complex = (...subAttributes: object[]) => ({ name: 'a', type: 'complex', subAttributes })

describe('RFC 7643 §2.2', () => {
  it('R23 gives every characteristic that is not said its default', () => {
    expect(readAttributeDefinitions([{ name: 'a' }])).toEqual([
      {
        name: 'a',
        type: 'string',
        multiValued: false,
        description: 'a',
        required: false,
        caseExact: false,
        mutability: 'readWrite',
        returned: 'default',
        uniqueness: 'none',
      },
    ])
  })

  it('R19 takes references and binaries as exact, and what can only be written as never returned', () => {
    expect(
      readAttributeDefinitions([
        { name: 'a', type: 'reference' },
        { name: 'b', type: 'binary' },
        { name: 'c', mutability: 'writeOnly' },
      ]),
    ).toMatchObject([
      { caseExact: true, referenceTypes: ['uri'] },
      { caseExact: true },
      { returned: 'never', caseExact: false },
    ])
  })

  it('keeps what is said, whatever case its names are in, and knows null for nothing', () => {
    const said = {
      name: 'a-b_$1',
      type: 'string',
      multiValued: true,
      description: 'Something',
      required: true,
      canonicalValues: ['x', 'Y'],
      caseExact: true,
      mutability: 'immutable',
      returned: 'request',
      uniqueness: 'none',
    }
    const { required, ...rest } = said
    expect(readAttributeDefinitions([{ ...rest, REQUIRED: required, subAttributes: null }])).toEqual([said])
  })

  it('takes the names of lists: value, type, display, primary and $ref', () => {
    const parts = [
      { name: 'value' },
      { name: 'display' },
      { name: 'type', canonicalValues: ['work'] },
      { name: 'primary', type: 'boolean' },
      { name: '$ref', type: 'reference', referenceTypes: ['User'] },
    ]
    const [list] = readAttributeDefinitions([{ ...complex(...parts), multiValued: true }])
    expect(list?.subAttributes).toMatchObject(parts)
  })
})

describe('what cannot be defined', () => {
  it.each([
    ['no list', { name: 'a' }, 'an object'],
    ['nothing', undefined, 'at least one'],
    ['an empty list', [], 'at least one'],
    ['no object', ['a'], 'a string'],
    ['no name', [{ type: 'string' }], 'name is required'],
    ['a name that is no text', [{ name: 7 }], 'a number'],
    ['an empty name', [{ name: '' }], 'empty'],
    ['a digit at the beginning', [{ name: '1a' }], '"1a"'],
    ['a dot', [{ name: 'a.b' }], '"a.b"'],
    ['a colon', [{ name: 'a:b' }], '"a:b"'],
    ['a quote', [{ name: 'a"b' }], '"a\\"b"'],
    ['a line break at the end', [{ name: 'a\n' }], '"a\\n"'],
    ['a letter of another script', [{ name: 'größe' }], 'größe'],
    ['__proto__', [{ name: '__proto__' }], '__proto__'],
    ['constructor', [{ name: 'constructor' }], 'constructor'],
    ['toString in a part', [complex({ name: 'toString' })], 'toString'],
    ['$ref outside of a complex attribute', [{ name: '$ref' }], '$ref'],
    ['a common attribute', [{ name: 'externalID' }], 'externalID'],
    ['schemas', [{ name: 'schemas' }], 'schemas'],
    ['a long name', [{ name: 'a'.repeat(101) }], '101'],
    ['a name twice', [{ name: 'Room' }, { name: 'rOOM' }], 'rOOM'],
    ['a part twice', [complex({ name: 'x' }, { name: 'X' })], 'twice'],
    ['an unknown type', [{ name: 'a', type: 'text' }], '"text"'],
    ['a type in another case', [{ name: 'a', type: 'datetime' }], 'dateTime'],
    ['an unknown mutability', [{ name: 'a', mutability: 'writeonly' }], 'writeonly'],
    ['an unknown returned', [{ name: 'a', returned: 'sometimes' }], 'sometimes'],
    ['an unknown uniqueness', [{ name: 'a', uniqueness: 'local' }], 'local'],
    ['a text for a flag', [{ name: 'a', required: 'true' }], '"true"'],
    ['a characteristic that does not exist', [{ name: 'a', multivalue: true }], 'multivalue'],
    ['complex without parts', [{ name: 'a', type: 'complex' }], 'subAttributes'],
    ['parts of a text', [{ name: 'a', subAttributes: [{ name: 'b' }] }], 'complex'],
    ['lists inside of parts', [complex({ name: 'b', multiValued: true })], 'one value'],
    [
      'a required attribute that only we set',
      [{ name: 'a', required: true, mutability: 'readOnly' }],
      'required',
    ],
    ['a required attribute that is not kept', [{ name: 'a', required: true, returned: 'never' }], 'required'],
    ['writeOnly and shown', [{ name: 'a', mutability: 'writeOnly', returned: 'default' }], 'never'],
    ['a unique flag', [{ name: 'a', type: 'boolean', uniqueness: 'server' }], 'unique'],
    ['a unique list', [{ name: 'a', multiValued: true, uniqueness: 'server' }], 'unique'],
    ['a unique part', [complex({ name: 'b', uniqueness: 'global' })], 'unique'],
    ['canonical values of a number', [{ name: 'a', type: 'integer', canonicalValues: ['1'] }], 'integer'],
    ['references of a text', [{ name: 'a', referenceTypes: ['User'] }], 'reference'],
    ['a primary that is no flag', [complex({ name: 'primary' })], 'boolean'],
    ['a $ref that is no reference', [complex({ name: '$ref' })], 'reference'],
    ['an empty canonical value', [{ name: 'a', canonicalValues: [''] }], 'empty'],
    ['U+0000', [{ name: 'a', description: 'a\0b' }], 'U+0000'],
    ['half of a surrogate pair', [{ name: 'a', canonicalValues: ['\ud800'] }], 'surrogate'],
    ['a long description', [{ name: 'a', description: 'x'.repeat(1001) }], '1001'],
    ['too many attributes', Array.from({ length: 101 }, (_, at) => ({ name: `a${at}` })), '101'],
    ['too many parts', [complex(...Array.from({ length: 101 }, (_, at) => ({ name: `a${at}` })))], '101'],
    ['too many values', [{ name: 'a', canonicalValues: Array.from({ length: 101 }, String) }], '101'],
  ])('%s is refused, and what came is said', (_, definitions, word) => {
    const read = () => readAttributeDefinitions(definitions)
    expect(read).toThrow(RegistrationError)
    expect(read).toThrow(word)
  })

  it('R20 nothing is complex inside something complex, at whatever depth', () => {
    const inside = { name: 'b', type: 'complex', subAttributes: [{ name: 'c' }] }
    expect(() => readAttributeDefinitions([complex(inside)])).toThrow(
      'attributes "a".subAttributes "b" must be of a simple type: nothing is complex inside something complex.',
    )
    let deep: object = { name: 'z' }
    for (let depth = 0; depth < 5_000; depth++) deep = complex(deep)
    expect(() => readAttributeDefinitions([deep])).toThrow(RegistrationError)
  })
})
