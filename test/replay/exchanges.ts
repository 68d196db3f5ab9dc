// Recorded exchanges: each file is one request and the answer it must get; ids are kept for the ones that follow.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Exchange {
  readonly file: string
  readonly description: string
  readonly request: {
    readonly method: string
    readonly path: string
    readonly headers: Readonly<Record<string, string>>
    readonly body?: unknown
  }
  readonly expect: {
    readonly status: number
    readonly headers?: Readonly<Record<string, string>>
    readonly body?: unknown
  }
  /** Name → the field of the answer whose value it stands for from then on. */
  readonly keep?: Readonly<Record<string, string>>
}

const folder = join(import.meta.dirname, '..', '..', 'fixtures', 'scim')

export const providers = (): string[] => readdirSync(folder).sort()

export function readExchanges(provider: string): Exchange[] {
  return readdirSync(join(folder, provider))
    .filter(name => name.endsWith('.json'))
    .sort()
    .map(file => ({ file, ...JSON.parse(readFileSync(join(folder, provider, file), 'utf8')) }))
}

/** `{{name}}` in every text of `value` becomes what was kept under that name. */
export function fill<T>(value: T, kept: ReadonlyMap<string, string>): T {
  const text = JSON.stringify(value).replace(/\{\{(\w+)\}\}/g, (whole, name) => kept.get(name) ?? whole)
  return JSON.parse(text)
}

/** Replaces in `actual` what `expected` leaves open (`@time`, `@text`, or `@any` value at all), so that the rest can be compared exactly. */
export function openPlaces(actual: unknown, expected: unknown): unknown {
  if (expected === '@time')
    return typeof actual === 'string' && /^\d{4}-.*T.*Z$/.test(actual) ? '@time' : actual
  if (expected === '@text') return typeof actual === 'string' && actual.length > 0 ? '@text' : actual
  if (expected === '@any') return actual === undefined ? actual : '@any'
  if (Array.isArray(actual) && Array.isArray(expected))
    return actual.map((each, index) => openPlaces(each, expected[index]))
  if (!isRecord(actual) || !isRecord(expected)) return actual
  return Object.fromEntries(
    Object.entries(actual).map(([key, each]) => [key, openPlaces(each, expected[key])]),
  )
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
