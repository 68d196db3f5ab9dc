// Whose request it is: that of a key's owner, or of the person who is signed in.
import { Refusal } from '../../../base/refusal.ts'
import type { Context } from '../../../context.ts'
import { authenticateKey, authenticateSession, type Origin, type Principal } from '../../../manage/caller.ts'
import { readSessionCookie } from '../../cookies.ts'
import { requireOwnPage } from '../../own-pages.ts'
import { createPublicLimit } from '../../public-limit.ts'
import type { ApiContext } from './request.ts'

const unauthenticated = (code: string, detail: string) => new Refusal('unauthenticated', code, detail)

/**
 * Throws 401, or 429 when too many credentials that were no good came from one address. Good ones are never refused for
 * the bad ones of their neighbours: a whole company can stand behind one address, and nobody guesses 256 random bits.
 */
export function createIdentify(ctx: Context): (c: ApiContext) => Promise<Principal> {
  const countGuess = createPublicLimit(ctx.config.publicRateLimit)
  return async c => {
    const header = c.req.header('authorization')
    const secret = header === undefined ? readSessionCookie(c, ctx.config) : undefined
    if (header === undefined && !secret) {
      throw unauthenticated('not_authenticated', 'Expected the header "Authorization: Bearer <API key>".')
    }
    try {
      const origin = { ip: c.get('ip'), requestId: c.get('requestId') }
      if (header !== undefined) return await authenticateKey(ctx, bearerIn(header), origin)
      return await authenticateBrowser(ctx, c, { secret: secret ?? '', origin })
    } catch (error) {
      if (error instanceof Refusal && error.kind === 'unauthenticated') await countGuess(c.get('ip'))
      throw error
    }
  }
}

const reading = new Set(['GET', 'HEAD'])

/** A browser sends its cookie whoever made it send the request; what writes has to come from a page of ours. */
async function authenticateBrowser(
  ctx: Context,
  c: ApiContext,
  { secret, origin }: { secret: string; origin: Origin },
): Promise<Principal> {
  const principal = await authenticateSession(ctx, secret, origin)
  if (!reading.has(c.req.method)) {
    requireOwnPage(c, ctx.config, { secret, token: c.req.header('x-csrf-token') })
  }
  return principal
}

/** The key in an Authorization header. */
export function bearerIn(header: string): string {
  const [, value] = /^Bearer +(\S+) *$/i.exec(header) ?? []
  if (value !== undefined) return value
  throw unauthenticated(
    'authentication_failed',
    'Expected the Authorization header to be "Bearer <API key>".',
  )
}
