import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ScimError } from '../../../src/scim/errors.ts'
import { applyPatch, readPatch } from '../../../src/scim/patch.ts'
import { Leniency } from '../../../src/scim/quirks.ts'
import type { Json, Resource } from '../../../src/scim/resource.ts'
import { userType } from '../../../src/scim/resource-types.ts'
import { asBody, barbara, core, enterprise } from '../patching.ts'
import { type Element, type ListName, Model, type Part, Refused } from './model.ts'

/** The same thing said twice: to the engine as one operation, to the model as a call. */
interface Step {
  readonly operation: object
  readonly play: (model: Model) => void
}

const write = fc.constantFrom<'add' | 'replace'>('add', 'replace')
const text = fc.constantFrom('x', 'y', 'Z')
const list = fc.constantFrom<ListName>('emails', 'roles')
const type = fc.constantFrom('work', 'home')
const element: fc.Arbitrary<Element> = fc
  .record(
    { value: fc.constantFrom('a', 'A', 'b', 'c'), type, display: text, primary: fc.boolean() },
    { requiredKeys: ['value'] },
  )
  .map(given => ({ ...given }))
/** As many as an operation brings, at most one of them primary: more is the quirk `two_primaries`. */
const elements = fc.array(element, { minLength: 1, maxLength: 4 }).map(given => {
  const first = given.findIndex(each => each.primary)
  return given.map((each, at) => (each.primary && at !== first ? { ...each, primary: false } : each))
})

/** Where a single value lives, as the model, a path and the keys of a path-less value call it. */
const singles = [
  ['title', 'title', ['title']],
  ['displayName', `${core}:displayName`, [core, 'displayName']],
  ['name.givenName', 'name.givenName', ['name', 'givenName']],
  ['name.familyName', 'NAME.familyname', ['name', 'FamilyName']],
  ['enterprise/department', `${enterprise}:department`, [enterprise, 'department']],
  ['enterprise/manager.value', `${enterprise}:manager.value`, [enterprise, 'manager', 'value']],
] as const

const setSingle = fc
  .tuple(fc.constantFrom(...singles), write, fc.option(text), fc.boolean())
  .map(([[name, path, keys], op, value, hasPath]): Step => {
    const nested = keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value)
    return {
      operation: hasPath ? { op, path, value } : { op, value: nested },
      play: model => model.set(name, value),
    }
  })

const setUserName = fc.tuple(write, text).map(
  ([op, value]): Step => ({
    operation: { op, path: 'userName', value },
    play: model => model.set('userName', value),
  }),
)

const removeSingle = fc
  .constantFrom(...singles, ['name', 'name'] as const, ['enterprise', enterprise] as const)
  .map(([name, path]): Step => ({ operation: { op: 'remove', path }, play: model => model.removeAll(name) }))

const changeList = fc.tuple(write, list, elements, fc.boolean()).map(
  ([op, name, value, hasPath]): Step => ({
    operation: hasPath ? { op, path: name, value } : { op, value: { [name]: value } },
    play: model => (op === 'add' ? model.add(name, value) : model.replace(name, value)),
  }),
)

const shrinkList = fc.tuple(list, elements, fc.boolean()).map(
  ([name, value, isAll]): Step => ({
    operation: isAll ? { op: 'remove', path: name } : { op: 'remove', path: name, value },
    play: model => (isAll ? model.replace(name, []) : model.withdraw(name, value)),
  }),
)

const part: fc.Arbitrary<[Part, string | boolean | null]> = fc.oneof(
  fc.tuple(fc.constantFrom<Part>('value', 'display'), fc.option(text)),
  fc.tuple(fc.constant<Part>('primary'), fc.constantFrom(true, false, null)),
)

const setTyped = fc.tuple(write, list, type, part).map(
  ([op, name, label, [sub, value]]): Step => ({
    operation: { op, path: `${name}[type eq "${label}"].${sub}`, value },
    play: model => model.setTyped(name, label, [sub, value]),
  }),
)

const changeTyped = fc.tuple(write, list, type, element).map(
  ([op, name, label, value]): Step => ({
    operation: { op, path: `${name}[type eq "${label}"]`, value },
    play: model => model.changeTyped(name, label, { op, value }),
  }),
)

const removeTyped = fc.tuple(list, type).map(
  ([name, label]): Step => ({
    operation: { op: 'remove', path: `${name}[type eq "${label}"]` },
    play: model => model.removeTyped(name, label),
  }),
)

