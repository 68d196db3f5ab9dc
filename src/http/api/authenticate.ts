// Whose request it is. An API key so far; a session cookie, once there is a console, is read here as well.
import { Refusal } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { authenticateKey, type Principal } from '../../manage/caller.ts'
import type { ApiContext } from './request.ts'

const unauthenticated = (code: string, detail: string) => new Refusal('unauthenticated', code, detail)

export async function identify(ctx: Context, c: ApiContext): Promise<Principal> {
  const header = c.req.header('authorization')
  if (header === undefined) {
    throw unauthenticated('not_authenticated', 'Expected the header "Authorization: Bearer <API key>".')
  }
  const [, value] = /^Bearer +(\S+) *$/i.exec(header) ?? []
  if (value === undefined) {
    throw unauthenticated(
      'authentication_failed',
      'Expected the Authorization header to be "Bearer <API key>".',
    )
  }
  return authenticateKey(ctx, value, { ip: c.get('ip'), requestId: c.get('requestId') })
}
