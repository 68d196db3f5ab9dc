// The list of checks of one sign-in, as its log shows it: in order, each passed, failed or not reached.
import { type Refusal, SamlRefusal } from './refusal.ts'

const names = [
  'transport',
  'xml',
  'connection',
  'status',
  'policy',
  'signature',
  'decryption',
  'assertion',
  'response',
  'version',
  'issuer',
  'issued',
  'destination',
  'authentication',
  'conditions',
  'validity',
  'audience',
  'confirmation',
  'recipient',
  'session',
  'request',
  'browser',
  'email',
  'domain',
  'replay',
  'access',
] as const

export type CheckName = (typeof names)[number]

export interface Check {
  readonly name: CheckName
  readonly outcome: 'passed' | 'failed' | 'not_reached'
  readonly expected: string | null
  readonly got: string | null
  /** Milliseconds from the end of the check before it; null where nobody measures. */
  readonly ms: number | null
}

/** What a check that passed has to show. */
export interface Finding {
  readonly expected: string
  readonly got: string
}

/** In the order of the road; a check that does not apply (nothing to decrypt) stays not reached. Plain data. */
export type CheckList = ReadonlyMap<CheckName, Check>

/** Milliseconds since any moment. */
export type Stopwatch = () => number

export interface Checks {
  readonly list: Map<CheckName, Check>
  readonly stopwatch: Stopwatch | undefined
  /** When the last check ended. */
  lastMs: number
}

/** `stopwatch`: where it is to be known how long each check took. */
export const openChecks = (stopwatch?: Stopwatch): Checks => ({
  list: new Map(
    names.map(name => [name, { name, outcome: 'not_reached', expected: null, got: null, ms: null }]),
  ),
  stopwatch,
  lastMs: stopwatch?.() ?? 0,
})

export function pass(checks: Checks, name: CheckName, finding?: Finding): void {
  const { expected = null, got = null } = finding ?? {}
  write(checks, { name, outcome: 'passed', expected, got, ms: lap(checks) })
}

export function fail(checks: Checks, name: CheckName, { expected, got }: Refusal): void {
  write(checks, { name, outcome: 'failed', expected, got, ms: lap(checks) })
}

/** What was waited for until now is the time of no check. */
export const pause = (checks: Checks): void => void lap(checks)

/** Goes on after checks that were made elsewhere, by a stopwatch of their own. */
export function adopt(checks: Checks, others: CheckList): void {
  for (const check of others.values()) if (check.outcome !== 'not_reached') write(checks, check)
  pause(checks)
}

/** Of a check that is made twice, the last outcome counts, and the time of both. */
function write({ list }: Checks, check: Check): void {
  const before = list.get(check.name)?.ms ?? null
  const ms = before === null || check.ms === null ? (check.ms ?? before) : before + check.ms
  list.set(check.name, { ...check, ms })
}

function lap(checks: Checks): number | null {
  if (!checks.stopwatch) return null
  const now = checks.stopwatch()
  const ms = now - checks.lastMs
  checks.lastMs = now
  return ms
}

/** Does the work and writes down how it went; what it throws goes on. `say`: what is shown when it passes. */
export function attempt<T>(checks: Checks, name: CheckName, work: () => T, say?: (result: T) => Finding): T {
  try {
    const result = work()
    pass(checks, name, say?.(result))
    return result
  } catch (error) {
    if (error instanceof SamlRefusal) fail(checks, name, error)
    throw error
  }
}
