// Whose answer it is: a request of ours, started in this very browser; or, where that is allowed, nobody's.
import { digestOf, sameText } from '../../base/secret.ts'
import type { Context } from '../../context.ts'
import { attempt } from '../../saml/checks.ts'
import { SamlRefusal } from '../../saml/refusal.ts'
import type { VerifiedAssertion } from '../../saml/verdict.ts'
import { findSignInRequest } from '../../store/sign-in/requests.ts'
import { isAssertionUsed } from '../../store/sign-in/used-assertions.ts'
import type { Arrival } from './arrival.ts'

/** Before the response is read: which start the form claims to answer. Only the signed InResponseTo proves it. */
export async function findStart(ctx: Context, arrival: Arrival, relayState: string | null): Promise<void> {
  if (relayState === null) return
  const request = await findSignInRequest(ctx.db, arrival.domain.id, digestOf(relayState))
  arrival.request = request
  arrival.isAnswer = request !== undefined
  arrival.isBound = request !== undefined && isHeldBy(arrival.posted.binding, request.binding_digest)
}

const isHeldBy = (binding: string | undefined, digest: string) =>
  binding !== undefined && sameText(digestOf(binding), digest)

/** Throws the refusals of step 9. */
export async function requireAnswered(
  ctx: Context,
  arrival: Arrival,
  { id, inResponseTo }: VerifiedAssertion,
): Promise<void> {
  const { checks, request, domain } = arrival
  if (inResponseTo === null) {
    attempt(
      checks,
      'request',
      () => requireUnsolicitedAllowed(arrival),
      asFinding('unsolicited', 'unsolicited'),
    )
    // Whatever the RelayState says: what is signed answers nothing.
    arrival.request = undefined
    arrival.isAnswer = false
    return
  }
  arrival.isAnswer = true
  const isLive = request?.id === inResponseTo && request.expires_at > arrival.at.toISOString()
  // Its request is gone with its first use; that it was used says more.
  if (!isLive && (await isAssertionUsed(ctx.db, domain.id, id))) {
    attempt(checks, 'replay', () => refuseReplay(id))
  }
  attempt(
    checks,
    'request',
    () => requireLive(arrival, inResponseTo, isLive),
    asFinding(inResponseTo, inResponseTo),
  )
  attempt(checks, 'browser', () => requireBound(arrival), asFinding(startedHere, startedHere))
}

const startedHere = 'the browser that started it'
const asFinding = (expected: string, got: string) => () => ({ expected, got })

function requireUnsolicitedAllowed({ domain }: Arrival): void {
  if (domain.samlIdpInitiatedEnabled) return
  throw new SamlRefusal('saml_unsolicited_disabled', 'the answer to a request of ours', 'no InResponseTo')
}

function requireLive({ request }: Arrival, inResponseTo: string, isLive: boolean): void {
  if (isLive) return
  const expected = request
    ? `the answer to ${request.id}, until ${request.expires_at}`
    : 'a request that waits'
  const got = request ? inResponseTo : `${inResponseTo}, with a RelayState that names none`
  throw new SamlRefusal('saml_request_unknown', expected, got)
}

function requireBound({ isBound, posted }: Arrival): void {
  if (isBound) return
  const got = posted.binding === undefined ? 'a browser without our cookie' : 'another browser'
  throw new SamlRefusal('saml_browser_mismatch', startedHere, got)
}

export function refuseReplay(id: string): never {
  throw new SamlRefusal('saml_replayed', 'an assertion that was not used before', id)
}
