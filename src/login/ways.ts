// The ways in that are open to an address. They follow from its domain alone, and so tell nobody who is known here.
import { invalid } from '../base/refusal.ts'
import type { Context } from '../context.ts'
import { domainOfAddress, hasSaml } from '../domain/domain.ts'
import { findVerifiedDomain } from '../store/domain/domains.ts'

/** In the words of the API. */
export interface Ways {
  readonly sso_enforcement: '' | 'saml'
  readonly saml_available: boolean
  readonly email_link_available: boolean
}

export async function readWays(ctx: Context, email: string): Promise<Ways> {
  const name = domainOfAddress(email)
  if (name === undefined) throw invalid('invalid_input', 'Expected an e-mail address.', 'email')
  const domain = await findVerifiedDomain(ctx.db, name)
  const enforcement = domain?.ssoEnforcement ?? ''
  return {
    sso_enforcement: enforcement,
    saml_available: domain !== undefined && hasSaml(domain),
    email_link_available: ctx.config.emailLinks && enforcement === '',
  }
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
