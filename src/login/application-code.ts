// How an application learns who came: the browser brings it a code, and the application exchanges that for a token.
import { digestOf, newSecret } from '../base/secret.ts'
import type { Context } from '../context.ts'
import type { Db } from '../store/db.ts'
import { insertApplicationCode } from '../store/sign-in/links.ts'
import { applicationOf } from './next.ts'

const secondsToExchange = 60

/** Where the browser goes: `next` itself, or with a code for the application that is there. */
export async function withCode(
  tx: Db,
  { config, now }: Context,
  { next, sessionId }: { next: string; sessionId: string },
): Promise<string> {
  const application = applicationOf(next, config)
  if (application === undefined) return next
  const code = newSecret()
  await insertApplicationCode(tx, {
    digest: digestOf(code),
    session_id: sessionId,
    application,
    expires_at: new Date(now().getTime() + secondsToExchange * 1000).toISOString(),
  })
  const url = new URL(next)
  url.searchParams.set('code', code)
  return url.href
}
