// Whose request it is. An API key so far; a session cookie, once there is a console, is read here as well.
import { Refusal } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { authenticateKey, type Principal } from '../../manage/caller.ts'
import { createGuessCount } from './guess-limit.ts'
import type { ApiContext } from './request.ts'

const unauthenticated = (code: string, detail: string) => new Refusal('unauthenticated', code, detail)

/** Throws 401, or 429 when too many credentials that were no good came from one address. */
export function createIdentify(ctx: Context): (c: ApiContext) => Promise<Principal> {
  const countGuess = createGuessCount(ctx.config.publicRateLimit)
  return async c => {
    const header = c.req.header('authorization')
    if (header === undefined) {
      throw unauthenticated('not_authenticated', 'Expected the header "Authorization: Bearer <API key>".')
    }
    try {
      const origin = { ip: c.get('ip'), requestId: c.get('requestId') }
      return await authenticateKey(ctx, keyIn(header), origin)
    } catch (error) {
      if (error instanceof Refusal) await countGuess(c.get('ip'))
      throw error
    }
  }
}

function keyIn(header: string): string {
  const [, value] = /^Bearer +(\S+) *$/i.exec(header) ?? []
  if (value !== undefined) return value
  throw unauthenticated(
    'authentication_failed',
    'Expected the Authorization header to be "Bearer <API key>".',
  )
}
