// The rows that must stand before a domain can have users.

import type { Db } from '../../src/store/db.ts'

const now = '2026-01-31T12:00:00.000Z'

/** A domain with this id, in an organization of its own. */
export async function createDomain(db: Db, id: string): Promise<string> {
  await db
    .insertInto('organizations')
    .values({
      id: `organization-of-${id}`,
      name: id,
      slug: id,
      members_can_invite: 0,
      default_membership_level: 1,
      created_at: now,
      updated_at: now,
    })
    .execute()
  await db
    .insertInto('domains')
    .values({
      organization_id: `organization-of-${id}`,
      id,
      name: `${id}.example`,
      challenge: 'c',
      jit_provisioning_enabled: 0,
      sso_enforcement: '',
      saml_sso_binding: 'redirect',
      saml_sign_requests: 0,
      saml_idp_initiated_enabled: 0,
      scim_enabled: 1,
      scim_profile: 'default',
      scim_foreign_addresses: 'allow',
      scim_require_if_match: 0,
      scim_unknown_members: 'refuse',
      created_at: now,
      updated_at: now,
    })
    .execute()
  return id
}
