// The tokens by which Vercel says who asks: OpenID Connect, signed with keys that it publishes.
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose'
import type { Clock } from '../base/clock.ts'
import type { Config } from '../config.ts'

const issuer = 'https://marketplace.vercel.com'
const clockToleranceSeconds = 60

export interface VercelClaims {
  /** `user`: somebody at Vercel does it; `system`: Vercel itself. */
  readonly form: 'user' | 'system'
  readonly installationId: string | null
  readonly accountId: string
  readonly userId: string | null
  readonly role: 'ADMIN' | 'USER' | null
  /** Verified by Vercel; not every integration is told. */
  readonly email: string | null
  readonly name: string | null
}

/** The keys could not be had, so nothing is known about the token. */
export class KeysUnavailable extends Error {}

/** Undefined: no token for us. Throws a KeysUnavailable. */
export type ReadVercelToken = (token: string) => Promise<VercelClaims | undefined>

/** Undefined where no integration is configured. */
export function vercelTokenReader(
  { vercelIntegrationId: audience, vercelJwksUrl: jwksUrl }: Config,
  now: Clock,
): ReadVercelToken | undefined {
  if (audience === '') return undefined
  const keys = createRemoteJWKSet(new URL(jwksUrl), {
    cacheMaxAge: 10 * 60_000,
    cooldownDuration: 30_000,
    timeoutDuration: 5_000,
  })
  return async token => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ['RS256'],
        issuer,
        audience,
        typ: 'JWT',
        requiredClaims: ['exp', 'sub', 'installation_id', 'account_id'],
        clockTolerance: clockToleranceSeconds,
        currentDate: now(),
      })
      return claimsOf(payload)
    } catch (error) {
      if (isAboutKeys(error))
        throw new KeysUnavailable(`The keys at ${jwksUrl} could not be had.`, { cause: error })
      return undefined
    }
  }
}

const tokenErrors = [
  errors.JWTClaimValidationFailed,
  errors.JWTExpired,
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
]

const isAboutKeys = (error: unknown) => !tokenErrors.some(kind => error instanceof kind)

const userForm = /^account:[0-9a-f]+:user:[0-9a-f]+$/i
const systemForm = /^account:[0-9a-f]+$/i

function claimsOf(payload: JWTPayload): VercelClaims | undefined {
  const { sub, account_id: accountId, installation_id: installationId, type } = payload
  if (type !== undefined && type !== 'access_token' && type !== 'id_token') return undefined
  if (typeof accountId !== 'string') return undefined
  const shared = { accountId, installationId: textOf(installationId) }
  if (typeof sub === 'string' && userForm.test(sub)) {
    const { user_id: userId, user_role: role, user_email: email, user_name: name } = payload
    if (typeof userId !== 'string' || (role !== 'ADMIN' && role !== 'USER')) return undefined
    return { ...shared, form: 'user', userId, role, email: textOf(email), name: textOf(name) }
  }
  // The document says "possibly null" of the subject of a system token.
  if (!(sub === null || (typeof sub === 'string' && systemForm.test(sub)))) return undefined
  return { ...shared, form: 'system', userId: null, role: null, email: null, name: null }
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
