import { describe, expect, it } from 'vitest'
import { parseFilter } from '../../src/scim/filter/parse.ts'
import { Leniency, type Quirk, quirks } from '../../src/scim/quirks.ts'
import { userType } from '../../src/scim/resource-types.ts'
import { readResource } from '../../src/scim/validate.ts'
import { barbara, bare, core, enterprise, expectRefusal, patch } from './patching.ts'

const strict = () => new Leniency('strict')

/** Section by section of the leniency list: what came, what it is taken as, and the strict profile's refusal. */
interface Case {
  readonly quirk: Quirk
  readonly sent: unknown
  readonly taken: unknown
  readonly refusal: 'invalidValue' | 'invalidSyntax' | 'invalidPath' | 'noTarget' | 'mutability'
}

const user = (rest: object) => ({ schemas: [core], userName: 'bare', ...rest })
const employee = (rest: object) => ({ ...user({ [enterprise]: rest }), schemas: [core, enterprise] })

const bodies: readonly Case[] = [
  {
    quirk: 'string_boolean',
    sent: user({ active: 'False' }),
    taken: user({ active: false }),
    refusal: 'invalidValue',
  },
  {
    quirk: 'string_boolean',
    sent: user({ emails: [{ value: 'a', primary: 'true' }] }),
    taken: user({ emails: [{ value: 'a', primary: true }] }),
    refusal: 'invalidValue',
  },
  {
    quirk: 'single_element_array',
    sent: user({ active: [false] }),
    taken: user({ active: false }),
    refusal: 'invalidValue',
  },
  {
    quirk: 'single_element_array',
    sent: employee({ manager: [{ value: '7' }] }),
    taken: employee({ manager: { value: '7' } }),
    refusal: 'invalidValue',
  },
  {
    quirk: 'value_object',
    sent: user({ title: { value: 'Boss' } }),
    taken: user({ title: 'Boss' }),
    refusal: 'invalidValue',
  },
  {
    quirk: 'bare_element',
    sent: user({ emails: { value: 'a@example.com' } }),
    taken: user({ emails: [{ value: 'a@example.com' }] }),
    refusal: 'invalidValue',
  },
  {
    quirk: 'text_element',
    sent: user({ roles: ['admin'] }),
    taken: user({ roles: [{ value: 'admin' }] }),
    refusal: 'invalidValue',
  },
  {
    quirk: 'text_for_complex',
    sent: employee({ manager: '7' }),
    taken: employee({ manager: { value: '7' } }),
    refusal: 'invalidValue',
  },
  {
    quirk: 'unknown_attribute',
    sent: employee({ manager: { value: '7', managerId: '8' } }),
    taken: employee({ manager: { value: '7' } }),
    refusal: 'invalidSyntax',
  },
  {
    quirk: 'unknown_attribute',
    sent: user({ favouriteColour: 'blue' }),
    taken: user({}),
    refusal: 'invalidSyntax',
  },
  ...[
    'urn:scim:schemas:core:1.0',
    'urn:scim:schemas:extension:enterprise:1.0',
    'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group',
  ].map(
    (urn): Case => ({
      quirk: 'unknown_schema',
      sent: { ...user({}), schemas: [urn, core] },
      taken: user({}),
      refusal: 'invalidValue',
    }),
  ),
  {
    quirk: 'schemas_mismatch',
    sent: { ...user({}), schemas: [core, enterprise] },
    taken: user({}),
    refusal: 'invalidValue',
  },
  {
    quirk: 'two_primaries',
    sent: user({ roles: ['a', 'b'].map(value => ({ value, primary: true })) }),
    taken: user({
      roles: [
        { value: 'a', primary: false },
        { value: 'b', primary: true },
      ],
    }),
    refusal: 'invalidValue',
  },
]

const set = (path: string, value: unknown) => ({ op: 'replace', path, value })
const all = (value: unknown) => ({ op: 'replace', value })

