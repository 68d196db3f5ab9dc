// Short tokens for applications: who is signed in, for fifteen minutes at most, verified by keys that everybody can read.
import { createPrivateKey } from 'node:crypto'
import { type JWK, SignJWT } from 'jose'
import { invalid } from '../base/refusal.ts'
import { digestOf } from '../base/secret.ts'
import type { Context } from '../context.ts'
import { transact } from '../store/db.ts'
import { findPerson } from '../store/organization/people.ts'
import { takeApplicationCode } from '../store/sign-in/links.ts'
import { findLiveSessionById } from '../store/sign-in/sessions.ts'
import { ensureKeys, signingKeyOf } from './keys.ts'
import type { SignedIn } from './session.ts'

const longestSeconds = 15 * 60

export interface IssuedToken {
  readonly token: string
  readonly expires_at: string
}

/** ES256, `typ: at+jwt`; `audience` is the URL of the registered application. Ends with the session. */
async function issueToken(
  ctx: Context,
  { session, person }: SignedIn,
  audience: string,
): Promise<IssuedToken> {
  const now = ctx.now()
  const key = signingKeyOf(await ensureKeys(ctx, 'token'), now)
  const issuedAt = secondsOf(now.toISOString())
  const expiresAt = Math.min(issuedAt + longestSeconds, secondsOf(session.expires_at))
  const token = await new SignJWT({
    sid: session.id,
    auth_time: secondsOf(session.signed_in_at),
    amr: [session.method],
    org: session.organization_id,
    email: person.email,
  })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: key.id })
    .setIssuer(ctx.config.baseUrl)
    .setAudience(audience)
    .setSubject(person.id)
    .setIssuedAt(issuedAt)
    .setExpirationTime(expiresAt)
    .sign(createPrivateKey(key.privateKey))
  return { token, expires_at: new Date(expiresAt * 1000).toISOString() }
}

/** What an application's server does with the code that a browser brought. */
export async function exchangeCode(ctx: Context, code: string): Promise<IssuedToken> {
  const now = ctx.now().toISOString()
  const taken = await transact(ctx.db, tx => takeApplicationCode(tx, digestOf(code)))
  const isLive = taken !== undefined && taken.expires_at > now
  const session = isLive ? await findLiveSessionById(ctx.db, taken.session_id, now) : undefined
  const person = session && (await findPerson(ctx.db, session.person_id))
  if (taken && session && person) return issueToken(ctx, { session, person }, taken.application)
  throw invalid('invalid_input', 'The code is unknown, used, or older than a minute.', 'code')
}

/** The public halves of every key that may have signed a token that still counts, or will sign soon (RFC 7517). */
export async function readJwks(ctx: Context): Promise<{ keys: JWK[] }> {
  const keys = await ensureKeys(ctx, 'token')
  return {
    keys: keys.map(({ id, public: jwk }) => ({
      ...(JSON.parse(jwk) as JWK),
      kid: id,
      alg: 'ES256',
      use: 'sig',
    })),
  }
}

const secondsOf = (time: string) => Math.floor(Date.parse(time) / 1000)
