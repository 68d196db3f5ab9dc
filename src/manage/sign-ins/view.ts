// A sign-in as it is told: the row with its parts read, and who must change what where it was refused.
import type { Domain } from '../../domain/domain.ts'
import { adviseOn } from '../../saml/advice.ts'
import { usesOf } from '../../saml/assertion/profile.ts'
import type { CheckName } from '../../saml/checks.ts'
import type { Refusal, RefusalCode } from '../../saml/refusal.ts'
import type { SignIn, SignInHead, SignInResult } from '../../store/sign-in/sign-ins.ts'

export interface Step {
  readonly name: CheckName
  readonly outcome: 'passed' | 'failed' | 'not_reached'
  readonly expected: string | null
  readonly got: string | null
  /** Milliseconds since the step before it ended; null where nobody measured. */
  readonly ms: number | null
}

export type SignInObject = ReturnType<typeof viewSignIn>

export function viewSignIn(row: SignIn) {
  const steps = stepsOf(row)
  const refusal = refusalOf(row, steps)
  return {
    id: row.id,
    trace_id: row.trace_id,
    created_at: row.created_at,
    kind: row.kind,
    outcome: row.outcome,
    code: row.code,
    advice: refusal && adviseOn(refusal).forAdmin,
    email: row.email,
    name_id: row.name_id,
    person_id: row.person_id,
    steps,
    attributes: JSON.parse(row.attributes) as Record<string, string[]>,
    certificate_fingerprint: row.certificate_fingerprint,
    idp_clock_offset_ms: row.idp_clock_offset_ms,
    duration_ms: row.duration_ms,
    ip: row.ip,
    response_xml: row.response_xml,
    request_id: row.request_id,
    requested_at: row.requested_at,
    request_xml: row.request_xml,
    result: row.result === null ? null : (JSON.parse(row.result) as SignInResult),
  }
}

/** Which field each attribute would be read for today, by the attribute's name. */
export const usesIn = ({ samlAttributeMapping }: Domain, { attributes }: SignInObject) =>
  usesOf({ attributes: new Map(Object.entries(attributes)), names: samlAttributeMapping ?? {} })

/** Older rows have no times. */
export const stepsOf = ({ steps }: Pick<SignInHead, 'steps'>): Step[] =>
  (JSON.parse(steps) as (Omit<Step, 'ms'> & Partial<Pick<Step, 'ms'>>)[]).map(step => ({ ms: null, ...step }))

export const failedStepOf = (steps: readonly Step[]): Step | undefined =>
  steps.find(step => step.outcome === 'failed')

/** The check that failed says what was expected and what came. */
export function refusalOf({ code }: Pick<SignInHead, 'code'>, steps: readonly Step[]): Refusal | null {
  if (code === null) return null
  const failed = failedStepOf(steps)
  return { code: code as RefusalCode, expected: failed?.expected ?? '', got: failed?.got ?? '' }
}
