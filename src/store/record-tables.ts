// The tables of what has happened and of what is left to do, in the same forms as the others (tables.ts).

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
  actor_type: 'user' | 'api_key' | 'scim' | 'saml' | 'system' | 'operator'
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
}

export interface RecordTables {
  scim_log: ScimLogTable
  scim_quirks: ScimQuirksTable
  audit: AuditTable
  events: EventsTable
  bulks: BulksTable
  bulk_results: BulkResultsTable
  jobs: JobsTable
}
