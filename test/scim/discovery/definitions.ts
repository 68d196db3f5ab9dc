// RFC 7643 §8.7.2: what its own definitions say of a schema and of a resource type, as data, and who breaks it.

type Type = 'string' | 'boolean' | 'reference' | 'complex'

interface Rule {
  readonly type: Type
  readonly multiValued?: boolean
  readonly required?: boolean
  readonly canonicalValues?: readonly string[]
  readonly parts?: Rules
}

type Rules = Readonly<Record<string, Rule>>

const text: Rule = { type: 'string' }
const needed: Rule = { type: 'string', required: true }
const flag: Rule = { type: 'boolean' }
const neededFlag: Rule = { type: 'boolean', required: true }
const uri: Rule = { type: 'reference', required: true }
const texts: Rule = { type: 'string', multiValued: true }
const choice = (...canonicalValues: string[]): Rule => ({ type: 'string', canonicalValues })
const list = (parts: Rules, required = false): Rule => ({
  type: 'complex',
  multiValued: true,
  required,
  parts,
})

const characteristics: Rules = {
  name: needed,
  type: {
    ...choice('string', 'complex', 'boolean', 'decimal', 'integer', 'dateTime', 'reference', 'binary'),
    required: true,
  },
  multiValued: neededFlag,
  description: text,
  required: neededFlag,
  canonicalValues: texts,
  caseExact: flag,
  mutability: choice('readOnly', 'readWrite', 'immutable', 'writeOnly'),
  returned: choice('always', 'never', 'default', 'request'),
  uniqueness: choice('none', 'server', 'global'),
  referenceTypes: texts,
}

/** §3.1, of which these documents have this much. */
const common: Rules = {
  schemas: { ...texts, required: true },
  id: needed,
  meta: { type: 'complex', required: true, parts: { resourceType: needed, location: uri } },
}

export const schemaDefinition: Rules = {
  ...common,
  name: text,
  description: text,
  attributes: list({ ...characteristics, subAttributes: list(characteristics) }, true),
}

export const resourceTypeDefinition: Rules = {
  ...common,
  name: needed,
  description: text,
  endpoint: uri,
  schema: uri,
  schemaExtensions: list({ schema: uri, required: neededFlag }, true),
}

/** What is wrong with a document, as sentences; none when it is as it is defined. */
export function faultsIn(rules: Rules, document: object, at = ''): string[] {
  const values = new Map<string, unknown>(Object.entries(document))
  const unknown = [...values.keys()].filter(name => !Object.hasOwn(rules, name))
  const known = Object.entries(rules).flatMap(([name, rule]) => {
    const value = values.get(name)
    if (value === undefined) return rule.required ? [`${at}${name} is missing`] : []
    if (Array.isArray(value) !== (rule.multiValued ?? false)) return [`${at}${name} is a list, or is none`]
    return [value].flat().flatMap(each => faultsOf(rule, each, at + name))
  })
  return [...unknown.map(name => `${at}${name} is unknown`), ...known]
}

function faultsOf({ type, parts, canonicalValues }: Rule, value: unknown, at: string): string[] {
  if (parts)
    return typeof value === 'object' && value ? faultsIn(parts, value, `${at}.`) : [`${at} is no object`]
  const expected = type === 'boolean' ? 'boolean' : 'string'
  if (typeof value !== expected) return [`${at} is a ${typeof value}`]
  return canonicalValues && !canonicalValues.includes(String(value)) ? [`${at} is ${value}`] : []
}
