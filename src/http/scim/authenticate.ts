// Lets a request in: its bearer token opens the domain that its path names, or it hears the same 401 as everybody.
import { admitToken, refusedEntry } from '../../provision/access.ts'
import { type Push, pushBy } from '../../provision/push.ts'
import { Leniency } from '../../scim/quirks.ts'
import type { Call } from './call.ts'

/** Notes on the call who it is; throws 401. */
export async function authenticate(call: Call, domainId: string): Promise<Push> {
  const { ctx, c, story } = call
  const admission = await admitToken(ctx, { domainId, authorization: c.req.header('authorization') })
  if (admission.outcome === 'refused') {
    story.reason = admission.reason
    throw refusedEntry()
  }
  const { token } = admission
  const leniency = new Leniency(token.domain.profile)
  if (!c.req.header('user-agent')) leniency.note('missing_user_agent')
  const requestId = c.get('requestId')
  return pushBy(token, { leniency, txn: requestId, story, ip: c.get('ip'), requestId })
}
