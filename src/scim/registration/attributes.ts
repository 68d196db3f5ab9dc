// Reads the attributes of a schema that somebody defines (RFC 7643 §7), by every rule that values are later held to.

import { ScimError } from '../errors.ts'
import { Leniency } from '../quirks.ts'
import { isObject, type Json, type JsonObject, quote } from '../resource.ts'
import { type Attribute, type AttributeType, attribute } from '../schema.ts'
import { schemaSchema } from '../schemas/service-provider.ts'
import { readValue } from '../validate/value.ts'
import { RegistrationError } from './refusal.ts'

const characteristics = (
  schemaSchema.attributes.find(({ name }) => name === 'attributes')?.subAttributes ?? []
)
  .filter(({ name }) => name !== 'subAttributes')
  .map((each): Attribute => ({ ...each, mutability: 'readWrite' }))

const listOf = (name: string, subAttributes: readonly Attribute[]): Attribute =>
  attribute(name, '', { type: 'complex', multiValued: true, subAttributes })

/** As RFC 7643 §7 has it, though writable. What is nested deeper is left unread, and refused for what it stands in. */
const definitions = listOf('attributes', [
  ...characteristics,
  listOf('subAttributes', [...characteristics, { ...listOf('subAttributes', []), mutability: 'readOnly' }]),
])

const mostAttributes = 100
const mostValues = 100
const longestName = 100
const longestText = 1_000

/** RFC 7643 §2.1. `$ref` alone begins otherwise. */
const nameForm = /^[A-Za-z][\w$-]*$/
const common: ReadonlySet<string> = new Set(['schemas', 'id', 'externalid', 'meta'])

interface Place {
  /** How a refusal calls the attribute, or the list that it stands in. */
  readonly where: string
  readonly isPart: boolean
}

export function readAttributeDefinitions(sent: unknown): Attribute[] {
  const list = readShape(sent)
  if (list.length === 0) throw refuse('Expected at least one attribute, got none.', 'required')
  return readList(list, { where: 'attributes', isPart: false })
}

const refuse = (detail: string, code: RegistrationError['code'] = 'invalid_input') =>
  new RegistrationError(code, 'attributes', detail)

/** The JSON types, and that nothing is said but the characteristics of §7: a definition is a value like any other. */
function readShape(sent: unknown): readonly Json[] {
  try {
    const list = readValue(definitions, sent, new Leniency('strict'))
    return Array.isArray(list) ? list : []
  } catch (error) {
    if (error instanceof ScimError) throw refuse(error.message)
    throw error
  }
}

function readList(list: readonly Json[], place: Place): Attribute[] {
  if (list.length > mostAttributes)
    throw refuse(`${place.where} may have ${mostAttributes} entries, but ${list.length} came.`, 'max_length')
  const names = new Set<string>()
  return list.filter(isObject).map((definition, at) => {
    const name = readName(definition.name, { ...place, where: `${place.where}[${at}]` })
    if (names.has(name.toLowerCase()))
      throw refuse(`${place.where} has ${quote(name)} twice; names are the same in any case.`)
    names.add(name.toLowerCase())
    return readAttribute(name, definition, { ...place, where: `${place.where} ${quote(name)}` })
  })
}

function readName(name: Json | undefined, { where, isPart }: Place): string {
  if (typeof name !== 'string') throw refuse(`${where}.name is required, but none came.`, 'required')
  if (name.length > longestName)
    throw refuse(`${where}.name may have ${longestName} characters, but ${name.length} came.`, 'max_length')
  if (isPart && name === '$ref') return name
  if (!nameForm.test(name))
    throw refuse(
      `${where}.name must begin with a letter and go on with letters, digits, "$", "-" and "_", but ${quote(name)} came.`,
    )
  // Values are kept in plain objects, in which these are there before anybody sets them.
  if (name in {}) throw refuse(`${where}.name must be another one: ${quote(name)} is taken by JavaScript.`)
  if (!isPart && common.has(name.toLowerCase()))
    throw refuse(`${where}.name must be another one: every resource has ${quote(name)} already.`)
  return name
}

function readAttribute(name: string, definition: JsonObject, place: Place): Attribute {
  const { where } = place
  const type = choose<AttributeType>(definition, { name: 'type', fallback: 'string', where })
  const mutability = choose<Attribute['mutability']>(definition, {
    name: 'mutability',
    fallback: 'readWrite',
    where,
  })
  const isExact = type === 'reference' || type === 'binary'
  const defined: Attribute = {
    name,
    type,
    multiValued: definition.multiValued === true,
    description: readText(definition.description, `${where}.description`) ?? name,
    required: definition.required === true,
    caseExact: typeof definition.caseExact === 'boolean' ? definition.caseExact : isExact,
    mutability,
    returned: choose<Attribute['returned']>(definition, {
      name: 'returned',
      fallback: mutability === 'writeOnly' ? 'never' : 'default',
      where,
    }),
    uniqueness: choose<Attribute['uniqueness']>(definition, { name: 'uniqueness', fallback: 'none', where }),
    ...readValues(definition, { type, where }),
    ...readParts(definition, { type, ...place }),
  }
  refuseContradictions(defined, place)
  return defined
}

