// The parts of an OpenAPI 3.1 document that this server's own has.

export type JsonSchema = Readonly<Record<string, unknown>>

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly description?: string
  readonly schema: JsonSchema
}

type Reference = { readonly $ref: string }

export type Content = Readonly<Record<string, { readonly schema: JsonSchema }>>

export interface ResponseObject {
  readonly description: string
  readonly headers?: Readonly<Record<string, Reference | { description?: string; schema: JsonSchema }>>
  readonly content?: Content
}

export interface OperationObject {
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly tags: readonly string[]
  readonly security: readonly Readonly<Record<string, readonly string[]>>[]
  readonly parameters?: readonly (Parameter | Reference)[]
  readonly requestBody?: { readonly required: boolean; readonly content: Content }
  readonly responses: Readonly<Record<string, ResponseObject | Reference>>
}

export type HttpMethod = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** An operation with where it is; the path is written as `/api/organizations/{organization}`. */
export interface Placed {
  readonly method: HttpMethod
  readonly path: string
  readonly operation: OperationObject
}

export interface Document {
  readonly openapi: '3.1.1'
  readonly info: { title: string; version: string; summary: string; description: string; license: object }
  readonly servers: readonly { url: string }[]
  readonly tags: readonly { name: string; description: string }[]
  readonly paths: Readonly<Record<string, Readonly<Partial<Record<HttpMethod, OperationObject>>>>>
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>
    readonly securitySchemes: Readonly<Record<string, object>>
    readonly parameters: Readonly<Record<string, Parameter>>
    readonly headers: Readonly<Record<string, { description: string; schema: JsonSchema }>>
    readonly responses: Readonly<Record<string, ResponseObject>>
  }
}

/** `/domains/:id` as OpenAPI writes it, and the names in it. */
export const pathTemplate = (path: string): string => path.replaceAll(/:(\w+)/g, '{$1}')
export const namesIn = (template: string): string[] =>
  [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)

export const json = (schema: JsonSchema, type = 'application/json'): Content => ({ [type]: { schema } })
export const refTo = (kind: 'schemas' | 'parameters' | 'headers' | 'responses', name: string): Reference => ({
  $ref: `#/components/${kind}/${name}`,
})