const setOnAll = fc.tuple(write, list, text).map(
  ([op, name, value]): Step => ({
    operation: { op, path: `${name}.display`, value },
    play: model => model.setOnAll(name, 'display', value),
  }),
)

const step = fc.oneof(
  setSingle,
  setUserName,
  removeSingle,
  changeList,
  shrinkList,
  setTyped,
  changeTyped,
  removeTyped,
  setOnAll,
)
const requests = fc.array(fc.array(step, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 6 })

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  for (const each of Object.values(value)) frozen(each)
  return Object.freeze(value)
}

function expectCanonical(resource: Resource): void {
  expect(resource.userName).toBeTruthy()
  const used = [core, ...(resource[enterprise] === undefined ? [] : [enterprise])]
  expect(resource.schemas).toEqual(used)
  expectNothingEmpty(resource)
  for (const value of Object.values(resource))
    if (Array.isArray(value))
      expect(
        value.filter(each => typeof each === 'object' && each !== null && 'primary' in each && each.primary)
          .length,
      ).toBeLessThan(2)
  expect(Object.keys(Object.prototype)).toEqual([])
}

function expectNothingEmpty(value: Json): void {
  expect(value).not.toBeNull()
  if (typeof value !== 'object' || value === null) return
  expect(Object.keys(value).length).toBeGreaterThan(0)
  for (const each of Object.values(value)) expectNothingEmpty(each)
}

/** What the model makes of a request: the same model, untouched, when it refuses. */
function played(before: Model, steps: readonly Step[]): Model | undefined {
  const after = new Model(before.strict, before)
  try {
    for (const { play } of steps) {
      play(after)
      after.settle()
    }
  } catch (error) {
    if (error instanceof Refused) return undefined
    throw error
  }
  return after
}

function patched(resource: Resource, steps: readonly Step[], leniency: Leniency): Resource | undefined {
  try {
    const body = asBody(...steps.map(each => each.operation))
    return applyPatch(userType, frozen(resource), readPatch(userType, frozen(body), leniency), leniency)
  } catch (error) {
    if (error instanceof ScimError && (error.scimType === 'noTarget' || error.scimType === 'invalidValue'))
      return undefined
    throw error
  }
}

describe('PATCH against a plain model', () => {
  it.each(['default', 'strict'] as const)(
    'R67–R77 agrees with the model, %s profile',
    profile => {
      fc.assert(
        fc.property(requests, sequence => {
          let model = new Model(profile === 'strict')
          let resource = model.toResource()
          for (const steps of sequence) {
            const expected = played(model, steps)
            const after = patched(resource, steps, new Leniency(profile))
            expect(after).toEqual(expected?.toResource())
            if (!after || !expected) continue
            expectCanonical(after)
            if (JSON.stringify(model.toResource()) === JSON.stringify(expected.toResource()))
              expect(after).toBe(resource)
            resource = after
            model = expected
          }
        }),
        { numRuns: 1_000 },
      )
    },
    60_000,
  )
})

describe('PATCH with anything at all', () => {
  const path = fc.oneof(
    fc.constantFrom('title', 'emails', 'emails.value', 'name', 'manager', core, enterprise, 'userName', 'id'),
    fc.constantFrom('emails[type eq "work"]', 'emails[primary eq true].value', 'x509Certificates', 'schemas'),
    fc.string(),
  )
  const key = fc.oneof(path, fc.constantFrom('__proto__', 'constructor', 'value', 'type', 'primary', '$ref'))
  const { value } = fc.letrec<{ value: unknown }>(tie => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(null, '', 'True', 'a', '{"a":1}', 0, true, '\u0000'),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map(entries => Object.fromEntries(entries)),
      fc.jsonValue(),
    ),
  }))
  const operation = fc.oneof(
    fc.record(
      { op: fc.constantFrom('add', 'Replace', 'remove', 'x', null), path, value },
      { requiredKeys: [] },
    ),
    value,
  )

  it('gives a canonical resource or a ScimError of the 400s, and touches nothing it was given', () => {
    let given = 0
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 4 }), fc.boolean(), (operations, isStrict) => {
        const leniency = new Leniency(isStrict ? 'strict' : 'default')
        try {
          const read = readPatch(userType, frozen(asBody(...operations)), leniency)
          expectCanonical(applyPatch(userType, frozen(structuredClone(barbara)), read, leniency))
          given += 1
        } catch (error) {
          if (!(error instanceof ScimError)) throw error
          expect(error.status).toBe(400)
        }
      }),
      { numRuns: 3_000 },
    )
    expect(given).toBeGreaterThan(200)
  }, 60_000)
})
