// The link of a test sign-in: whoever follows it goes the whole road, and nobody is signed in at its end.

import { invalid } from '../../base/refusal.ts'
import { seal, unseal } from '../../base/seal.ts'
import type { Context } from '../../context.ts'
import type { Domain } from '../../domain/domain.ts'

const purpose = 'gatehouse test sign-in'
const minutesToFollow = 15

/** For an administrator of the domain's organization; it can be followed as often as wanted while it lives. */
export function testUrlOf({ config, now }: Context, domain: Pick<Domain, 'id'>): string {
  const until = now().getTime() + minutesToFollow * 60_000
  const token = seal(config.secrets, `${domain.id} ${until}`, purpose)
  return `${config.baseUrl}/saml/${domain.id}/login?test=${encodeURIComponent(token)}`
}

/** True, or a refusal: a test that is no test any more must not become a real sign-in. */
export function isTestToken({ config, now }: Context, domain: Pick<Domain, 'id'>, token: string): true {
  const [domainId, until] = openToken(config.secrets, token).split(' ')
  if (domainId === domain.id && Number(until) > now().getTime()) return true
  throw invalid('expired', 'The link of the test sign-in has expired; start another one.', 'test')
}

function openToken(secrets: readonly string[], token: string): string {
  try {
    return unseal(secrets, token, purpose)
  } catch {
    return ''
  }
}