const operations: readonly Case[] = [
  {
    quirk: 'string_boolean',
    sent: set('active', 'FALSE'),
    taken: set('active', false),
    refusal: 'invalidValue',
  },
  {
    quirk: 'single_element_array',
    sent: set('active', [false]),
    taken: set('active', false),
    refusal: 'invalidValue',
  },
  {
    quirk: 'value_object',
    sent: set('displayName', { $ref: null, value: 'B' }),
    taken: set('displayName', 'B'),
    refusal: 'invalidValue',
  },
  {
    quirk: 'dotted_key',
    sent: all({ 'name.givenName': 'B' }),
    taken: all({ name: { givenName: 'B' } }),
    refusal: 'invalidPath',
  },
  {
    quirk: 'dotted_key',
    sent: all({ 'emails[type eq "home"].value': 'b@example.com' }),
    taken: set('emails[type eq "home"].value', 'b@example.com'),
    refusal: 'invalidPath',
  },
  {
    quirk: 'urn_key',
    sent: all({ [`${enterprise}:employeeNumber`]: '5' }),
    taken: set(`${enterprise}:employeeNumber`, '5'),
    refusal: 'invalidPath',
  },
  {
    quirk: 'urn_key',
    sent: all({ [`${core}:name.givenName`]: 'B' }),
    taken: set('name.givenName', 'B'),
    refusal: 'invalidPath',
  },
  {
    quirk: 'unknown_attribute',
    sent: all({ title: 'Boss', favouriteColour: 'blue' }),
    taken: all({ title: 'Boss' }),
    refusal: 'invalidPath',
  },
  {
    quirk: 'unknown_attribute',
    sent: set(`${enterprise}:manager`, { value: '7', managerId: '8' }),
    taken: set(`${enterprise}:manager`, { value: '7' }),
    refusal: 'invalidSyntax',
  },
  {
    quirk: 'text_for_complex',
    sent: set(`${enterprise}:manager`, '7'),
    taken: set(`${enterprise}:manager`, { value: '7' }),
    refusal: 'invalidValue',
  },
  {
    quirk: 'single_element_array',
    sent: set(`${enterprise}:manager`, [{ $ref: '../Users/7', value: '7' }]),
    taken: set(`${enterprise}:manager`, { $ref: '../Users/7', value: '7' }),
    refusal: 'invalidValue',
  },
  {
    quirk: 'bare_extension_attribute',
    sent: set('manager', { value: '7' }),
    taken: set(`${enterprise}:manager`, { value: '7' }),
    refusal: 'invalidPath',
  },
  {
    quirk: 'bare_extension_attribute',
    sent: all({ department: 'Sales' }),
    taken: set(`${enterprise}:department`, 'Sales'),
    refusal: 'invalidPath',
  },
  {
    quirk: 'empty_text',
    sent: set(`${enterprise}:manager`, ''),
    taken: { op: 'remove', path: `${enterprise}:manager` },
    refusal: 'invalidValue',
  },
  {
    quirk: 'bare_element',
    sent: { op: 'add', path: 'emails', value: { value: 'c@example.com' } },
    taken: { op: 'add', path: 'emails', value: [{ value: 'c@example.com' }] },
    refusal: 'invalidValue',
  },
  {
    quirk: 'text_element',
    sent: { op: 'add', path: 'roles', value: ['admin'] },
    taken: { op: 'add', path: 'roles', value: [{ value: 'admin' }] },
    refusal: 'invalidValue',
  },
  {
    quirk: 'json_text_value',
    sent: all('{"active": false}'),
    taken: all({ active: false }),
    refusal: 'invalidValue',
  },
  {
    quirk: 'json_text_value',
    sent: set('name', ' {"givenName": "B"}'),
    taken: set('name', { givenName: 'B' }),
    refusal: 'invalidValue',
  },
  {
    quirk: 'quoted_boolean',
    sent: set('emails[primary eq "True"].display', 'main'),
    taken: set('emails[primary eq true].display', 'main'),
    refusal: 'invalidPath',
  },
  {
    quirk: 'unquoted_comparand',
    sent: set('emails[type eq work].display', 'main'),
    taken: set('emails[type eq "work"].display', 'main'),
    refusal: 'invalidPath',
  },
  {
    quirk: 'read_only_in_value',
    sent: all({ id: 'other', title: 'Boss' }),
    taken: all({ title: 'Boss' }),
    refusal: 'mutability',
  },
  {
    quirk: 'missing_op',
    sent: { path: 'title', value: 'B' },
    taken: set('title', 'B'),
    refusal: 'invalidSyntax',
  },
  {
    quirk: 'missing_element_created',
    sent: set('ims[type eq "xmpp"].value', 'b'),
    taken: { op: 'add', path: 'ims', value: [{ type: 'xmpp', value: 'b' }] },
    refusal: 'noTarget',
  },
  {
    quirk: 'missing_element_removed',
    sent: { op: 'remove', path: 'ims[type eq "xmpp"]' },
    taken: all({}),
    refusal: 'noTarget',
  },
]

