import { describe, expect, it } from 'vitest'
import { readPatch } from '../../../src/scim/patch.ts'
import { Leniency, type Quirk } from '../../../src/scim/quirks.ts'
import { userType } from '../../../src/scim/resource-types.ts'
import { asBody, expectRefusal, patchOp, read } from '../patching.ts'

const strict = () => new Leniency('strict')
const operation = { op: 'replace', path: 'title', value: 'Boss' }

/** The default profile reads `body` as it reads the plain operation and notes `quirk`; the strict one refuses it. */
function expectForgiven(body: unknown, quirk: Quirk): void {
  const leniency = new Leniency()
  expect(readPatch(userType, body, leniency)).toEqual(read(operation))
  expect([...leniency.noted]).toEqual([quirk])
  expectRefusal(() => readPatch(userType, body, strict()), 'invalidSyntax')
}

describe('RFC 7644 §3.5.2: the body', () => {
  it.each([undefined, null, 'text', 1, [], [operation]])('R65 refuses a body that is no object: %j', body => {
    expectRefusal(() => readPatch(userType, body, new Leniency()), 'invalidSyntax')
  })

  it.each([undefined, null, {}, 'add', 7])('R65 refuses Operations that is no array: %j', Operations => {
    expectRefusal(
      () => readPatch(userType, { schemas: [patchOp], Operations }, new Leniency()),
      'invalidSyntax',
    )
  })

  it('R65 accepts "operations" in another case outside strict', () => {
    expectForgiven({ schemas: [patchOp], operations: [operation] }, 'operations_key')
  })

  it('R65 accepts a body without the PatchOp schema outside strict', () => {
    expectForgiven({ Operations: [operation] }, 'missing_patch_schema')
    expectForgiven({ schemas: ['urn:other'], Operations: [operation] }, 'missing_patch_schema')
  })

  it('R65 takes empty Operations as nothing to do outside strict', () => {
    const leniency = new Leniency()
    expect(readPatch(userType, asBody(), leniency)).toEqual([])
    expect([...leniency.noted]).toEqual(['empty_operations'])
    expectRefusal(() => readPatch(userType, asBody(), strict()), 'invalidSyntax')
  })

  it('accepts 1,000 operations and refuses more with 413, naming the limit', () => {
    const many = (count: number) => asBody(...Array.from({ length: count }, () => operation))
    expect(readPatch(userType, many(1_000), strict())).toHaveLength(1_000)
    expect(() => readPatch(userType, many(10_000), new Leniency())).toThrow(
      expect.objectContaining({ status: 413, message: expect.stringMatching(/1000 .* 10000/) }),
    )
  })
})

describe('RFC 7644 §3.5.2: op, path and value', () => {
  it.each(['Replace', 'REPLACE', 'rEPLACE'])('R66 takes op in any case, strict or not: %s', op => {
    for (const leniency of [new Leniency(), strict()]) {
      expect(read({ ...operation, op }, leniency)).toEqual(read(operation))
      expect([...leniency.noted]).toEqual(['operation_case'])
    }
  })

  it('R66 takes a missing op as replace when there is a value, outside strict', () => {
    const { op, ...rest } = operation
    expectForgiven(asBody(rest), 'missing_op')
    expectForgiven(asBody({ op: null, ...rest }), 'missing_op')
    expectRefusal(() => read({ path: 'title' }), 'invalidSyntax')
  })

  it.each(['move', '', ' add', 'toString', '__proto__', 1, {}, ['add']])('R66 refuses the op %j', op => {
    expectRefusal(() => read({ ...operation, op }), 'invalidSyntax')
  })

  it.each([null, 'add', 1, [operation]])('R66 refuses an operation that is no object: %j', broken => {
    expectRefusal(() => read(broken), 'invalidSyntax')
  })

  it('R17 finds op, path and value in any case', () => {
    expect(read({ OP: 'replace', Path: 'title', vALUE: 'Boss' }, strict())).toEqual(read(operation))
  })

  it('R75 refuses a path that is no text', () => {
    expectRefusal(() => read({ ...operation, path: 7 }), 'invalidPath')
    expectRefusal(() => read({ ...operation, path: ['title'] }), 'invalidPath')
  })
})
