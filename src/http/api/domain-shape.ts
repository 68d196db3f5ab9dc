// A domain as the answers of the Organizations API have it.
import { z } from 'zod'
import { profiles } from '../../scim/quirks.ts'
import { id, instant, url } from './mount/shapes.ts'

const names = z.union([z.string(), z.array(z.string()).readonly()]).optional()

const certificate = z
  .object({
    subject: z.string(),
    issuer: z.string(),
    serial_number: z.string(),
    fingerprint_sha256: z.string(),
    key_type: z.string().describe('`rsa-2048`, `ec-p256`, …'),
    not_before: instant,
    not_after: instant,
    expires_in_days: z.int().describe('Negative when it has expired.'),
  })
  .meta({ id: 'Certificate' })

const scimToken = z
  .object({
    id,
    hint: z.string().describe('The last characters of the token.'),
    created_at: instant,
    expires_at: instant.nullable(),
    last_used_at: instant.nullable(),
  })
  .meta({ id: 'ScimToken' })

const verificationRecord = z.object({ type: z.literal('TXT'), name: z.string(), value: z.string() })

export const domain = z
  .object({
    id,
    domain: z.string().describe('ASCII; an internationalised name in its `xn--` form.'),
    is_verified: z.boolean(),
    verified_at: instant.nullable(),
    verification_challenge: z.string().nullable().describe('Null for members below admin.'),
    verification_record: verificationRecord.nullable().describe('The DNS record to publish.'),
    last_checked_at: instant.nullable(),
    verification_lost_at: instant.nullable(),
    jit_provisioning_enabled: z.boolean(),
    sso_enforcement: z.enum(['', 'saml']),
    has_saml: z.boolean(),
    saml_entity_id: z.string().nullable().describe("The identity provider's entity id."),
    saml_acs_url: z.string().nullable().describe("The identity provider's single sign-on URL."),
    saml_x509_cert: z.string().nullable().describe('PEM blocks, one or several, all trusted.'),
    saml_certificates: z.array(certificate),
    saml_sp_entity_id: url,
    saml_sp_acs_url: url,
    saml_sp_metadata_url: url,
    saml_login_url: url,
    saml_sso_binding: z.enum(['redirect', 'post']),
    saml_sign_requests: z.boolean(),
    saml_idp_initiated_enabled: z.boolean(),
    saml_metadata_url: z.string().nullable(),
    saml_metadata_refreshed_at: instant.nullable(),
    saml_attribute_mapping: z
      .object({ email: names, first_name: names, last_name: names, full_name: names, groups: names })
      .nullable(),
    saml_role_mapping: z.record(z.string(), z.int()).nullable(),
    scim_enabled: z.boolean(),
    has_scim: z.boolean().describe('Enabled, and a live token exists.'),
    scim_base_url: url.nullable(),
    scim_bearer_token: z.string().nullable().describe('In the answer alone that made it.'),
    scim_tokens: z.array(scimToken),
    scim_profile: z.enum(profiles),
    scim_foreign_addresses: z.enum(['allow', 'refuse']),
    scim_require_if_match: z.boolean(),
    scim_unknown_members: z.enum(['refuse', 'drop']),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'Domain' })

const verificationCheck = z
  .object({
    outcome: z.enum(['verified', 'not_found', 'mismatch', 'resolver_error']),
    name: z.string(),
    found: z.array(z.string()).describe('The values of all TXT records of this name.'),
    resolver_error: z.string().nullable(),
    hint: z.string().nullable().describe('What to change.'),
  })
  .meta({ id: 'VerificationCheck' })

export const checkedDomain = domain
  .extend({ verification_check: verificationCheck })
  .meta({ id: 'CheckedDomain' })

export const rotatedToken = z
  .object({
    scim_enabled: z.boolean(),
    scim_base_url: url.nullable(),
    scim_bearer_token: z.string().describe('The new token, in this answer alone.'),
    expires_previous_at: instant.nullable().describe('Until when older tokens live on.'),
  })
  .meta({ id: 'RotatedScimToken' })
