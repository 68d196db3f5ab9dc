// Random users and random filters over them: few attributes and few texts, so that the two meet often.

import fc from 'fast-check'
import type { JsonObject, Resource } from '../../src/scim/resource.ts'
import { userType } from '../../src/scim/resource-types.ts'
import { type Attribute, attribute, type ResourceType } from '../../src/scim/schema.ts'
import { enterpriseSchema } from '../../src/scim/schemas/enterprise.ts'

export const baseUrl = 'https://gatehouse.example/scim/v2/d1'
const badge = 'urn:example:params:scim:schemas:2.0:Badge'

const part = (name: string, rest: Partial<Attribute>) => attribute(name, '', rest)

/** The user with an extension of one's own that has every type, and names that an object has by birth. */
export const badgedType: ResourceType = {
  ...userType,
  extensions: [
    ...userType.extensions,
    {
      required: false,
      schema: {
        id: badge,
        name: 'Badge',
        description: '',
        attributes: [
          part('level', { type: 'integer' }),
          part('height', { type: 'decimal' }),
          part('valid', { type: 'boolean' }),
          part('until', { type: 'dateTime' }),
          part('print', { type: 'binary', caseExact: true }),
          part('constructor', { caseExact: true }),
          part('colors', { multiValued: true }),
          part('doors', {
            type: 'complex',
            multiValued: true,
            subAttributes: [
              part('value', { type: 'integer' }),
              part('$ref', { type: 'reference', caseExact: true }),
              part('since', { type: 'dateTime' }),
            ],
          }),
        ],
      },
    },
  ],
}

const fragments =
  'a A b work WORK @x.example İ i̇ ı I ß ẞ SS Σ ς σ É e\u0301 ｂ \u212a k ﬁ % _ \\ " \' 😀 \uffee \u{10ffff} { ]'
const text = fc
  .array(fc.constantFrom(' ', ...fragments.split(' ')), { maxLength: 4 })
  .map(pieces => pieces.join(''))
const filled = text.map(each => each || 'a')

const fraction = fc.constantFrom('', '.1', '.10', '.123', '.1230001', '.1239999', '.9999999')
const zone = fc.constantFrom('', 'Z', '+02:00', '-07:30', '+14:00')
const instant = fc
  .tuple(fc.constantFrom('2024-02-29T23:59:59', '2024-03-01T01:59:59', '1999-12-31T23:30:00'), fraction, zone)
  .map(pieces => pieces.join(''))
const written = fc.constantFrom('2024-02-29T23:59:59.123Z', '2024-03-01T00:00:00.000Z')

const integer = fc.integer({ min: -2, max: 2 })
const decimal = fc.constantFrom(0, -0.1, 0.1, 0.3, 1.5, 1e21, 1e-7, 123456789.25)

/** Each key is there or not. */
const some = <T extends Record<string, fc.Arbitrary<unknown>>>(shape: T) =>
  fc.record(shape, { requiredKeys: [] }) as fc.Arbitrary<JsonObject>

const elements = (shape: Record<string, fc.Arbitrary<unknown>>) =>
  fc.array(
    some(shape).filter(each => Object.keys(each).length > 0),
    { minLength: 1, maxLength: 3 },
  )

const typed = { value: filled, type: fc.constantFrom('work', 'Home', 'İ'), primary: fc.boolean() }

const core = fc.record(
  {
    externalId: filled,
    userName: filled,
    displayName: text,
    active: fc.boolean(),
    title: text,
    name: some({ familyName: text, givenName: text }).map(name => ({ middleName: 'a', ...name })),
    emails: elements({ ...typed, display: text }),
    x509Certificates: elements({ value: fc.constantFrom('AA==', 'aa==') }),
    [enterpriseSchema.id]: some({ department: text, manager: fc.record({ value: filled }) }),
    [badge]: some({
      level: integer,
      height: decimal,
      valid: fc.boolean(),
      until: instant,
      print: fc.constantFrom('AA==', 'aa=='),
      constructor: text,
      colors: fc.array(filled, { minLength: 1, maxLength: 3 }),
      doors: elements({ value: integer, $ref: filled, since: instant }),
    }),
  },
  { requiredKeys: ['userName', 'active'] },
) as unknown as fc.Arbitrary<JsonObject>

/** A user as it is answered, with its location relative; the id comes from its place. */
export const users = (count: number, seed: number): Resource[] =>
  fc
    .sample(fc.tuple(core, written, written), { numRuns: count, seed })
    .map(([attributes, created, lastModified], index) => ({
      schemas: [userType.schema.id, ...Object.keys(attributes).filter(key => key.includes(':'))],
      id: `u${index}`,
      ...attributes,
      // Unique, as the table wants it.
      userName: `${attributes.userName}${index}`,
      meta: {
        resourceType: 'User',
        created,
        lastModified,
        version: `W/"${index}"`,
        location: `/Users/u${index}`,
      },
    }))

