// The transaction that lets somebody in: the assertion is used up, the person and the membership stand, a session begins.
import type { Context } from '../../context.ts'
import { attempt, pass, pause } from '../../saml/checks.ts'
import { SamlRefusal } from '../../saml/refusal.ts'
import type { VerifiedAssertion } from '../../saml/verdict.ts'
import type { Db } from '../../store/db.ts'
import { keepDomain, markSamlTested } from '../../store/domain/domains.ts'
import { type OpenedSession, openSession } from '../../store/sign-in/opening.ts'
import { consumeSignInRequest } from '../../store/sign-in/requests.ts'
import type { SignInResult } from '../../store/sign-in/sign-ins.ts'
import { useAssertion } from '../../store/sign-in/used-assertions.ts'
import { withCode } from '../application-code.ts'
import { findWayIn, type Way } from './access.ts'
import { type Arrival, kindOf } from './arrival.ts'
import { refuseReplay } from './binding.ts'
import { type ConnectedDomain, checkConnected } from './connection.ts'
import { enter } from './membership.ts'
import { type Claim, findClaimed, settlePerson } from './person.ts'

/** What is proven about an arrival by the time the database has to decide. */
export interface Proven {
  readonly assertion: VerifiedAssertion
  readonly connected: ConnectedDomain
  readonly claim: Claim
}

interface Entry {
  readonly arrival: Arrival
  readonly proven: Proven
}

export interface Admitted {
  readonly personId: string | null
  /** None after a test. */
  readonly session: OpenedSession | undefined
  /** As the log keeps it; null after a test. */
  readonly result: SignInResult | null
  readonly next: string
}

/** Throws SamlRefusals; by then only the assertion and the request are used up, which may be kept. */
export async function admit(tx: Db, ctx: Context, { arrival, proven }: Entry): Promise<Admitted> {
  const { checks, at } = arrival
  const { claim } = proven
  const now = at.toISOString()
  const current = await keepDomain(tx, arrival.domain)
  pause(checks)
  const domain = checkConnected(checks, current)
  await useUp(tx, ctx, { arrival, proven })
  const known = await findClaimed(tx, domain, claim)
  const way = await findWayIn(tx, { domain, person: known, email: claim.email, now }).catch(error =>
    attempt<Way>(checks, 'access', () => {
      throw error
    }),
  )
  pass(checks, 'access', { expected: 'somebody who may come in', got: way.by })
  if (domain.samlTestedAt === null) await markSamlTested(tx, proven.connected, now)
  if (kindOf(arrival) === 'test') {
    return { personId: known?.id ?? null, session: undefined, result: null, next: '/' }
  }
  const person = await settlePerson(tx, { domain, claim, known, now })
  const { ip, requestId } = arrival.posted
  const actor = { type: 'saml', id: domain.id, label: domain.name, ip, requestId } as const
  const level = await enter(tx, { domain, person, groups: claim.profile.groups, actor, now }, way)
  const session = await openSession(tx, ctx.config, {
    person,
    organizationId: domain.organizationId,
    method: 'saml',
    domainId: domain.id,
    endsAt: proven.assertion.sessionNotOnOrAfter,
    actor,
    now: at,
  })
  const next = await withCode(tx, ctx, { next: arrival.request?.next ?? '/', sessionId: session.id })
  const result = {
    by: way.by,
    level,
    is_new_person: known === undefined,
    session_id: session.id,
    session_ends_at: session.expiresAt.toISOString(),
  }
  return { personId: person.id, session, result, next }
}

/** Of two posts at once one gets further: by the assertion, or by the request where two assertions answer it. */
async function useUp(tx: Db, { config }: Context, { arrival, proven }: Entry): Promise<void> {
  const { domain, request, checks } = arrival
  const { id, notOnOrAfter } = proven.assertion
  const until = new Date(notOnOrAfter.getTime() + config.samlClockSkew * 1000).toISOString()
  const isFirst = await useAssertion(tx, domain.id, { id, until })
  attempt(checks, 'replay', () => isFirst || refuseReplay(id))
  const isWaiting = !request || (await consumeSignInRequest(tx, domain.id, request.id))
  if (isWaiting) return
  attempt(checks, 'request', () => {
    throw new SamlRefusal('saml_request_unknown', 'a request that waits', `${request.id}, answered already`)
  })
}
