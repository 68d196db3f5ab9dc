// How a domain lies in its table: the entity of a row, and the row of an entity.
import type { Selectable } from 'kysely'
import type { AttributeMapping, Domain, RoleMapping } from '../../domain/domain.ts'
import type { Profile } from '../../scim/quirks.ts'
import type { DomainsTable } from '../tables/tables.ts'

type DomainRow = Selectable<DomainsTable>

const readJson = <T>(text: string | null): T | null => (text === null ? null : (JSON.parse(text) as T))
const writeJson = (value: object | null): string | null => (value === null ? null : JSON.stringify(value))
const flag = (value: boolean) => (value ? 1 : 0)

export const domainOf = (row: DomainRow): Domain => ({
  id: row.id,
  organizationId: row.organization_id,
  name: row.name,
  challenge: row.challenge,
  verifiedAt: row.verified_at,
  verifiedBy: row.verified_by,
  lastCheckedAt: row.last_checked_at,
  failingSince: row.failing_since,
  verificationLostAt: row.verification_lost_at,
  jitProvisioningEnabled: row.jit_provisioning_enabled === 1,
  ssoEnforcement: row.sso_enforcement,
  samlEntityId: row.saml_entity_id,
  samlSsoUrl: row.saml_sso_url,
  samlSsoBinding: row.saml_sso_binding,
  samlSignRequests: row.saml_sign_requests === 1,
  samlCertificates: row.saml_certificates,
  samlIdpInitiatedEnabled: row.saml_idp_initiated_enabled === 1,
  samlMetadataUrl: row.saml_metadata_url,
  samlMetadataRefreshedAt: row.saml_metadata_refreshed_at,
  samlAttributeMapping: readJson<AttributeMapping>(row.saml_attribute_mapping),
  samlRoleMapping: readJson<RoleMapping>(row.saml_role_mapping),
  samlTestedAt: row.saml_tested_at,
  scimEnabled: row.scim_enabled === 1,
  scimProfile: row.scim_profile as Profile,
  scimForeignAddresses: row.scim_foreign_addresses,
  scimRequireIfMatch: row.scim_require_if_match === 1,
  scimUnknownMembers: row.scim_unknown_members,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

export const rowOf = (domain: Domain): Omit<DomainRow, 'scim_schemas_version'> => ({
  organization_id: domain.organizationId,
  id: domain.id,
  name: domain.name,
  challenge: domain.challenge,
  verified_at: domain.verifiedAt,
  verified_by: domain.verifiedBy,
  last_checked_at: domain.lastCheckedAt,
  failing_since: domain.failingSince,
  verification_lost_at: domain.verificationLostAt,
  jit_provisioning_enabled: flag(domain.jitProvisioningEnabled),
  sso_enforcement: domain.ssoEnforcement,
  saml_entity_id: domain.samlEntityId,
  saml_sso_url: domain.samlSsoUrl,
  saml_sso_binding: domain.samlSsoBinding,
  saml_sign_requests: flag(domain.samlSignRequests),
  saml_certificates: domain.samlCertificates,
  saml_idp_initiated_enabled: flag(domain.samlIdpInitiatedEnabled),
  saml_metadata_url: domain.samlMetadataUrl,
  saml_metadata_refreshed_at: domain.samlMetadataRefreshedAt,
  saml_attribute_mapping: writeJson(domain.samlAttributeMapping),
  saml_role_mapping: writeJson(domain.samlRoleMapping),
  saml_tested_at: domain.samlTestedAt,
  scim_enabled: flag(domain.scimEnabled),
  scim_profile: domain.scimProfile,
  scim_foreign_addresses: domain.scimForeignAddresses,
  scim_require_if_match: flag(domain.scimRequireIfMatch),
  scim_unknown_members: domain.scimUnknownMembers,
  created_at: domain.createdAt,
  updated_at: domain.updatedAt,
})
