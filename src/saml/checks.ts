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

interface Check {
  readonly name: CheckName
  readonly outcome: 'passed' | 'failed' | 'not_reached'
  readonly expected: string | null
  readonly got: string | null
}

/** What a check that passed has to show. */
export interface Finding {
  readonly expected: string
  readonly got: string
}

/** In the order of the road; a check that does not apply (nothing to decrypt) stays not reached. */
export type Checks = Map<CheckName, Check>

export const openChecks = (): Checks =>
  new Map(names.map(name => [name, { name, outcome: 'not_reached', expected: null, got: null }]))

export function pass(checks: Checks, name: CheckName, finding?: Finding): void {
  const { expected = null, got = null } = finding ?? {}
  checks.set(name, { name, outcome: 'passed', expected, got })
}

export function fail(checks: Checks, name: CheckName, { expected, got }: Refusal): void {
  checks.set(name, { name, outcome: 'failed', expected, got })
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
