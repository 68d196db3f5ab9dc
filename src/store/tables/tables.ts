// The tables as they come out of both databases: times are RFC 3339 text in UTC, flags 0 or 1, JSON is text.

import type { Generated } from 'kysely'
import type { DocumentTables } from './documents.ts'
import type { OperatorTables } from './operators.ts'
import type { RecordTables } from './records.ts'
import type { SchemaTables } from './schemas.ts'
import type { SignInTables } from './sign-ins.ts'

export type Flag = 0 | 1

export interface OrganizationsTable {
  id: string
  name: string
  slug: string
  members_can_invite: Flag
  default_membership_level: number
  created_at: string
  updated_at: string
}

export interface ProjectsTable {
  organization_id: string
  id: number
  name: string
  api_token: string
  access: 'open' | 'restricted'
  created_at: string
}

/** One row per address, across organizations. */
export interface PeopleTable {
  id: string
  email: string
  first_name: string
  last_name: string
  is_email_verified: Flag
  current_organization_id: string | null
  /** Whether they look after the whole installation. */
  is_operator: Generated<Flag>
  created_at: string
  updated_at: string
}

export interface MembersTable {
  organization_id: string
  person_id: string
  id: string
  level: number
  status: 'active' | 'suspended'
  /** The group that gave the level; null when a person or the organization's default did. */
  level_group_id: string | null
  /** How the membership came about. */
  origin: 'founder' | 'invite' | 'scim' | 'jit'
  joined_at: string
  updated_at: string
  last_login_at: string | null
}

export interface DomainsTable {
  organization_id: string
  id: string
  name: string
  challenge: string
  verified_at: string | null
  verified_by: 'dns' | 'operator' | null
  last_checked_at: string | null
  failing_since: string | null
  verification_lost_at: string | null
  jit_provisioning_enabled: Flag
  sso_enforcement: '' | 'saml'
  saml_entity_id: string | null
  /** The identity provider's single sign-on URL; `saml_acs_url` in the API by long custom. */
  saml_sso_url: string | null
  /** How requests are taken to it. */
  saml_sso_binding: 'redirect' | 'post'
  saml_sign_requests: Flag
  /** PEM blocks with LF, one or several. */
  saml_certificates: string | null
  saml_idp_initiated_enabled: Flag
  saml_metadata_url: string | null
  saml_metadata_refreshed_at: string | null
  saml_attribute_mapping: string | null
  saml_role_mapping: string | null
  saml_tested_at: string | null
  scim_enabled: Flag
  scim_profile: string
  scim_foreign_addresses: 'allow' | 'refuse'
  scim_require_if_match: Flag
  scim_unknown_members: 'refuse' | 'drop'
  /** Grows with every change of the schemas that the domain registered. */
  scim_schemas_version: Generated<number>
  created_at: string
  updated_at: string
}

export interface ScimTokensTable {
  domain_id: string
  id: string
  digest: string
  hint: string
  created_at: string
  expires_at: string | null
  last_used_at: string | null
  last_used_ip: string | null
  created_by: string | null
}

/** The SCIM resource of one person in one domain. `doc` is the answer's text, with a relative `meta.location` at its end. */
export interface UsersTable {
  domain_id: string
  id: string
  person_id: string | null
  /** Prepared (RFC 8265 UsernameCaseMapped). */
  user_name: string
  /** Lower-cased. */
  display_name: string | null
  external_id: string | null
  /** The primary address, lower-cased. */
  email: string | null
  active: Flag
  created_at: string
  updated_at: string
  version: number
  doc: string
}

/** Side rows of `users` so that `emails.value eq` is an index seek; lower-cased. */
interface UserEmailsTable {
  domain_id: string
  value: string
  user_id: string
}

/** A user that is gone, and whose it was: what its log is found by. */
interface FormerUsersTable {
  domain_id: string
  user_id: string
  person_id: string
  deleted_at: string
}

/** The SCIM resource of one group, as `users` has its own; who is in it stands in rows and not in `doc`. */
export interface GroupsTable {
  domain_id: string
  id: string
  /** Lower-cased. */
  display_name: string
  external_id: string | null
  /** The level that the group gives to its people: member or administrator. */
  level: number | null
  created_at: string
  updated_at: string
  version: number
  doc: string
}

interface GroupUsersTable {
  domain_id: string
  group_id: string
  user_id: string
}

/** A group whose members are members of another one too. There is no circle among these. */
interface GroupGroupsTable {
  domain_id: string
  group_id: string
  nested_id: string
}

/** How many resources a domain has of one kind, spread over 16 rows so that writers do not wait for each other. */
interface ResourceCountsTable {
  domain_id: string
  kind: string
  shard: number
  total: number
}

export interface ApiKeysTable {
  person_id: string
  id: string
  digest: string
  hint: string
  label: string
  /** JSON array of scopes. */
  scopes: string
  /** JSON array of organization ids; null means every organization of the owner. */
  organizations: string | null
  created_at: string
  expires_at: string | null
  last_used_at: string | null
}

export interface InvitesTable {
  organization_id: string
  id: string
  target_email: string
  first_name: string
  level: number
  message: string
  digest: string
  private_project_access: string
  created_by: string | null
  /** The operator who made it without being a member. */
  operator_id: Generated<string | null>
  created_at: string
  updated_at: string
  expires_at: string
  is_setup_delegation: Generated<Flag>
  /** Whether a mail server has taken the mail. */
  emailing_attempt_made: Generated<Flag>
  /** When the mail left us, be it into a file. */
  mailed_at: Generated<string | null>
}

export interface Tables extends DocumentTables, OperatorTables, RecordTables, SchemaTables, SignInTables {
  organizations: OrganizationsTable
  projects: ProjectsTable
  people: PeopleTable
  members: MembersTable
  domains: DomainsTable
  scim_tokens: ScimTokensTable
  users: UsersTable
  user_emails: UserEmailsTable
  former_users: FormerUsersTable
  groups: GroupsTable
  group_users: GroupUsersTable
  group_groups: GroupGroupsTable
  resource_counts: ResourceCountsTable
  api_keys: ApiKeysTable
  invites: InvitesTable
}
