// The way back: a response is judged, its person found and let in, or refused; both are logged by the same line.
import type { Context } from '../../context.ts'
import { readEmail, requireOwnedDomain } from '../../saml/assertion/email.ts'
import { readProfile } from '../../saml/assertion/profile.ts'
import { adopt, attempt } from '../../saml/checks.ts'
import { SamlRefusal } from '../../saml/refusal.ts'
import { readForm } from '../../saml/response/transport.ts'
import type { VerifiedAssertion } from '../../saml/verdict.ts'
import { transact } from '../../store/db.ts'
import { findDomainById, listVerifiedNames } from '../../store/domain/domains.ts'
import type { OpenedSession } from '../../store/sign-in/opening.ts'
import { consumeSignInRequest } from '../../store/sign-in/requests.ts'
import { insertSignIn, type SignIn } from '../../store/sign-in/sign-ins.ts'
import { admit, type Proven } from './admit.ts'
import { type Arrival, kindOf, mostPostedBytes, openArrival, type Posted, rowOf } from './arrival.ts'
import { findStart, requireAnswered } from './binding.ts'
import { checkConnected, connectionOf } from './connection.ts'
import { announceSignIn } from './events.ts'
import type { Judge } from './judge.ts'
import { type Notice, noticeOf } from './notice.ts'
import { reportOf, type TestReport } from './report.ts'

export type Finished =
  | { readonly outcome: 'signed_in'; readonly session: OpenedSession; readonly next: string }
  /** Nobody is signed in; the administrator who started it is shown everything. */
  | { readonly outcome: 'tested'; readonly report: TestReport }
  | { readonly outcome: 'refused'; readonly notice: Notice }

export async function finishSignIn(ctx: Context, judge: Judge, posted: Posted): Promise<Finished> {
  const domain = await findDomainById(ctx.db, posted.domainId)
  // Nobody's log is there to be written to.
  if (!domain) return { outcome: 'refused', notice: noticeOf(noSuchDomain(), { traceId: posted.requestId }) }
  const arrival = openArrival(posted, domain, ctx.now())
  const proven = await refusable(() => examine(ctx, judge, arrival))
  const end = await transact(ctx.db, async tx => {
    const admitted =
      proven instanceof SamlRefusal ? proven : await refusable(() => admit(tx, ctx, { arrival, proven }))
    const refusal = admitted instanceof SamlRefusal ? admitted : null
    if (refusal) await forgetRequest(arrival, id => consumeSignInRequest(tx, domain.id, id))
    const row = rowOf(
      arrival,
      admitted instanceof SamlRefusal
        ? { code: admitted.code, personId: null, result: null }
        : { code: null, personId: admitted.personId, result: admitted.result },
    )
    await insertSignIn(tx, row)
    await announceSignIn(tx, domain, row)
    return { admitted, row }
  })
  const { code, kind, trace_id: traceId, duration_ms: durationMs } = end.row
  ctx.log.info({ domain: domain.name, kind, code, traceId, durationMs }, 'sign-in through SAML')
  return answer(ctx, arrival, end)
}

/** A refusal is an outcome here; anything else is our fault. */
async function refusable<T>(work: () => Promise<T>): Promise<T | SamlRefusal> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof SamlRefusal) return error
    throw error
  }
}

/** The steps of spec and log up to the transaction, downwards. */
async function examine(ctx: Context, judge: Judge, arrival: Arrival): Promise<Proven> {
  const { posted, domain } = arrival
  const { response, relayState } = attempt(arrival.checks, 'transport', () => readPosted(posted))
  await findStart(ctx, arrival, relayState)
  const connected = checkConnected(arrival.checks, domain)
  const connection = await connectionOf(ctx, connected)
  const verdict = await judge({ response, connection, now: arrival.at })
  arrival.verdict = verdict
  adopt(arrival.checks, verdict.checks)
  if (verdict.outcome === 'refused') {
    throw new SamlRefusal(verdict.refusal.code, verdict.refusal.expected, verdict.refusal.got)
  }
  await requireAnswered(ctx, arrival, verdict.assertion)
  return { assertion: verdict.assertion, connected, claim: await identify(ctx, arrival, verdict.assertion) }
}

function readPosted({ body, contentType }: Posted) {
  if (body) return readForm(body, contentType)
  throw new SamlRefusal('saml_too_large', `a form of at most ${mostPostedBytes} bytes`, 'more')
}

async function identify(ctx: Context, arrival: Arrival, { nameId, attributes }: VerifiedAssertion) {
  const { checks, domain } = arrival
  const names = domain.samlAttributeMapping ?? {}
  const email = attempt(
    checks,
    'email',
    () => readEmail({ nameId, attributes, names }),
    got => ({ expected: 'one plain e-mail address', got }),
  )
  arrival.email = email
  const owned = await listVerifiedNames(ctx.db, domain.organizationId)
  attempt(
    checks,
    'domain',
    () => requireOwnedDomain(email, owned),
    () => ({ expected: owned.join(' or '), got: email }),
  )
  return { nameId, email, owned, profile: readProfile({ attributes, names }) }
}

/** A request that was answered in its own browser has had its answer, whatever it was. */
async function forgetRequest({ checks, request }: Arrival, consume: (id: string) => Promise<unknown>) {
  if (request && checks.list.get('browser')?.outcome === 'passed') await consume(request.id)
}

interface End {
  readonly admitted: Awaited<ReturnType<typeof admit>> | SamlRefusal
  readonly row: SignIn
}

function answer(ctx: Context, arrival: Arrival, { admitted, row }: End): Finished {
  const { domain, request } = arrival
  const refusal = admitted instanceof SamlRefusal ? admitted : null
  // The details are for the browser in which the administrator began.
  if (kindOf(arrival) === 'test' && arrival.isBound)
    return { outcome: 'tested', report: reportOf(ctx, { domain, row, refusal }) }
  if (!(admitted instanceof SamlRefusal) && admitted.session) {
    return { outcome: 'signed_in', session: admitted.session, next: admitted.next }
  }
  const place = { traceId: row.trace_id, domain, next: request?.kind === 'sp' ? request.next : undefined }
  return { outcome: 'refused', notice: noticeOf(refusal ?? noSuchDomain(), place) }
}

const noSuchDomain = () => new SamlRefusal('saml_not_configured', 'a domain', 'none by this address')
