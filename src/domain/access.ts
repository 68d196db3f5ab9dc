// Who may come in and by which way: the rules that every sign-in goes by, and that the console explains.
import { type Domain, hasSaml, isVerified } from './domain.ts'

/** Why somebody may come in through SAML: they are a member, become one by an invite, or join by themselves. */
export type Entitlement = 'membership' | 'invite' | 'jit'

export interface Standing {
  /** Undefined for no member. */
  readonly status: 'active' | 'suspended' | undefined
  /** Whether directories have users for them, and none of these is active. */
  readonly isDeactivated: boolean
  readonly hasInvite: boolean
}

/** In this order: whom SCIM has deactivated is let in by nothing else. */
export function entitlementOf(
  { status, isDeactivated, hasInvite }: Standing,
  { jitProvisioningEnabled }: Pick<Domain, 'jitProvisioningEnabled'>,
): Entitlement | 'deactivated' | 'stranger' {
  if (status === 'suspended' || isDeactivated) return 'deactivated'
  if (status === 'active') return 'membership'
  if (hasInvite) return 'invite'
  return jitProvisioningEnabled ? 'jit' : 'stranger'
}

type SamlSettings = Pick<Domain, 'verifiedAt' | 'samlEntityId' | 'samlSsoUrl' | 'samlCertificates'>

/** Whether anybody can come in through the domain's SAML at all. */
export function samlStateOf(domain: SamlSettings): 'connected' | 'unverified' | 'incomplete' {
  if (!isVerified(domain)) return 'unverified'
  return hasSaml(domain) ? 'connected' : 'incomplete'
}

/** In the words of the API. */
export interface Ways {
  readonly sso_enforcement: '' | 'saml'
  readonly saml_available: boolean
  readonly email_link_available: boolean
}

/** `holder`: the verified domain that an address is on. They follow from it alone, and so tell nobody who is known here. */
export function waysOf(
  holder: Pick<Domain, 'ssoEnforcement' | keyof SamlSettings> | undefined,
  { emailLinks }: { readonly emailLinks: boolean },
): Ways {
  const enforcement = holder?.ssoEnforcement ?? ''
  return {
    sso_enforcement: enforcement,
    saml_available: holder !== undefined && hasSaml(holder),
    email_link_available: emailLinks && enforcement === '',
  }
}
