// Whether somebody can sign in to an organization, by which ways, or why not: read off the same rules that sign-ins go by.
import { type Entitlement, entitlementOf, type Standing, samlStateOf, waysOf } from './access.ts'
import { type Domain, domainOfAddress, isVerified } from './domain.ts'

export interface AccessFacts extends Standing {
  readonly organizationId: string
  /** Null when nothing that is known of them is an address. */
  readonly address: string | null
  /** All of the organization, verified or not. */
  readonly domains: readonly Domain[]
  /** Whoever holds the domain of the address verified, which may be another organization. */
  readonly holder: Domain | undefined
  readonly emailLinks: boolean
  /** The newest invite has run out, and was not answered. */
  readonly hadInvite: boolean
  /** They were a member once. */
  readonly wasRemoved: boolean
}

const samlBars = [
  'saml_domain_unverified',
  'saml_not_configured',
  'saml_domain_not_allowed',
  'saml_user_deactivated',
  'saml_jit_disabled',
] as const

/** The code with which a sign-in through SAML is refused, whatever the response says. */
type SamlBar = (typeof samlBars)[number]

export const isSamlBar = (code: string): code is SamlBar => samlBars.some(bar => bar === code)

export interface SamlWay {
  readonly domain: Domain
  readonly outcome: Entitlement | SamlBar
}

/** What would become of somebody whose identity provider says their address at this domain. */
export function samlOutcome(facts: AccessFacts, domain: Domain): SamlWay['outcome'] {
  const state = samlStateOf(domain)
  if (state === 'unverified') return 'saml_domain_unverified'
  if (state === 'incomplete') return 'saml_not_configured'
  if (!ownsAddress(facts)) return 'saml_domain_not_allowed'
  const entitlement = entitlementOf(facts, domain)
  if (entitlement === 'deactivated') return 'saml_user_deactivated'
  return entitlement === 'stranger' ? 'saml_jit_disabled' : entitlement
}

const nameOfDomain = ({ address }: AccessFacts) => (address === null ? undefined : domainOfAddress(address))

const ownsAddress = (facts: AccessFacts): boolean =>
  facts.domains.some(domain => isVerified(domain) && domain.name === nameOfDomain(facts))

/** What would become of whoever asks for a link by mail; whoever is no active member is sent none, without being told. */
export function emailOutcome({ status, address, holder, emailLinks }: AccessFacts) {
  if (address === null) return 'no_address'
  const ways = waysOf(holder, { emailLinks })
  if (ways.sso_enforcement === 'saml') return 'sso_enforced'
  if (!ways.email_link_available) return 'email_links_disabled'
  return status === 'active' ? 'open' : 'no_membership'
}

/** Why nobody gets in; what stands first is what has to be mended first. */
export type Hindrance =
  /** What their identity provider says of them names no address, so no person stands behind it. */
  | 'no_address'
  | 'deactivated'
  | 'invited'
  | 'invite_expired'
  | 'removed'
  | 'stranger'
  /** They are a member, but their domain is not verified, and links by mail are off. */
  | 'domain_unverified'
  | 'verification_lost'
  | 'saml_incomplete'
  /** SAML is enforced for their domain, and not set up. */
  | 'enforced_without_saml'
  /** Their address is on no domain of the organization, and links by mail are off. */
  | 'address_elsewhere'

export type Verdict =
  | {
      readonly can: 'yes'
      readonly by: Entitlement
      readonly saml: readonly Domain[]
      readonly email: boolean
    }
  /** Through SAML of a domain that another organization holds, if that lets them in. */
  | { readonly can: 'elsewhere'; readonly domain: string }
  | { readonly can: 'no'; readonly why: Hindrance }

export function judgeAccess(facts: AccessFacts): Verdict {
  if (facts.address === null) return { can: 'no', why: 'no_address' }
  const email = emailOutcome(facts) === 'open'
  const open = facts.domains.flatMap(domain => {
    const outcome = samlOutcome(facts, domain)
    return isEntitlement(outcome) ? [{ domain, by: outcome }] : []
  })
  const [first] = open
  if (first || email) {
    return {
      can: 'yes',
      by: first?.by ?? 'membership',
      saml: open.filter(({ by }) => by === first?.by).map(({ domain }) => domain),
      email,
    }
  }
  if (facts.status === 'suspended' || facts.isDeactivated) return { can: 'no', why: 'deactivated' }
  if (facts.status === undefined) return { can: 'no', why: whyNoMember(facts) }
  return whyNoWay(facts)
}

const isEntitlement = (outcome: SamlWay['outcome']): outcome is Entitlement => !isSamlBar(outcome)

function whyNoMember({ hasInvite, hadInvite, wasRemoved }: AccessFacts): Hindrance {
  if (hasInvite) return 'invited'
  if (hadInvite) return 'invite_expired'
  return wasRemoved ? 'removed' : 'stranger'
}

/** For an active member. */
function whyNoWay(facts: AccessFacts): Verdict {
  const { holder, organizationId } = facts
  if (holder && holder.organizationId !== organizationId) {
    return samlStateOf(holder) === 'connected'
      ? { can: 'elsewhere', domain: holder.name }
      : { can: 'no', why: 'address_elsewhere' }
  }
  if (holder)
    return { can: 'no', why: holder.ssoEnforcement === 'saml' ? 'enforced_without_saml' : 'saml_incomplete' }
  const own = facts.domains.find(domain => domain.name === nameOfDomain(facts))
  if (!own) return { can: 'no', why: 'address_elsewhere' }
  return { can: 'no', why: own.verificationLostAt === null ? 'domain_unverified' : 'verification_lost' }
}
