// What the routes of the Organizations API read of a request's address: ids in the path and parameters.
import type { Context as HonoContext } from 'hono'
import { readId } from '../../base/id.ts'
import { invalid, missing } from '../../base/refusal.ts'
import type { HttpEnv } from '../request.ts'
import { readTime } from './fields.ts'

export type ApiContext = HonoContext<HttpEnv>

/** A malformed id names nothing, so it is missing. */
export function readPathId(c: ApiContext, name: string): string {
  const id = readId(c.req.param(name) ?? '')
  if (id === undefined) throw missing()
  return id
}

const bad = (name: string, expected: string, got: string) =>
  invalid('invalid_input', `Expected ${expected}, got "${got.slice(0, 100)}".`, name)

const longestParam = 1000

/** The value of a query parameter, which may be absent but not empty. */
export function readParam(c: ApiContext, name: string): string | undefined {
  const value = c.req.query(name)
  if (value === '') throw bad(name, `a value for ${name}`, value)
  if (value !== undefined && value.length > longestParam)
    throw invalid('max_length', `Expected at most ${longestParam} characters, got ${value.length}.`, name)
  if (value?.includes('\0') || value?.isWellFormed() === false)
    throw bad(name, `${name} to be text without U+0000`, '')
  return value
}

export function readWhole(c: ApiContext, name: string, minimum = 0): number | undefined {
  const value = readParam(c, name)
  if (value === undefined) return undefined
  const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN
  if (number >= minimum) return number
  throw bad(name, `${name} to be a whole number of at least ${minimum}`, value)
}

export function readInstant(c: ApiContext, name: string): string | undefined {
  const value = readParam(c, name)
  const instant = value === undefined ? undefined : readTime(value)
  if (value !== undefined && instant === undefined) throw bad(name, `${name} to be an RFC 3339 time`, value)
  return instant
}

export function readChoice<const T extends string>(
  c: ApiContext,
  name: string,
  choices: readonly T[],
): T | undefined {
  const value = readParam(c, name)
  const choice = choices.find(one => one === value)
  if (value === undefined || choice !== undefined) return choice
  throw invalid(
    'invalid_choice',
    `Expected ${name} to be one of ${choices.join(', ')}, got "${value.slice(0, 100)}".`,
    name,
  )
}
