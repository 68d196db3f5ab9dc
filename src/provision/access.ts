// Who may push into a domain: the bearer of one of its live tokens, found by digest with one look-up.
import { digestOf } from '../base/secret.ts'
import type { Context } from '../context.ts'
import { unauthorized } from '../scim/errors.ts'
import { type AdmittedToken, findScimToken, findScimTokenById } from '../store/domain/scim-tokens.ts'

export type Admission =
  | { readonly outcome: 'admitted'; readonly token: AdmittedToken }
  /** `reason` is for the domain's own log; the client is told the same whatever it is. */
  | { readonly outcome: 'refused'; readonly reason: string }

/** The answer to every request that is not let in, whether the domain exists or not. */
export const refusedEntry = () =>
  unauthorized('Expected a live bearer token of this domain in the Authorization header.')

export async function admitToken(
  ctx: Context,
  { domainId, authorization }: { domainId: string; authorization: string | undefined },
): Promise<Admission> {
  const secret = bearerOf(authorization)
  if (secret === undefined) {
    return refused(
      authorization === undefined
        ? 'no token came, there is no Authorization header'
        : 'the Authorization header must be "Bearer" and the token, and it is not',
    )
  }
  const token = await findScimToken(ctx.db, digestOf(secret))
  if (token?.domain.id !== domainId)
    return refused(
      'the token opens nothing here: it was replaced or revoked, is not whole, or is of another domain',
    )
  if (!token.domain.isScimEnabled) return refused('SCIM is switched off for this domain')
  if (isExpired(token, ctx.now())) {
    return refused(`the token that ends in ${token.hint} expired at ${token.expiresAt}`)
  }
  return { outcome: 'admitted', token }
}

const isExpired = ({ expiresAt }: AdmittedToken, now: Date): boolean =>
  expiresAt !== null && expiresAt <= now.toISOString()

/** The token that a request was let in by, if it would still be. */
export async function findLiveToken(
  ctx: Context,
  { domainId, tokenId }: { domainId: string; tokenId: string },
): Promise<AdmittedToken | undefined> {
  const token = await findScimTokenById(ctx.db, domainId, tokenId)
  return token?.domain.isScimEnabled && !isExpired(token, ctx.now()) ? token : undefined
}

/** RFC 6750 §2.1; the scheme in any case. */
const bearerOf = (header: string | undefined): string | undefined =>
  /^bearer +([A-Za-z0-9._~+/-]+=*) *$/i.exec(header ?? '')?.[1]

const refused = (reason: string): Admission => ({ outcome: 'refused', reason })
