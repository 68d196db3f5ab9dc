// The ways in that are open to an address. They follow from its domain alone, and so tell nobody who is known here.
import { invalid } from '../base/refusal.ts'
import type { Context } from '../context.ts'
import { type Ways, waysOf } from '../domain/access.ts'
import { domainOfAddress } from '../domain/domain.ts'
import { findVerifiedDomain } from '../store/domain/domains.ts'

export async function readWays(ctx: Context, email: string): Promise<Ways> {
  const name = domainOfAddress(email)
  if (name === undefined) throw invalid('invalid_input', 'Expected an e-mail address.', 'email')
  return waysOf(await findVerifiedDomain(ctx.db, name), ctx.config)
}

/** Refuses where SAML is enforced, and says where to go instead. */
export async function requireEmailLink(ctx: Context, email: string): Promise<void> {
  const ways = await readWays(ctx, email)
  if (ways.sso_enforcement === 'saml') {
    const url = `${ctx.config.baseUrl}/login/saml?${new URLSearchParams({ email })}`
    throw invalid('sso_enforced', `People of this domain sign in through SAML: ${url}`, 'email')
  }
  if (!ways.email_link_available) {
    throw invalid('email_links_disabled', 'Signing in by a mailed link is switched off here.', 'email')
  }
}
