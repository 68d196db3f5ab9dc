// A test sign-in as its administrator reads it.
import { adviseOn } from '../../saml/advice.ts'
import type { Check } from '../../saml/checks.ts'
import type { Refusal } from '../../saml/refusal.ts'
import type { SignIn } from '../../store/sign-in/sign-ins.ts'

export interface TestReport {
  readonly isAccepted: boolean
  readonly code: string | null
  /** Who must change what, where; empty when nothing has to change. */
  readonly advice: string
  readonly traceId: string
  readonly steps: readonly Check[]
  readonly facts: readonly (readonly [name: string, value: string])[]
  readonly attributes: readonly (readonly [name: string, values: readonly string[]])[]
}

export function reportOf(row: SignIn, refusal: Refusal | null): TestReport {
  const facts: [string, string | null][] = [
    ['E-mail address', row.email],
    ['NameID', row.name_id],
    ['Certificate (SHA-256)', row.certificate_fingerprint],
    ['Clock of the identity provider', offsetIn(row.idp_clock_offset_ms)],
  ]
  return {
    isAccepted: refusal === null,
    code: row.code,
    advice: refusal ? adviseOn(refusal).forAdmin : '',
    traceId: row.trace_id,
    steps: JSON.parse(row.steps) as Check[],
    facts: facts.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])),
    attributes: Object.entries(JSON.parse(row.attributes) as Record<string, string[]>),
  }
}

function offsetIn(milliseconds: number | null): string | null {
  if (milliseconds === null) return null
  const seconds = Math.round(milliseconds / 1000)
  return seconds === 0 ? 'the same as ours' : `${Math.abs(seconds)} s ${seconds > 0 ? 'ahead' : 'behind'}`
}