const quoted = (value: fc.Arbitrary<string>) => value.map(each => JSON.stringify(each))
const plain = (value: fc.Arbitrary<number | boolean>) => value.map(String)

const anyOrder = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le']
const ordered = ['eq', 'ne', 'gt', 'ge', 'lt', 'le']
const equality = ['eq', 'ne']

const comparison = (names: readonly string[], operators: readonly string[], value: fc.Arbitrary<string>) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.tuple(fc.constantFrom(...names), fc.constantFrom(...operators), value) },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.constantFrom(...names), fc.constantFrom('pr', 'eq null', 'ne null')),
    },
  )

const words = (pieces: fc.Arbitrary<readonly string[]>) => pieces.map(each => each.join(' '))
const any = (...choices: fc.Arbitrary<readonly string[]>[]) => words(fc.oneof(...choices))

/** `term` and everything that and, or, not and brackets make of it. */
const composed = (term: fc.Arbitrary<string>, maxDepth: number): fc.Arbitrary<string> =>
  fc.letrec<{ filter: string }>(tie => ({
    filter: fc.oneof(
      { maxDepth, withCrossShrink: true },
      term,
      tie('filter').map(inner => `not (${inner})`),
      fc
        .tuple(tie('filter'), fc.constantFrom('and', 'or'), tie('filter'))
        .map(([left, word, right]) => `(${left}) ${word} ${right}`),
    ),
  })).filter

const emailPart = any(
  comparison(['value', 'display'], anyOrder, quoted(text)),
  comparison(['type'], anyOrder, quoted(fc.constantFrom('work', 'home', 'i̇'))),
  comparison(['primary'], equality, plain(fc.boolean())),
)
const doorPart = any(
  comparison(['value'], ordered, plain(integer)),
  comparison(['$ref'], anyOrder, quoted(text)),
  comparison(['since'], ordered, quoted(instant)),
)
const valuePath = fc.oneof(
  composed(emailPart, 2).map(inner => `emails[${inner}]`),
  fc.tuple(composed(emailPart, 1), emailPart).map(([inner, last]) => `emails[${inner}].${last}`),
  composed(doorPart, 2).map(inner => `${badge}:doors[${inner}]`),
)

const simple = any(
  comparison(
    ['userName', 'externalId', 'displayName', 'title', 'name.familyName', 'name.givenName', 'manager'],
    anyOrder,
    quoted(text),
  ),
  comparison(
    ['emails', 'emails.display', 'groups.value', 'groups', `${badge}:constructor`, `${badge}:colors`],
    anyOrder,
    quoted(text),
  ),
  comparison([`${enterpriseSchema.id}:department`, `${badge}:doors.$ref`], anyOrder, quoted(text)),
  comparison(['active', 'emails.primary', `${badge}:valid`], equality, plain(fc.boolean())),
  comparison(
    [`${badge}:level`, `${badge}:height`, `${badge}:doors`],
    ordered,
    plain(fc.oneof(integer, decimal)),
  ),
  comparison(['x509Certificates', `${badge}:print`], equality, quoted(fc.constantFrom('AA==', 'aa=='))),
  comparison(
    ['meta.created', 'meta.lastModified', `${badge}:until`, `${badge}:doors.since`],
    ordered,
    quoted(fc.oneof(instant, written)),
  ),
  comparison(['id'], anyOrder, quoted(fc.constantFrom('u1', 'U1', 'u2', '3'))),
  comparison(['schemas'], anyOrder, quoted(fc.constantFrom(userType.schema.id, badge, 'urn:', 'Badge'))),
  comparison(['meta.resourceType'], anyOrder, quoted(fc.constantFrom('User', 'user', 'Us'))),
  comparison(['meta.version'], anyOrder, quoted(fc.constantFrom('W/"1"', 'w/"1"', '"', 'W/"2'))),
  comparison(
    ['meta.location'],
    anyOrder,
    quoted(fc.constantFrom(`${baseUrl}/Users/u1`, baseUrl, '/Users/u2')),
  ),
  fc.constantFrom(
    ...['meta pr', 'name pr', 'emails pr', 'name eq null', `${badge}:colors pr`].map(each => [each]),
  ),
)

/** Of few enough comparisons that none is refused for its cost. */
export const filters = composed(
  fc.oneof({ weight: 3, arbitrary: simple }, { weight: 1, arbitrary: valuePath }),
  2,
)