function choose<Choice extends string>(
  definition: JsonObject,
  { name, fallback, where }: { name: string; fallback: Choice; where: string },
): Choice {
  const value = definition[name] ?? fallback
  const choices = characteristics.find(each => each.name === name)?.canonicalValues ?? []
  if (typeof value === 'string' && choices.includes(value)) return value as Choice
  throw refuse(`${where}.${name} must be one of ${choices.join(', ')}, but ${quote(String(value))} came.`)
}

function readText(value: Json | undefined, where: string): string | undefined {
  if (typeof value !== 'string' || value.trim() === '') return undefined
  if (value.length <= longestText) return value
  throw refuse(`${where} may have ${longestText} characters, but ${value.length} came.`, 'max_length')
}

function readValues(
  definition: JsonObject,
  { type, where }: { type: AttributeType; where: string },
): Pick<Attribute, 'canonicalValues' | 'referenceTypes'> {
  const canonicalValues = readTexts(definition.canonicalValues, `${where}.canonicalValues`)
  const referenceTypes = readTexts(definition.referenceTypes, `${where}.referenceTypes`)
  if (canonicalValues && type !== 'string' && type !== 'reference')
    throw refuse(`${where}.canonicalValues go with a string or a reference, but the type is ${type}.`)
  if (referenceTypes && type !== 'reference')
    throw refuse(`${where}.referenceTypes go with a reference, but the type is ${type}.`)
  return {
    ...(canonicalValues && { canonicalValues }),
    ...(type === 'reference' && { referenceTypes: referenceTypes ?? ['uri'] }),
  }
}

function readTexts(value: Json | undefined, where: string): string[] | undefined {
  if (!Array.isArray(value)) return undefined
  if (value.length > mostValues)
    throw refuse(`${where} may have ${mostValues} entries, but ${value.length} came.`, 'max_length')
  return value.map((each, at) => {
    const text = readText(each, `${where}[${at}]`)
    if (text === undefined) throw refuse(`${where}[${at}] must say something, but it is empty.`)
    return text
  })
}

function readParts(
  definition: JsonObject,
  { type, where, isPart }: Place & { type: AttributeType },
): Pick<Attribute, 'subAttributes'> {
  const list = Array.isArray(definition.subAttributes) ? definition.subAttributes : []
  if (type === 'complex' && isPart)
    throw refuse(`${where} must be of a simple type: nothing is complex inside something complex.`)
  if (type === 'complex' && list.length === 0)
    throw refuse(`${where} is complex and must have subAttributes, but none came.`, 'required')
  if (type !== 'complex' && list.length > 0)
    throw refuse(`${where} must be complex to have subAttributes, but its type is ${type}.`)
  return list.length === 0
    ? {}
    : { subAttributes: readList(list, { where: `${where}.subAttributes`, isPart: true }) }
}

/** What RFC 7643 §2.2 and §2.3 exclude, and what nothing could be held to here. */
function refuseContradictions(defined: Attribute, { where, isPart }: Place): void {
  const { name, type, multiValued, required, mutability, returned, uniqueness } = defined
  if (mutability === 'writeOnly' && returned !== 'never')
    throw refuse(`${where} is writeOnly and must be returned never, but ${returned} came.`)
  if (required && (mutability === 'readOnly' || returned === 'never'))
    throw refuse(`${where} cannot be required: nobody could set it, or nothing would show that it is set.`)
  if (isPart && multiValued) throw refuse(`${where} must have one value: a list has no lists inside here.`)
  const isSimple = type !== 'boolean' && type !== 'dateTime' && type !== 'binary' && type !== 'complex'
  if (uniqueness !== 'none' && (isPart || multiValued || !isSimple))
    throw refuse(
      `${where} cannot be unique: only a string, number or reference with one value can, outside of complex attributes.`,
    )
  if (isPart && name.toLowerCase() === 'primary' && type !== 'boolean')
    throw refuse(`${where} must be a boolean, as in every list, but its type is ${type}.`)
  if (isPart && name === '$ref' && type !== 'reference')
    throw refuse(`${where} must be a reference, but its type is ${type}.`)
}
