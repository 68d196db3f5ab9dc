// The way out: a sign-in that is sent to the identity provider, remembered until it comes back.
import { digestOf, newSecret } from '../../base/secret.ts'
import type { Context } from '../../context.ts'
import { type Domain, domainOfAddress } from '../../domain/domain.ts'
import { SamlRefusal } from '../../saml/refusal.ts'
import { type AuthnRequest, type PostForm, postForm, redirectUrl, requestXml } from '../../saml/request.ts'
import { findDomainById, findVerifiedDomain } from '../../store/domain/domains.ts'
import { insertSignInRequest } from '../../store/sign-in/requests.ts'
import { ensureKeys, signingKeyOf } from '../keys.ts'
import { readNext } from '../next.ts'
import { type ConnectedDomain, requireConnected, serviceProviderOf } from './connection.ts'
import { type Notice, noticeOf } from './notice.ts'
import { isTestToken } from './test-link.ts'

const minutesToReturn = 15

export interface Wish {
  readonly next?: string | undefined
  readonly loginHint?: string | undefined
  /** The person has to prove themselves again, whatever session the identity provider has. */
  readonly force?: boolean | undefined
  /** From the link of a test sign-in. */
  readonly test?: string | undefined
  /** What this browser holds of an earlier start: several tabs can be under way. */
  readonly binding?: string | undefined
  readonly requestId: string
}

interface Departure {
  /** For the browser to bring back. */
  readonly binding: string
  readonly sent: { readonly by: 'redirect'; readonly url: string } | ({ readonly by: 'post' } & PostForm)
}

export type Started =
  | ({ readonly outcome: 'sent' } & Departure)
  | { readonly outcome: 'refused'; readonly notice: Notice }

/** Throws a Refusal for a bad `next` or test link. */
export async function startAtDomain(ctx: Context, domainId: string, wish: Wish): Promise<Started> {
  return startAt(ctx, await findDomainById(ctx.db, domainId), wish)
}

/** By the domain of an e-mail address, exactly as it is verified. */
export async function startForAddress(ctx: Context, email: string, wish: Wish): Promise<Started> {
  const name = domainOfAddress(email)
  const domain = name === undefined ? undefined : await findVerifiedDomain(ctx.db, name)
  return startAt(ctx, domain, { ...wish, loginHint: email.trim() })
}

async function startAt(ctx: Context, domain: Domain | undefined, wish: Wish): Promise<Started> {
  try {
    return { outcome: 'sent', ...(await start(ctx, requireConnected(domain), wish)) }
  } catch (error) {
    if (!(error instanceof SamlRefusal)) throw error
    return { outcome: 'refused', notice: noticeOf(error, { traceId: wish.requestId }) }
  }
}

async function start(ctx: Context, domain: ConnectedDomain, wish: Wish): Promise<Departure> {
  const next = readNext(wish.next, ctx.config)
  const kind = wish.test !== undefined && isTestToken(ctx, domain, wish.test) ? 'test' : 'sp'
  const now = ctx.now()
  const binding = isBinding(wish.binding) ? wish.binding : newSecret()
  const relayState = newSecret()
  // An XML name cannot begin with a digit.
  const id = `_${newSecret()}`
  const { entityId, acsUrl } = serviceProviderOf(ctx.config, domain.id)
  const request: AuthnRequest = {
    id,
    issuedAt: now,
    spEntityId: entityId,
    acsUrl,
    ssoUrl: domain.samlSsoUrl,
    forceAuthn: wish.force ?? false,
    relayState,
    loginHint: wish.loginHint,
    signingKey: domain.samlSignRequests ? await signingKey(ctx) : undefined,
  }
  await insertSignInRequest(ctx.db, {
    domain_id: domain.id,
    id,
    relay_digest: digestOf(relayState),
    binding_digest: digestOf(binding),
    kind,
    next,
    created_at: now.toISOString(),
    expires_at: new Date(now.getTime() + minutesToReturn * 60_000).toISOString(),
    xml: requestXml(request),
  })
  const isPosted = domain.samlSsoBinding === 'post'
  return {
    binding,
    sent: isPosted ? { by: 'post', ...postForm(request) } : { by: 'redirect', url: redirectUrl(request) },
  }
}

const signingKey = async (ctx: Context) => signingKeyOf(await ensureKeys(ctx, 'saml'), ctx.now()).privateKey

const isBinding = (text: string | undefined): text is string =>
  text !== undefined && /^[A-Za-z0-9_-]{43}$/.test(text)
