// What can be set of a domain, and when.
import { z } from 'zod'
import { readDomainName } from '../../domain/domain.ts'
import { readCertificateField, readSsoUrl } from '../../manage/domains/saml-fields.ts'
import { profiles } from '../../scim/quirks.ts'
import { clearable, gate, level, readBy, text } from './mount/fields.ts'

const name = { domain: z.string().trim().min(1).max(253).transform(readBy(readDomainName)) }

/** What can be set from the beginning. */
const samlFields = {
  saml_entity_id: clearable(text(512).trim()).optional(),
  saml_acs_url: clearable(text(512).trim().transform(readBy(readSsoUrl))).optional(),
  saml_x509_cert: clearable(text(65_536).transform(readBy(readCertificateField))).optional(),
}

/** The name is looked at before the other fields are. */
export const nameField = z.object(name)
export const firstSettings = z.object(samlFields)
export const newDomain = z.object({ ...name, ...samlFields }).meta({ id: 'NewDomain' })

const names = z
  .union([text(255), z.array(text(255)).max(20)], 'Expected an attribute name or a list of at most 20')
  .optional()
const attributeMapping = z.object({
  email: names,
  first_name: names,
  last_name: names,
  full_name: names,
  groups: names,
})
const mostGroups = 1000
/** A group can make an administrator, never an owner. */
const roleMapping = z
  .record(text(512), level([1, 8]))
  .refine(groups => Object.keys(groups).length <= mostGroups, {
    params: { code: 'max_length' },
    message: `Expected at most ${mostGroups} groups.`,
  })

/** In the order of the table of fields, which is the order of errors. */
const patchFields = (isVerified: boolean) =>
  z.object({
    jit_provisioning_enabled: gate(isVerified, z.boolean()),
    sso_enforcement: gate(isVerified, z.enum(['', 'saml'])),
    ...samlFields,
    saml_sso_binding: z.enum(['redirect', 'post']).optional(),
    saml_sign_requests: z.boolean().optional(),
    saml_idp_initiated_enabled: z.boolean().optional(),
    saml_metadata: clearable(text(262_144))
      .optional()
      .describe("The identity provider's metadata, or an https URL of it: fills the three SAML fields."),
    saml_attribute_mapping: attributeMapping.nullable().optional(),
    saml_role_mapping: roleMapping.nullable().optional(),
    scim_enabled: gate(isVerified, z.boolean()),
    scim_profile: z.enum(profiles).optional(),
    scim_foreign_addresses: z.enum(['allow', 'refuse']).optional(),
    scim_require_if_match: z.boolean().optional(),
    scim_unknown_members: z.enum(['refuse', 'drop']).optional(),
  })
export const domainPatch = patchFields(true).meta({ id: 'DomainPatch' })
export const patchBeforeVerified = patchFields(false)
