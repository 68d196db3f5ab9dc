// Random schemas and random resources of them: what goes in comes out, is found by what it says, and changes as it is told.
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { matches } from '../../../src/scim/filter/match.ts'
import { parseFilter } from '../../../src/scim/filter/parse.ts'
import { Leniency } from '../../../src/scim/quirks.ts'
import { readRegistration, resourceTypesWith } from '../../../src/scim/registration.ts'
import { isObject, type Json, type JsonObject, type Resource } from '../../../src/scim/resource.ts'
import type { Attribute, ResourceType } from '../../../src/scim/schema.ts'
import { eachDatabase } from '../../database.ts'
import { definitions, objectOf } from '../../scim/registration/arbitraries.ts'
import { register } from './registering.ts'
import { openSurface, patchOf, person, type Surface, userSchema } from './surface.ts'

const urn = 'urn:example:random:1.0:Thing'
const base = { id: urn, name: 'Random', description: '' }
const uses = [
  { resource_type: { name: 'Thing', endpoint: '/Things', description: '' } },
  { extends: 'User' },
] as const

interface Case {
  readonly definition: object
  readonly sent: readonly JsonObject[]
  readonly changes: JsonObject
}

const cases: fc.Arbitrary<Case> = fc
  .tuple(fc.constantFrom(...uses), definitions)
  .chain(([use, attributes]) => {
    const definition = { ...base, ...use, attributes }
    const read = readRegistration(definition).schema.attributes
    return fc.record({
      definition: fc.constant(definition),
      sent: fc.array(objectOf(read), { minLength: 1, maxLength: 3 }),
      changes: objectOf(read),
    })
  })

/** What is kept of a value that was sent. */
const isKept = ({ mutability, returned }: Attribute) => mutability !== 'readOnly' && returned !== 'never'
const isShown = (each: Attribute) => isKept(each) && each.returned !== 'request'

const pick = (attributes: readonly Attribute[], values: JsonObject, wanted: (each: Attribute) => boolean) =>
  Object.fromEntries(
    attributes.flatMap(each => {
      const value = values[each.name]
      return value !== undefined && wanted(each) ? [[each.name, value]] : []
    }),
  )

describe('schemas at random', () => {
  eachDatabase((_, open) => {
    let surface: Surface
    let tenants = 0
    beforeAll(async () => {
      surface = await openSurface(await open(), { scimRateLimit: 0 })
    })

    it('R33 R23 what goes in comes out, is found by every comparison, and changes as told', async () => {
      const property = fc.asyncProperty(cases, async each => {
        tenants += 1
        const tenant = surface.as(await surface.addTenant(`random${tenants}.test`))
        await register(tenant, each.definition)
        await roundTrip(tenant, each)
      })
      await fc.assert(property, { numRuns: 40 })
    }, 120_000)
  })
})

async function roundTrip(tenant: Surface, { definition, sent, changes }: Case): Promise<void> {
  const { ask } = tenant
  const registration = readRegistration(definition)
  const { attributes } = registration.schema
  const isExtension = registration.kind === 'extension'
  const type = resourceTypesWith([registration]).find(({ id }) => id === (isExtension ? 'User' : 'Thing'))
  if (!type) throw new Error('expected the type that the schema is of')
  const inside = (body: Resource): JsonObject => {
    if (!isExtension) return pick(attributes, body, () => true)
    return isObject(body[urn]) ? body[urn] : {}
  }
  const bodyOf = (values: JsonObject, at: number) =>
    isExtension
      ? person(`p${at}`, { schemas: [userSchema, urn], [urn]: values })
      : { schemas: [urn], ...values }
  const kept: Resource[] = []
  for (const [at, values] of sent.entries()) {
    const { status, body: made } = await ask('POST', type.endpoint, { body: bodyOf(values, at) })
    expect(status).toBe(201)
    expect(inside(made)).toEqual(pick(attributes, values, isShown))
    expect((await ask('GET', `${type.endpoint}/${made.id}`)).body).toEqual(made)
    const whole = pick(attributes, values, isKept)
    kept.push(isExtension ? { ...made, [urn]: whole } : { ...made, ...whole })
  }
  const path = (name: string) => `${urn}:${name}`
  for (const filter of sent.flatMap(values => comparisonsOf(attributes, values, path))) {
    const parsed = parseFilter(type, filter, new Leniency())
    const expected = kept.filter(each => matches(parsed, each)).map(each => each.id)
    const { status, body } = await ask('GET', `${type.endpoint}?filter=${encodeURIComponent(filter)}`)
    expect([filter, status]).toEqual([filter, 200])
    const found = body.Resources.map((one: Resource) => one.id)
    expect([filter, found]).toEqual([filter, expected])
    expect([filter, found.length > 0]).toEqual([filter, true])
  }
  await changeAll(tenant, { type, attributes, changes, first: kept[0], inside, path })
}

interface Change {
  readonly type: ResourceType
  readonly attributes: readonly Attribute[]
  readonly changes: JsonObject
  readonly first: Resource | undefined
  readonly inside: (body: Resource) => JsonObject
  readonly path: (name: string) => string
}

async function changeAll(tenant: Surface, { type, attributes, changes, first, inside, path }: Change) {
  if (!first) return
  const before = inside(first)
  const free = attributes.filter(each => each.mutability === 'readWrite' && changes[each.name] !== undefined)
  const operations = free.map(({ name }) => ({ op: 'replace', path: path(name), value: changes[name] }))
  const { status, body } = await tenant.ask('PATCH', `${type.endpoint}/${first.id}`, {
    body: patchOf(...operations),
  })
  expect(status).toBe(200)
  const after = { ...before, ...pick(free, changes, () => true) }
  for (const { name, multiValued } of free) {
    const [old, now] = [before[name], changes[name]]
    if (!multiValued && isObject(old) && isObject(now)) after[name] = { ...old, ...now }
  }
  // A reference that speaks of somebody else is not kept; no part of these is called so.
  expect(inside(body)).toEqual(pick(attributes, after, isShown))
  const cleared = await tenant.ask('PATCH', `${type.endpoint}/${first.id}`, {
    body: patchOf(...free.map(({ name }) => ({ op: 'remove', path: path(name) }))),
  })
  expect(cleared.status).toBe(200)
  const left = attributes.filter(each => !free.includes(each))
  expect(inside(cleared.body)).toEqual(pick(left, after, isShown))
}

/** A comparison for each value that can be compared, all of which the resource satisfies. */
function comparisonsOf(
  attributes: readonly Attribute[],
  values: JsonObject,
  path: (name: string) => string,
): string[] {
  return attributes.flatMap(attribute => {
    const value = values[attribute.name]
    if (value === undefined || !isKept(attribute)) return []
    const at = path(attribute.name)
    const elements = Array.isArray(value) ? value : [value]
    return [
      `${at} pr`,
      ...elements.flatMap(element => {
        if (!isObject(element)) return comparisons(at, element)
        return Object.entries(element).flatMap(([name, inner]) => comparisons(`${at}.${name}`, inner))
      }),
    ]
  })
}

function comparisons(at: string, value: Json): string[] {
  const written = JSON.stringify(value)
  if (typeof value === 'number') return [`${at} eq ${written}`, `${at} ge ${written} and ${at} le ${written}`]
  return [`${at} eq ${written}`]
}
