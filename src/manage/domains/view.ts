// A domain as the API shows it: the same object in every answer, admins seeing the challenge.
import type { Context } from '../../context.ts'
import { type Domain, hasSaml, isVerified } from '../../domain/domain.ts'
import { levels } from '../../domain/level.ts'
import { recordFor } from '../../domain/verification.ts'
import { describeCertificates } from '../../saml/certificate.ts'
import { listLiveScimTokens, listLiveScimTokensOf, type ScimToken } from '../../store/domain/scim-tokens.ts'
import type { Caller } from '../caller.ts'
import { type DomainCaller, isSetUpCaller } from '../set-up/caller.ts'

export type DomainObject = ReturnType<typeof describeDomain>

/** `clearToken`: the bearer token that this very answer made. */
export async function viewDomain(
  ctx: Context,
  caller: DomainCaller,
  domain: Domain,
  clearToken: string | null = null,
) {
  // Whoever sets the domain up has to see what is to be done.
  const level = isSetUpCaller(caller) ? levels.admin : caller.level
  const tokens = await listLiveScimTokens(ctx.db, domain.id, ctx.now().toISOString())
  return describeDomain(ctx, domain, { level, tokens, clearToken })
}

export async function viewDomains(
  ctx: Context,
  { organizationId, level }: Caller,
  domains: readonly Domain[],
) {
  const tokens = await listLiveScimTokensOf(ctx.db, organizationId, ctx.now().toISOString())
  const byDomain = Map.groupBy(tokens, token => token.domain_id)
  return domains.map(domain =>
    describeDomain(ctx, domain, { level, tokens: byDomain.get(domain.id) ?? [], clearToken: null }),
  )
}

function describeDomain(
  { config, now }: Context,
  domain: Domain,
  { level, tokens, clearToken }: { level: number; tokens: readonly ScimToken[]; clearToken: string | null },
) {
  const isAdmin = level >= levels.admin
  return {
    id: domain.id,
    domain: domain.name,
    is_verified: isVerified(domain),
    verified_at: domain.verifiedAt,
    verification_challenge: isAdmin ? domain.challenge : null,
    verification_record: isAdmin ? recordFor(domain, config.challengePrefix) : null,
    last_checked_at: domain.lastCheckedAt,
    verification_lost_at: domain.verificationLostAt,
    ...describeSettings(domain),
    has_saml: hasSaml(domain),
    saml_certificates: domain.samlCertificates ? describeCertificates(domain.samlCertificates, now()) : [],
    ...describeServiceProvider(config.baseUrl, domain.id),
    saml_metadata_refreshed_at: domain.samlMetadataRefreshedAt,
    has_scim: domain.scimEnabled && tokens.length > 0,
    scim_base_url: scimBaseUrl(config.baseUrl, domain),
    scim_bearer_token: clearToken,
    scim_tokens: tokens.map(describeToken),
    created_at: domain.createdAt,
    updated_at: domain.updatedAt,
  }
}

/** What can be changed, in the words of the API; what the audit log compares. */
export const describeSettings = (domain: Domain) => ({
  jit_provisioning_enabled: domain.jitProvisioningEnabled,
  sso_enforcement: domain.ssoEnforcement,
  saml_entity_id: domain.samlEntityId,
  saml_acs_url: domain.samlSsoUrl,
  saml_x509_cert: domain.samlCertificates,
  saml_sso_binding: domain.samlSsoBinding,
  saml_sign_requests: domain.samlSignRequests,
  saml_idp_initiated_enabled: domain.samlIdpInitiatedEnabled,
  saml_metadata_url: domain.samlMetadataUrl,
  saml_attribute_mapping: domain.samlAttributeMapping,
  saml_role_mapping: domain.samlRoleMapping,
  scim_enabled: domain.scimEnabled,
  scim_profile: domain.scimProfile,
  scim_foreign_addresses: domain.scimForeignAddresses,
  scim_require_if_match: domain.scimRequireIfMatch,
  scim_unknown_members: domain.scimUnknownMembers,
})

/** What an administrator pastes into the identity provider. */
const describeServiceProvider = (baseUrl: string, id: string) => ({
  saml_sp_entity_id: `${baseUrl}/saml/${id}/metadata`,
  saml_sp_acs_url: `${baseUrl}/saml/${id}/acs`,
  saml_sp_metadata_url: `${baseUrl}/saml/${id}/metadata`,
  saml_login_url: `${baseUrl}/saml/${id}/login`,
})

export const scimBaseUrl = (baseUrl: string, domain: Domain): string | null =>
  domain.scimEnabled ? `${baseUrl}/scim/v2/${domain.id}` : null

const describeToken = ({ id, hint, created_at, expires_at, last_used_at }: ScimToken) => ({
  id,
  hint,
  created_at,
  expires_at,
  last_used_at,
})
