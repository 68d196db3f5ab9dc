// What a change of settings makes of a domain: what needs verification, and what would lock people out.
import { invalid } from '../base/refusal.ts'
import { type AttributeMapping, type Domain, hasSaml, isVerified, type RoleMapping } from './domain.ts'

/** In the words of the API, checked and normalised; what is left out stays as it is. */
export interface Settings {
  readonly jit_provisioning_enabled?: boolean | undefined
  readonly sso_enforcement?: Domain['ssoEnforcement'] | undefined
  readonly saml_entity_id?: string | null | undefined
  readonly saml_acs_url?: string | null | undefined
  readonly saml_x509_cert?: string | null | undefined
  readonly saml_sso_binding?: Domain['samlSsoBinding'] | undefined
  readonly saml_sign_requests?: boolean | undefined
  readonly saml_idp_initiated_enabled?: boolean | undefined
  readonly saml_attribute_mapping?: AttributeMapping | null | undefined
  readonly saml_role_mapping?: RoleMapping | null | undefined
  readonly scim_enabled?: boolean | undefined
  readonly scim_profile?: Domain['scimProfile'] | undefined
  readonly scim_foreign_addresses?: Domain['scimForeignAddresses'] | undefined
  readonly scim_require_if_match?: boolean | undefined
  readonly scim_unknown_members?: Domain['scimUnknownMembers'] | undefined
}

/** What an identity provider's metadata says, and where it is kept: null when it was pasted. */
export interface SamlSource {
  readonly entityId: string
  readonly ssoUrl: string
  readonly certificates: string
  readonly binding: Domain['samlSsoBinding']
  readonly wantsSignedRequests: boolean
  readonly url: string | null
}

const onlyWhenVerified = ['jit_provisioning_enabled', 'sso_enforcement', 'scim_enabled'] as const

const keep = <T>(given: T | undefined, old: T): T => (given === undefined ? old : given)

/** `source`: metadata that fills the SAML fields; null forgets where they came from. */
export function withSettings(
  domain: Domain,
  settings: Settings,
  { source, now }: { source?: SamlSource | null | undefined; now: string },
): Domain {
  const early = onlyWhenVerified.find(field => settings[field] !== undefined)
  if (early && !isVerified(domain)) throw needsVerification(domain, early)
  const after: Domain = {
    ...domain,
    jitProvisioningEnabled: keep(settings.jit_provisioning_enabled, domain.jitProvisioningEnabled),
    ssoEnforcement: keep(settings.sso_enforcement, domain.ssoEnforcement),
    ...samlFields(domain, settings, source),
    ...requestFields(domain, settings, source),
    samlIdpInitiatedEnabled: keep(settings.saml_idp_initiated_enabled, domain.samlIdpInitiatedEnabled),
    samlMetadataRefreshedAt: source ? now : domain.samlMetadataRefreshedAt,
    samlRoleMapping: keep(settings.saml_role_mapping, domain.samlRoleMapping),
    scimEnabled: keep(settings.scim_enabled, domain.scimEnabled),
    scimProfile: keep(settings.scim_profile, domain.scimProfile),
    scimForeignAddresses: keep(settings.scim_foreign_addresses, domain.scimForeignAddresses),
    scimRequireIfMatch: keep(settings.scim_require_if_match, domain.scimRequireIfMatch),
    scimUnknownMembers: keep(settings.scim_unknown_members, domain.scimUnknownMembers),
  }
  refuseLockOut(domain, after, settings)
  return after
}

const needsVerification = ({ name }: Pick<Domain, 'name'>, field: string) =>
  invalid('verification_required', `${name} must be verified before ${field} can be set.`, field)

/** Fields set by hand end the refreshing by URL, which would undo them. A test says nothing about other fields. */
function samlFields(domain: Domain, settings: Settings, source: SamlSource | null | undefined) {
  const fields = {
    samlEntityId: source?.entityId ?? keep(settings.saml_entity_id, domain.samlEntityId),
    samlSsoUrl: source?.ssoUrl ?? keep(settings.saml_acs_url, domain.samlSsoUrl),
    samlCertificates: source?.certificates ?? keep(settings.saml_x509_cert, domain.samlCertificates),
    samlAttributeMapping: keep(settings.saml_attribute_mapping, domain.samlAttributeMapping),
  }
  const isSameProvider =
    fields.samlEntityId === domain.samlEntityId && fields.samlSsoUrl === domain.samlSsoUrl
  const isUntouched = isSameProvider && fields.samlCertificates === domain.samlCertificates
  const keptUrl = isUntouched && source !== null ? domain.samlMetadataUrl : null
  const isStillTested =
    isSameProvider &&
    sharesCertificate(fields.samlCertificates, domain.samlCertificates) &&
    hasSameEmailNames(fields.samlAttributeMapping, domain.samlAttributeMapping)
  return {
    ...fields,
    samlMetadataUrl: source ? source.url : keptUrl,
    samlTestedAt: isStillTested ? domain.samlTestedAt : null,
  }
}

/** Metadata that asks for no signature forbids none: whoever has chosen to sign goes on. A URL typed anew is redirected to. */
function requestFields(domain: Domain, settings: Settings, source: SamlSource | null | undefined) {
  const isOtherUrl = settings.saml_acs_url !== undefined && settings.saml_acs_url !== domain.samlSsoUrl
  return {
    samlSsoBinding:
      settings.saml_sso_binding ?? source?.binding ?? (isOtherUrl ? 'redirect' : domain.samlSsoBinding),
    samlSignRequests: settings.saml_sign_requests ?? (source?.wantsSignedRequests || domain.samlSignRequests),
  }
}

/** A roll-over overlaps; certificates that are all new are as untested as a new identity provider. */
function sharesCertificate(after: string | null, before: string | null): boolean {
  const blocksOf = (pem: string | null): string[] => pem?.match(/-----BEGIN[^-]*-----[^-]*/g) ?? []
  const known = blocksOf(before)
  return blocksOf(after).some(block => known.includes(block))
}

/** By the address it is decided who somebody is; looked for elsewhere, it may be none for everybody. */
function hasSameEmailNames(after: AttributeMapping | null, before: AttributeMapping | null): boolean {
  const [now, then] = [after, before].map(mapping => JSON.stringify([mapping?.email ?? []].flat()))
  return now === then
}

function refuseLockOut(before: Domain, after: Domain, settings: Settings): void {
  if (after.ssoEnforcement !== 'saml') return
  if (!hasSaml(after)) {
    throw invalid(
      'saml_not_configured',
      'SAML can only be enforced while saml_entity_id, saml_acs_url and saml_x509_cert are all set.',
      settings.sso_enforcement === undefined ? emptyField(after) : 'sso_enforcement',
    )
  }
  if (before.ssoEnforcement !== 'saml' && after.samlTestedAt === null) {
    throw invalid(
      'saml_not_tested',
      'SAML can only be enforced after one successful sign-in or test sign-in with these settings.',
      'sso_enforcement',
    )
  }
}

function emptyField({ samlEntityId, samlSsoUrl }: Domain): string {
  if (!samlEntityId) return 'saml_entity_id'
  return samlSsoUrl ? 'saml_x509_cert' : 'saml_acs_url'
}
