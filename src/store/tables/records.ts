// The tables of what has happened and of what is left to do, in the same forms as the others (tables.ts).
import type { Generated } from 'kysely'

export interface ScimLogTable {
  domain_id: string
  id: string
  created_at: string
  request_id: string
  request_method: string
  request_path: string
  request_headers: string
  request_body: string | null
  response_status: number
  response_body: string | null
  identity_provider: string
  duration_ms: number
  scim_type: string | null
  token_hint: string | null
  resource_type: string | null
  resource_id: string | null
  outcome: string
  /** Names of the quirks that were accommodated, as a JSON array. */
  accommodations: string
}

interface ScimQuirksTable {
  domain_id: string
  name: string
  total: number
  last_seen_at: string
}

export interface AuditTable {
  organization_id: string
  id: string
  created_at: string
  actor_type: 'user' | 'api_key' | 'set_up_link' | 'scim' | 'saml' | 'system' | 'operator'
  actor_id: string | null
  actor_label: string
  action: string
  target_type: string
  target_id: string
  target_label: string
  /** JSON: {field: {before, after}}. */
  changes: string
  ip: string | null
  request_id: string | null
}

/** Whom a row of the audit log is about besides its target: the id of a person or a user, or the address of an invite. */
export interface AuditAboutTable {
  organization_id: string
  subject: string
  audit_id: string
}

/** The outbox: what happened, written with it; `id` is the `jti` of the security event token (RFC 9967). */
export interface EventsTable {
  organization_id: string
  id: string
  domain_id: string
  created_at: string
  /** `person.provisioned`; null for what only the identity provider asked to be told. */
  name: string | null
  txn: string
  /** The claims of the token as JSON, without issuer and audience. */
  payload: string
}

/** A bulk that is worked off after its request was answered. `request` is there until it is finished. */
export interface BulksTable {
  domain_id: string
  id: string
  token_id: string
  request_id: string
  ip: string | null
  created_at: string
  request: string | null
  finished_at: string | null
}

/** What became of the operation at this position of a bulk, written with its change. */
interface BulkResultsTable {
  domain_id: string
  bulk_id: string
  position: number
  result: string
}

/** A unit of work that a worker leases; `name` and `key` together are unique, so a chore exists once. */
export interface JobsTable {
  id: string
  name: string
  key: string
  payload: string
  run_at: string
  attempts: number
  leased_until: string | null
  last_error: string | null
  /** When it ended last, well or not. */
  last_run_at: Generated<string | null>
}

/** What is to be sent to somebody outside, written with the change that it tells of; gone once it was sent. */
export interface OutboxTable {
  /** The receiver can tell by it that something comes a second time. */
  id: string
  kind: string
  /** The id of what it is about, by which one can see that it waits. */
  about: string | null
  organization_id: string | null
  /** JSON, sealed: there are links in it that open accounts. */
  sealed: string
  created_at: string
  due_at: string
  attempts: number
  leased_until: string | null
  last_error: string | null
  /** When it was given up. */
  dead_at: string | null
}

/** What administrators were told of a domain, so that they are told once. */
interface NoticesTable {
  domain_id: string
  name: string
  created_at: string
}

/** Requests that may come again, each with its answer once there is one. */
export interface IdempotencyTable {
  credential_id: string
  /** Of the client's key. */
  digest: string
  /** Of the method, the path and the body. */
  fingerprint: string
  started_at: string
  /** The answer as JSON, sealed: secrets that are shown once may be in it. Null while the request is under way. */
  sealed: string | null
}

/** The setup that somebody left to a person they invited, one at a time. */
export interface SetupDelegationsTable {
  person_id: string
  organization_id: string
  invite_id: string
  /** Where in the setup it was left. */
  step: string
  created_at: string
}

/** What somebody without an account was asked to set up. */
export interface SetUpLinksTable {
  organization_id: string
  id: string
  /** null: they have to claim it. */
  domain_id: string | null
  digest: string
  /** Whom it is for, in the words of whoever made it. */
  label: string
  /** The address that it was mailed to. */
  sent_to: string | null
  /** JSON array of parts. */
  parts: string
  /** null: no member. */
  created_by: string | null
  /** The operator who made it without being a member. */
  operator_id: string | null
  created_at: string
  expires_at: string
  opened_at: string | null
  last_used_at: string | null
  last_used_ip: string | null
  revoked_at: string | null
}

export interface RecordTables {
  scim_log: ScimLogTable
  scim_quirks: ScimQuirksTable
  audit: AuditTable
  audit_about: AuditAboutTable
  events: EventsTable
  bulks: BulksTable
  bulk_results: BulkResultsTable
  jobs: JobsTable
  outbox: OutboxTable
  notices: NoticesTable
  idempotency: IdempotencyTable
  setup_delegations: SetupDelegationsTable
  set_up_links: SetUpLinksTable
}
