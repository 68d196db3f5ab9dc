// Random schemas as somebody might register them, and random resources as their directory might send them.

import fc from 'fast-check'
import { isObject, type Json, type JsonObject } from '../../../src/scim/resource.ts'
import type { Attribute, AttributeType } from '../../../src/scim/schema.ts'
import { fold } from '../../../src/scim/text/fold.ts'

interface Definition {
  readonly name: string
  readonly type?: AttributeType
  readonly subAttributes?: readonly Definition[]
  readonly [characteristic: string]: unknown
}

const names = [
  'room',
  'Desk',
  'x-1',
  'a_b',
  'display',
  'value',
  'type',
  'userName',
  'active',
  'displayName',
  'since',
]
const name = fc.constantFrom(...names, 'members', 'groups', 'name', 'long'.repeat(20))
const simple = fc.constantFrom<AttributeType>(
  'string',
  'string',
  'boolean',
  'decimal',
  'integer',
  'dateTime',
  'binary',
  'reference',
)
const distinct = { selector: (each: Definition) => each.name.toLowerCase(), minLength: 1 } as const

const part = fc.record(
  { name, type: simple, caseExact: fc.boolean(), description: fc.constantFrom('', 'Some part') },
  { requiredKeys: ['name'] },
)
const characteristics = {
  name,
  multiValued: fc.boolean(),
  caseExact: fc.boolean(),
  mutability: fc.constantFrom('readWrite', 'readWrite', 'immutable', 'readOnly'),
  returned: fc.constantFrom('default', 'default', 'always', 'request', 'never'),
}
const plain = fc.record({ ...characteristics, type: simple }, { requiredKeys: ['name'] })
const complex = fc.record(
  {
    ...characteristics,
    type: fc.constant<AttributeType>('complex'),
    subAttributes: fc.uniqueArray(part, { ...distinct, maxLength: 4 }),
  },
  { requiredKeys: ['name', 'type', 'subAttributes'] },
)

/** Definitions that are all right, of every type. */
export const definitions: fc.Arbitrary<readonly Definition[]> = fc.uniqueArray(fc.oneof(plain, complex), {
  ...distinct,
  maxLength: 8,
})

const text = fc.constantFrom(
  'a',
  'A',
  'ä',
  'Ä ö',
  'x"y\\z',
  '😀',
  "it's",
  '50%',
  'a_b',
  'İ',
  'true',
  'null',
  '12',
)
const values: Record<Exclude<AttributeType, 'complex'>, fc.Arbitrary<Json>> = {
  string: text,
  boolean: fc.boolean(),
  decimal: fc
    .oneof(fc.constantFrom(0, -0.5, 1e-7, 1e21, 12.25), fc.double({ noNaN: true, noDefaultInfinity: true }))
    .map(each => each || 0),
  integer: fc.oneof(fc.constantFrom(0, 7, -1), fc.maxSafeInteger()),
  dateTime: fc.constantFrom(
    '2024-02-29T23:59:59Z',
    '2024-03-01T01:59:59+02:00',
    '1999-12-31T00:00:00.1234567Z',
  ),
  binary: fc.constantFrom('aGVsbG8=', 'aGVsbG8', 'AAAA'),
  reference: fc.constantFrom('https://example.com/a', 'https://example.com/A', 'urn:x:y'),
}

/** A value of the attribute that a resource has: never nothing, and no two elements that are the same. */
function anyValue(attribute: Attribute): fc.Arbitrary<Json> {
  const one =
    attribute.type === 'complex'
      ? objectOf(attribute.subAttributes ?? []).filter(each => Object.keys(each).length > 0)
      : values[attribute.type]
  if (!attribute.multiValued) return one
  return fc.uniqueArray(one as fc.Arbitrary<Json>, { minLength: 1, maxLength: 3, selector: identityOf })
}

const identityOf = (element: Json): string =>
  isObject(element)
    ? fold(JSON.stringify(element.value ?? Object.entries(element).sort()))
    : fold(JSON.stringify(element))

/** Some of the attributes, in the order of the schema. */
export function objectOf(attributes: readonly Attribute[]): fc.Arbitrary<JsonObject> {
  const entries = attributes.map(each => fc.option(anyValue(each).map(value => [each.name, value] as const)))
  return fc.tuple(...entries).map(chosen => Object.fromEntries(chosen.filter(entry => entry !== null)))
}
