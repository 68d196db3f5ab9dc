// Holds what the API answers, and what it accepts, against its own document. Every client of the API's tests asks here.
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { createDocument } from '../../../src/http/docs/document.ts'
import type { Content, HttpMethod, OperationObject } from '../../../src/http/docs/openapi.ts'

const document = createDocument({ config: { baseUrl: 'http://localhost' } as never }, 'test')

export interface Exchange {
  readonly method: string
  /** With its query. */
  readonly path: string
  /** The JSON value of the body, if there was one. */
  readonly sent: unknown
  readonly status: number
  readonly mediaType: string | null
  readonly text: string
}

/** How many answers with a body were found to be as the document says, by operation. */
export const heldTo = new Map<string, number>()

/** Of SCIM: answers by the routes that every domain has. They may hold what the domain's own schemas define. */
export function holdScimToDocument(exchange: Exchange): void {
  const operation = findOperation(exchange)
  if (!operation) return
  try {
    if (checkAnswer(operation, exchange, openSchemas)) count(operation.operationId)
  } catch (error) {
    throw failure(operation.operationId, exchange, error)
  }
}

const count = (name: string) => heldTo.set(name, (heldTo.get(name) ?? 0) + 1)

const failure = (name: string, { method, path, status, text }: Exchange, cause: unknown) =>
  new Error(`${method} ${path} (${name}) → ${status} ${text.slice(0, 2000)}`, { cause })

/** Throws when the document says otherwise. */
export function holdToDocument(exchange: Exchange): void {
  const operation = findOperation(exchange)
  const name = operation?.operationId ?? 'none'
  try {
    if (operation && exchange.status < 300) checkRequest(operation, exchange)
    if (checkAnswer(operation, exchange, closedSchemas)) count(name)
  } catch (error) {
    throw failure(name, exchange, error)
  }
}

const templates = Object.entries(document.paths)
  .map(([template, methods]) => ({
    pattern: patternOf(template),
    template,
    methods: new Map(Object.entries(methods)),
  }))
  // What is named goes before what is any.
  .sort((a, b) => a.template.split('{').length - b.template.split('{').length)

function patternOf(template: string): RegExp {
  const literal = template.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&')
  return new RegExp(`^${literal.replaceAll(/\{\w+\}/g, '[^/]+')}/?$`)
}

function findOperation({ method, path }: Exchange): OperationObject | undefined {
  const { pathname } = new URL(path, 'http://localhost')
  const wanted = method === 'HEAD' ? 'get' : (method.toLowerCase() as HttpMethod)
  return templates.find(({ pattern }) => pattern.test(pathname))?.methods.get(wanted)
}

/** What was accepted is what the document lets clients send. */
function checkRequest({ requestBody }: OperationObject, { sent }: Exchange): void {
  if (!requestBody) return
  if (sent === undefined && requestBody.required) throw new Error('It was accepted without a body.')
  const schema = requestBody.content['application/json']?.schema
  if (sent !== undefined && schema) check(validatorFor(openSchemas, schema), sent)
}

/** Whether there was a body to look at. Without an operation there can only be an error object. */
function checkAnswer(operation: OperationObject | undefined, exchange: Exchange, schemas: Schemas): boolean {
  const { method, status, mediaType, text } = exchange
  const content = contentFor(operation, status)
  if (method === 'HEAD' || (content === undefined && text === '')) return false
  const type = mediaType?.split(';')[0] ?? ''
  const schema = new Map(Object.entries(content ?? {})).get(type)?.schema
  if (!schema) throw new Error(`The document has no ${type || 'body'} for ${status}.`)
  const validate = validatorFor(schemas, schema)
  const values = type === 'application/x-ndjson' ? text.split('\n').filter(line => line !== '') : [text]
  for (const value of values) check(validate, JSON.parse(value))
  return true
}

function contentFor(operation: OperationObject | undefined, status: number): Content | undefined {
  const responses = new Map(Object.entries(operation?.responses ?? { default: { $ref: '/Failure' } }))
  const response = responses.get(String(status)) ?? responses.get('default')
  if (!response) throw new Error(`The document does not know ${status}.`)
  if (status < 400 && !responses.has(String(status))) throw new Error(`The document does not know ${status}.`)
  if (!('$ref' in response)) return response.content
  return new Map(Object.entries(document.components.responses)).get(response.$ref.split('/').at(-1) ?? '')
    ?.content
}

/** For clients, answers may have more fields one day; today they have exactly these. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed)
  if (typeof value !== 'object' || value === null) return value
  const copy = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, closed(each)]))
  return 'properties' in copy && !('additionalProperties' in copy)
    ? { ...copy, additionalProperties: false }
    : copy
}

interface Schemas {
  readonly ajv: Ajv2020
  readonly compiled: Map<string, ValidateFunction>
  readonly prepare: (schema: object) => object
}

function schemasOf(prepare: (schema: object) => object): Schemas {
  const ajv = new Ajv2020({ strict: false })
  formats.default(ajv)
  const { schemas } = document.components
  ajv.addSchema({ $id: 'http://localhost/', ...prepare({ components: { schemas } }) })
  return { ajv, prepare, compiled: new Map() }
}

const openSchemas = schemasOf(schema => schema)
const closedSchemas = schemasOf(schema => closed(schema) as object)

function validatorFor({ ajv, compiled, prepare }: Schemas, schema: object): ValidateFunction {
  const key = JSON.stringify(schema)
  const before = compiled.get(key)
  if (before) return before
  const text = JSON.stringify(prepare(schema)).replaceAll('"#/components/', '"http://localhost/#/components/')
  const made = ajv.compile(JSON.parse(text))
  compiled.set(key, made)
  return made
}

function check(validate: ValidateFunction, value: unknown): void {
  if (!validate(value)) throw new Error(JSON.stringify(validate.errors))
}
