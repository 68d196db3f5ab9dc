// Whether a request really comes from Vercel, about this very installation, and from somebody who may do this.
import { denied, Refusal } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { KeysUnavailable, type VercelClaims } from '../../outside/vercel-token.ts'
import type { Origin } from '../caller.ts'
import type { VercelCaller } from './installations.ts'

export interface Needs {
  /** Whose doing it may be: that of somebody at Vercel, or Vercel's own. */
  readonly forms: readonly VercelClaims['form'][]
  readonly isWrite: boolean
}

export interface VercelRequest {
  readonly authorization: string | undefined
  /** What the request says of its token, which has to be true. */
  readonly form: string | undefined
  readonly installationId: string
  readonly origin: Origin
}

export async function authenticateVercel(
  ctx: Context,
  { forms, isWrite }: Needs,
  { authorization, form, installationId, origin }: VercelRequest,
): Promise<VercelCaller> {
  const [, token] = /^Bearer +(\S+) *$/i.exec(authorization ?? '') ?? []
  const claims = token === undefined ? undefined : await readToken(ctx, token)
  if (!claims)
    throw new Refusal('unauthenticated', 'unauthorized', 'Expected a token of Vercel for this integration.')
  if (form !== undefined && form.toLowerCase() !== claims.form)
    throw denied(
      `Expected a token of the form ${form.slice(0, 40)}, got one of the form ${claims.form}.`,
      'forbidden',
    )
  if (!forms.includes(claims.form))
    throw denied(
      `Expected a token of the form ${forms.join(' or ')}, got one of the form ${claims.form}.`,
      'forbidden',
    )
  if (claims.installationId !== installationId)
    throw denied('Expected a token for this installation, got one for another.', 'forbidden')
  if (isWrite && claims.role === 'USER')
    throw denied('Expected the role ADMIN at Vercel, got USER, who may only read.', 'forbidden')
  return { claims, installationId, origin }
}

async function readToken(ctx: Context, token: string): Promise<VercelClaims | undefined> {
  try {
    return await ctx.readVercelToken?.(token)
  } catch (error) {
    if (!(error instanceof KeysUnavailable)) throw error
    ctx.log.warn({ err: error }, 'tokens of Vercel cannot be checked')
    throw new Refusal(
      'unavailable',
      'unavailable',
      "Vercel's keys could not be had; try again later.",
      null,
      30,
    )
  }
}
