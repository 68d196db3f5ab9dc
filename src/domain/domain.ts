// The entity at the centre: a name that an organization claims, with its verification, SAML and SCIM settings.
import { domainToASCII, domainToUnicode } from 'node:url'
import { getDomain } from 'tldts'
import { invalid } from '../base/refusal.ts'
import type { Profile } from '../scim/quirks.ts'

/** Where a profile field is looked for in an assertion: attribute names, the first that is there wins. */
export type AttributeMapping = {
  readonly [field in 'email' | 'first_name' | 'last_name' | 'full_name' | 'groups']?:
    | string
    | readonly string[]
    | undefined
}

/** Group value in an assertion → membership level. */
export type RoleMapping = Readonly<Record<string, number>>

export interface Domain {
  readonly id: string
  readonly organizationId: string
  /** ASCII, lower case, without a dot at the end. */
  readonly name: string
  readonly challenge: string
  /** Null means not verified. */
  readonly verifiedAt: string | null
  readonly verifiedBy: 'dns' | 'operator' | null
  readonly lastCheckedAt: string | null
  /** Since when every re-check of the verified domain has failed. */
  readonly failingSince: string | null
  readonly verificationLostAt: string | null
  readonly jitProvisioningEnabled: boolean
  readonly ssoEnforcement: '' | 'saml'
  readonly samlEntityId: string | null
  /** The identity provider's single sign-on URL, which the API calls `saml_acs_url` by long custom. */
  readonly samlSsoUrl: string | null
  /** How sign-in requests are taken there. */
  readonly samlSsoBinding: 'redirect' | 'post'
  readonly samlSignRequests: boolean
  /** PEM blocks with LF, one or several, all trusted. */
  readonly samlCertificates: string | null
  readonly samlIdpInitiatedEnabled: boolean
  readonly samlMetadataUrl: string | null
  readonly samlMetadataRefreshedAt: string | null
  readonly samlAttributeMapping: AttributeMapping | null
  readonly samlRoleMapping: RoleMapping | null
  readonly samlTestedAt: string | null
  readonly scimEnabled: boolean
  readonly scimProfile: Profile
  readonly scimForeignAddresses: 'allow' | 'refuse'
  /** Whether a SCIM change must say which version it means (428 otherwise). */
  readonly scimRequireIfMatch: boolean
  /** What becomes of ids in a group that are those of no user and no group here. */
  readonly scimUnknownMembers: 'refuse' | 'drop'
  readonly createdAt: string
  readonly updatedAt: string
}

export const isVerified = (domain: Pick<Domain, 'verifiedAt'>): boolean => domain.verifiedAt !== null

export const hasSaml = (domain: Pick<Domain, 'samlEntityId' | 'samlSsoUrl' | 'samlCertificates'>): boolean =>
  Boolean(domain.samlEntityId && domain.samlSsoUrl && domain.samlCertificates)

const longestName = 253
const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
// The last label begins with a letter, or the name would be read as an IPv4 address.
const hostName = new RegExp(`^(?:${label}\\.)+(?=[a-z])${label}$`)

/** What people paste in place of a name, told by a character that no name has. */
const mistakes: readonly [RegExp, string][] = [
  [/[/\\?#]/, 'a URL'],
  [/@/, 'an e-mail address'],
  [/^[\d.]+$/, 'an IP address'],
  [/[:[\]]/, 'a port or an IP address'],
  [/_/, 'an underscore'],
  [/\*/, 'a wildcard'],
  [/\s/, 'white space'],
  [/%/, 'an escaped character'],
]

/** The name as we store it, IDN by UTS 46 in its `xn--` form. Refuses what nobody can own and verify. */
export function readDomainName(text: string): string {
  const typed = text.trim().replace(/\.$/, '')
  if (typed === '') throw refused('blank', 'nothing')
  if (typed.length > longestName) throw refused('max_length', `${typed.length} characters`)
  const mistake = mistakes.find(([sign]) => sign.test(typed))
  if (mistake) throw refused('invalid_input', `${mistake[1]}: "${typed}"`)
  const name = toAscii(typed)
  if (name === undefined) throw refused('invalid_input', `"${typed}"`)
  if (name.length > longestName) throw refused('max_length', `${name.length} characters`)
  const registrable = getDomain(name, { allowPrivateDomains: false, extractHostname: false })
  if (registrable === null)
    throw refused('invalid_input', `"${name}", under which anybody can register names`)
  return name
}

const refused = (code: string, got: string) =>
  invalid(
    code,
    `Expected a domain name like "example.com", at most ${longestName} characters; got ${got}.`,
    'domain',
  )

/** The domain of a plain address in the form of `Domain.name`, or undefined when the text is no such address. */
export function domainOfAddress(email: string): string | undefined {
  const parts = email.trim().split('@')
  const [local, host] = parts
  if (parts.length !== 2 || !local || !host || /\s/.test(local)) return undefined
  return mistakes.some(([sign]) => sign.test(host)) ? undefined : toAscii(host)
}

/** Undefined for what is no host name of two labels or more. */
function toAscii(text: string): string | undefined {
  const lower = text.toLowerCase()
  if (hostName.test(lower) && !lower.includes('xn--')) return lower
  const unicode = domainToUnicode(lower)
  // A label that stays in its `xn--` form is no valid encoding of anything.
  const ascii = /(^|\.)xn--/.test(unicode) ? '' : domainToASCII(unicode)
  return hostName.test(ascii) ? ascii : undefined
}

/** A domain as it is when somebody has claimed it, with nothing proved and nothing set up. */
export const claimedDomain = ({
  now,
  ...claim
}: Pick<Domain, 'id' | 'organizationId' | 'name' | 'challenge'> & { now: string }): Domain => ({
  ...claim,
  verifiedAt: null,
  verifiedBy: null,
  lastCheckedAt: null,
  failingSince: null,
  verificationLostAt: null,
  jitProvisioningEnabled: false,
  ssoEnforcement: '',
  samlEntityId: null,
  samlSsoUrl: null,
  samlSsoBinding: 'redirect',
  samlSignRequests: false,
  samlCertificates: null,
  samlIdpInitiatedEnabled: false,
  samlMetadataUrl: null,
  samlMetadataRefreshedAt: null,
  samlAttributeMapping: null,
  samlRoleMapping: null,
  samlTestedAt: null,
  scimEnabled: false,
  scimProfile: 'default',
  scimForeignAddresses: 'allow',
  scimRequireIfMatch: false,
  scimUnknownMembers: 'refuse',
  createdAt: now,
  updatedAt: now,
})
