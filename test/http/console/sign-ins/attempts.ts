// Rows of the log of sign-ins as the road writes them, each with what its test is about.
import { newIdAt } from '../../../../src/base/id.ts'
import type { Domain } from '../../../../src/domain/domain.ts'
import { type CheckName, fail, openChecks, pass } from '../../../../src/saml/checks.ts'
import type { RefusalCode } from '../../../../src/saml/refusal.ts'
import { insertSignIn, type SignIn } from '../../../../src/store/sign-in/sign-ins.ts'
import type { TestContext } from '../../../context.ts'

export interface Told {
  readonly code?: RefusalCode
  readonly failed?: { readonly name: CheckName; readonly expected: string; readonly got: string }
  readonly row?: Partial<SignIn>
}

/** Accepted unless there is a code. */
export async function addSignIn(
  ctx: TestContext,
  domain: Domain,
  { code, failed, row }: Told = {},
): Promise<SignIn> {
  const at = ctx.now()
  const checks = openChecks()
  pass(checks, 'transport')
  pass(checks, 'issuer', { expected: 'https://idp.test', got: 'https://idp.test' })
  if (code) {
    const { name = 'audience', expected = 'what is right', got = 'what is wrong' } = failed ?? {}
    fail(checks, name, { code, expected, got })
  }
  const made: SignIn = {
    organization_id: domain.organizationId,
    domain_id: domain.id,
    id: newIdAt(at),
    trace_id: newIdAt(at),
    created_at: at.toISOString(),
    kind: 'sp',
    outcome: code ? 'refused' : 'accepted',
    code: code ?? null,
    email: null,
    name_id: null,
    person_id: null,
    steps: JSON.stringify([...checks.list.values()]),
    attributes: '{}',
    certificate_fingerprint: null,
    idp_clock_offset_ms: null,
    duration_ms: 4.2,
    ip: '203.0.113.7',
    response_xml: null,
    request_id: null,
    requested_at: null,
    request_xml: null,
    result: null,
    ...row,
  }
  await insertSignIn(ctx.db, made)
  return made
}
