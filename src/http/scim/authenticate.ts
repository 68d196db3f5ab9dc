// Lets a request in: its bearer token opens the domain that its path names, or it hears the same 401 as everybody.
import { admitToken, refusedEntry } from '../../provision/access.ts'
import { kindsOf } from '../../provision/kinds.ts'
import { type Push, pushBy } from '../../provision/push.ts'
import { Leniency } from '../../scim/quirks.ts'
import type { Admitted, Call } from './call.ts'

/** Notes on the call who it is and what its domain has; throws 401. */
export async function authenticate(call: Call, domainId: string): Promise<Admitted> {
  const { ctx, sent, story } = call
  const admission = await admitToken(ctx, { domainId, authorization: sent.header('authorization') })
  if (admission.outcome === 'refused') {
    story.reason = admission.reason
    throw refusedEntry()
  }
  return admit(call, admission.token)
}

/** Where everybody may read: who has a token of the domain is shown what is its own. */
export async function recognise(call: Call, domainId: string): Promise<void> {
  const authorization = call.sent.header('authorization')
  if (authorization === undefined) return
  const admission = await admitToken(call.ctx, { domainId, authorization })
  if (admission.outcome === 'admitted') await admit(call, admission.token)
}

async function admit(call: Call, token: Push['token']): Promise<Admitted> {
  return Object.assign(call, { push: pushOf(call, token), kinds: await kindsOf(call.ctx, token.domain) })
}

/** The request as the bearer of this token makes it. */
export function pushOf({ sent, story }: Call, token: Push['token']): Push {
  const { ip, requestId } = sent
  const leniency = new Leniency(token.domain.profile)
  if (!sent.header('user-agent')) leniency.note('missing_user_agent')
  return pushBy(token, { leniency, txn: requestId, story, ip, requestId })
}
