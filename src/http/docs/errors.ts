// How the document tells of refusals: each response once, and which of them an operation can have.
import type { z } from 'zod'
import { errorObject } from '../api/error-object.ts'
import { json, type OperationObject, type ResponseObject, refTo } from './openapi.ts'
import type { SchemaBook } from './schema-book.ts'

const sentences = {
  BadRequest: 'A field or a parameter is not what was expected: `attr` says which.',
  Unauthenticated: 'There are no credentials, or they are no good.',
  Denied: 'The scope or the level is not enough, or a browser has to sign in again.',
  Missing: 'It is not there, or not for the caller to see.',
  Conflict: 'Something else is under way or in use.',
  TooLarge: 'The body has more than 1 MiB.',
  WrongMediaType: 'The body is not JSON.',
  Mismatch: 'The Idempotency-Key came with another request before.',
  Throttled: 'Too many requests.',
  Failure: 'Whatever else went wrong; a 500 has the request id.',
} as const

type Name = keyof typeof sentences

/** For `components.responses`. */
export function errorComponents(book: SchemaBook): Record<string, ResponseObject> {
  const content = json(book.of(errorObject, 'output'))
  const requestId = { 'X-Request-Id': refTo('headers', 'X-Request-Id') }
  return Object.fromEntries(
    Object.entries(sentences).map(([name, description]) => {
      const headers =
        name === 'Throttled' ? { ...requestId, 'Retry-After': refTo('headers', 'Retry-After') } : requestId
      return [name, { description, headers, content }]
    }),
  )
}

interface Traits {
  readonly isAuthenticated: boolean
  readonly isRepeatable: boolean
  readonly hasBody: boolean
  readonly hasQuery: boolean
  /** In the path. */
  readonly names: readonly string[]
  readonly refusal: z.ZodType | undefined
}

export function errorResponses(book: SchemaBook, traits: Traits): OperationObject['responses'] {
  if (traits.refusal) {
    const schema = { anyOf: [book.of(traits.refusal, 'output'), book.of(errorObject, 'output')] }
    return { default: { description: 'It is refused.', content: json(schema) } }
  }
  const { isAuthenticated, isRepeatable, hasBody, hasQuery, names } = traits
  const possible: [boolean, number, Name][] = [
    [hasBody || hasQuery || isRepeatable, 400, 'BadRequest'],
    [isAuthenticated, 401, 'Unauthenticated'],
    [isAuthenticated, 403, 'Denied'],
    [names.length > 0, 404, 'Missing'],
    [isRepeatable, 409, 'Conflict'],
    [hasBody, 413, 'TooLarge'],
    [hasBody, 415, 'WrongMediaType'],
    [isRepeatable, 422, 'Mismatch'],
    [true, 429, 'Throttled'],
  ]
  const own = possible.filter(([isPossible]) => isPossible)
  return {
    ...Object.fromEntries(own.map(([, status, name]) => [status, refTo('responses', name)])),
    default: refTo('responses', 'Failure'),
  }
}
