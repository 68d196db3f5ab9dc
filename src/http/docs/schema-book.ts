// Turns the schemas that validate requests into those of the document; what has a name stands in it once.
import { z } from 'zod'
import { type JsonSchema, refTo } from './openapi.ts'

export interface SchemaBook {
  /** `input`: as a client writes it; `output`: as we answer. */
  of(schema: z.ZodType, io: 'input' | 'output'): JsonSchema
  /** A schema of the name that is not made by zod. */
  add(name: string, schema: JsonSchema): JsonSchema
  all(): Readonly<Record<string, JsonSchema>>
}

export function createSchemaBook(): SchemaBook {
  const named = new Map<string, JsonSchema>()
  const add = (name: string, schema: JsonSchema) => {
    const before = named.get(name)
    if (before && JSON.stringify(before) !== JSON.stringify(schema))
      throw new Error(`Two schemas are called ${name}.`)
    named.set(name, schema)
    return refTo('schemas', name)
  }
  return {
    add,
    of: (schema, io) => {
      // In a list, a schema with a name is referred to like any other.
      const { items, $defs } = readConverted(z.toJSONSchema(z.array(schema), { io, override }))
      for (const [name, definition] of Object.entries($defs)) add(name, definition)
      return items
    },
    all: () => Object.fromEntries([...named].sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

const override = ({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }) => {
  // An answer may have more fields one day; clients are to expect that.
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
  // It is our code alone that may not write into it.
  delete jsonSchema.readOnly
  // That JSON has no larger integers goes without saying.
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
}

function readConverted(converted: object): { items: JsonSchema; $defs: Record<string, JsonSchema> } {
  const text = JSON.stringify(converted).replaceAll('"#/$defs/', '"#/components/schemas/')
  const { items, $defs = {} } = JSON.parse(text)
  return { items, $defs }
}