describe('leniency in the bodies of POST and PUT', () => {
  it.each(bodies)('$quirk: $sent', ({ quirk, sent, taken, refusal }) => {
    const leniency = new Leniency()
    expect(readResource(userType, sent, leniency)).toEqual(taken)
    expect([...leniency.noted]).toEqual([quirk])
    expectRefusal(() => readResource(userType, sent, strict()), refusal)
  })

  it('empty_text: an optional attribute is unassigned; the strict profile keeps the empty text it allows', () => {
    const leniency = new Leniency()
    expect(readResource(userType, user({ displayName: '' }), leniency)).toEqual(user({}))
    expect([...leniency.noted]).toEqual(['empty_text'])
    expect(readResource(userType, user({ displayName: '' }), strict())).toEqual(user({ displayName: '' }))
    expectRefusal(() => readResource(userType, user({ active: '' }), strict()), 'invalidValue')
    expectRefusal(() => readResource(userType, user({ userName: '' }), new Leniency()), 'invalidValue')
  })

  it('takes "id": null and "$ref": null as RFC 7643 §2.5 does, in every profile', () => {
    const sent = { ...employee({ manager: { value: '7', $ref: null } }), id: null }
    for (const leniency of [new Leniency(), strict()]) {
      expect(readResource(userType, sent, leniency)).toEqual(employee({ manager: { value: '7' } }))
      expect(leniency.noted).toEqual(new Set())
    }
  })
})

describe('leniency in PATCH', () => {
  it.each(operations)('$quirk: $sent', ({ quirk, sent, taken, refusal }) => {
    const leniency = new Leniency()
    expect(patch(barbara, [sent], leniency)).toEqual(patch(barbara, [taken]))
    expect([...leniency.noted]).toEqual([quirk])
    expectRefusal(() => patch(barbara, [sent], strict()), refusal)
  })

  it('creates the element of `roles[primary eq "True"].value`, as Entra wants it', () => {
    const path = 'roles[primary eq "True"].value'
    const after = patch(bare, [{ op: 'Add', path, value: 'admin' }])
    expect(after.roles).toEqual([{ primary: true, value: 'admin' }])
  })

  it('clears the manager by "" under the bare path, as Entra does', () => {
    const leniency = new Leniency()
    const after = patch(barbara, [{ op: 'Replace', path: 'manager', value: '' }], leniency)
    expect(after[enterprise]).toEqual({ employeeNumber: '701984' })
    expect(leniency.noted).toEqual(new Set(['operation_case', 'bare_extension_attribute', 'empty_text']))
  })
})

describe('leniency in filters', () => {
  it.each([
    ['quoted_boolean', 'active eq "True"', 'active eq true'],
    ['unquoted_comparand', 'externalId eq jyoung', 'externalId eq "jyoung"'],
    ['bare_extension_attribute', 'manager eq "7"', `${enterprise}:manager eq "7"`],
    [
      'value_path_comparison',
      'emails[type eq "work"].value eq "x"',
      'emails[type eq "work" and value eq "x"]',
    ],
  ] as const)('%s: %s', (quirk, sent, taken) => {
    const leniency = new Leniency()
    expect(parseFilter(userType, sent, leniency)).toEqual(parseFilter(userType, taken, new Leniency()))
    expect([...leniency.noted]).toEqual([quirk])
    expectRefusal(() => parseFilter(userType, sent, strict()), 'invalidFilter')
  })
})

describe('the table of quirks', () => {
  it('has a sentence for each, and no two the same', () => {
    const sentences = Object.values(quirks)
    expect(new Set(sentences).size).toBe(sentences.length)
    for (const sentence of sentences) expect(sentence).toMatch(/^\S.{20,}[^.]$/)
  })

  it('notes nothing for a request that keeps to the RFCs', () => {
    const leniency = new Leniency()
    readResource(userType, structuredClone(barbara), leniency)
    patch(
      barbara,
      [{ op: 'replace', path: 'emails[type eq "work"].value', value: 'x@example.com' }],
      leniency,
    )
    patch(
      barbara,
      [{ op: 'add', value: { name: { givenName: 'B' }, [enterprise]: { division: 'W' } } }],
      leniency,
    )
    expect(leniency.noted).toEqual(new Set())
  })

  it('keeps what came before when one request notes several', () => {
    const leniency = new Leniency('entra')
    expect(leniency.allows('string_boolean')).toBe(true)
    expect(leniency.allows('empty_text')).toBe(true)
    expect(leniency.allows('string_boolean')).toBe(true)
    expect([...leniency.noted]).toEqual(['string_boolean', 'empty_text'])
  })
})
