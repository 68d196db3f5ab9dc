// How the page shows a JSON schema: its type in a few words, and its properties in a table, nested ones indented.
import { html } from 'hono/html'
import type { Markup } from '../look/page.ts'
import type { JsonSchema } from './openapi.ts'
import { inline, paragraphs } from './text.ts'

type Words = Markup | string

/** What a schema says of a kind, or undefined. */
const textIn = (schema: JsonSchema, key: string): string | undefined => {
  const value = new Map(Object.entries(schema)).get(key)
  return typeof value === 'string' ? value : undefined
}
const listIn = (schema: JsonSchema, key: string): readonly unknown[] | undefined => {
  const value = new Map(Object.entries(schema)).get(key)
  return Array.isArray(value) ? value : undefined
}
const schemaIn = (schema: JsonSchema, key: string): JsonSchema | undefined => {
  const value = new Map(Object.entries(schema)).get(key)
  return isSchema(value) ? value : undefined
}
const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const variantsOf = (schema: JsonSchema): JsonSchema[] =>
  ['anyOf', 'oneOf', 'allOf'].flatMap(key => listIn(schema, key) ?? []).filter(isSchema)

/** `string (uuid)`, `array of Domain`, `"a" | "b"`. */
export function typeOf(schema: JsonSchema): Words[] {
  const reference = textIn(schema, '$ref')
  if (reference !== undefined) {
    const name = reference.split('/').at(-1) ?? ''
    return [html`<a href="#schema-${name}">${name}</a>`]
  }
  const choices = listIn(schema, 'enum')
  if (choices) return [choices.map(choice => JSON.stringify(choice)).join(' | ')]
  if ('const' in schema) return [JSON.stringify(schema.const)]
  const variants = variantsOf(schema).filter(isNamed)
  if (variants.length > 0)
    return variants.flatMap((variant, at) => [...(at > 0 ? [' or '] : []), ...typeOf(variant)])
  const items = schemaIn(schema, 'items')
  if (items) return ['array of ', ...typeOf(items)]
  const type = textIn(schema, 'type') ?? listIn(schema, 'type')?.join(' or ')
  if (type === undefined) return ['anything']
  const format = textIn(schema, 'format')
  return [format === undefined ? type : `${type} (${format})`]
}

/** A part that only says which fields are required has no name. */
const isNamed = (schema: JsonSchema) => !(textIn(schema, 'type') === 'object' && !('properties' in schema))

const limits = [
  ['minLength', 'at least', 'characters'],
  ['maxLength', 'at most', 'characters'],
  ['minimum', 'at least', ''],
  ['maximum', 'at most', ''],
  ['minItems', 'at least', 'items'],
  ['maxItems', 'at most', 'items'],
] as const

/** The limits and the default. */
function factsOf(schema: JsonSchema): string[] {
  const all = [schema, ...variantsOf(schema)]
  const facts = limits.flatMap(([key, words, unit]) => {
    const value = all.map(each => each[key]).find(each => typeof each === 'number')
    return value === undefined || (key === 'minLength' && value === 1)
      ? []
      : [`${words} ${value} ${unit}`.trim()]
  })
  const { default: fallback } = schema
  return fallback === undefined ? facts : [...facts, `${JSON.stringify(fallback)} when left out`]
}

/** The object that a schema, its items or one of its variants is, where it has no name of its own. */
function objectIn(schema: JsonSchema): JsonSchema | undefined {
  if (schemaIn(schema, 'properties')) return schema
  const inner = [schemaIn(schema, 'items'), ...variantsOf(schema)]
  return inner.map(each => each && objectIn(each)).find(each => each !== undefined)
}

/** Empty where a schema has no properties of its own. */
export function rowsOf(schema: JsonSchema, depth = 0): Markup[] {
  const object = objectIn(schema)
  const required = new Set(object ? listIn(object, 'required') : [])
  return Object.entries((object && schemaIn(object, 'properties')) ?? {}).flatMap(([name, property]) => {
    if (!isSchema(property)) return []
    const row = rowOf({ name, schema: property, isRequired: required.has(name), depth })
    return [row, ...rowsOf(property, depth + 1)]
  })
}

interface Named {
  readonly name: string
  readonly schema: JsonSchema
  readonly isRequired: boolean
  readonly description?: string | undefined
  readonly depth?: number
}

const deepest = 4

export function rowOf({ name, schema, isRequired, description, depth = 0 }: Named): Markup {
  const said = description ?? textIn(schema, 'description')
  const facts = factsOf(schema)
  return html`<tr><td class="in${Math.min(depth, deepest)}"><code>${name}</code>${isRequired ? html` <abbr title="required">*</abbr>` : ''}</td>
<td>${typeOf(schema)}${facts.length > 0 ? html` <small>${facts.join(', ')}</small>` : ''}</td><td>${said === undefined ? '' : inline(said)}</td></tr>`
}

export const tableOf = (rows: readonly Markup[]): Markup | '' =>
  rows.length === 0 ? '' : html`<table><tbody>${rows}</tbody></table>`

/** A schema with a name, in full. */
export const shapeOf = (schema: JsonSchema): Markup => {
  const said = textIn(schema, 'description')
  const rows = rowsOf(schema)
  return html`${said === undefined ? '' : paragraphs(said)}${rows.length > 0 ? tableOf(rows) : html`<p>${typeOf(schema)}</p>`}`
}
