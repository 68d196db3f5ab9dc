// Everything in which the two databases differ above their drivers.

import { type Expression, type Kysely, PostgresAdapter, type RawBuilder, type SqlBool, sql } from 'kysely'

export type DatabaseKind = 'sqlite' | 'postgres'

/** Which database a handle or a transaction stands on. */
export const kindOf = <T>(db: Kysely<T>): DatabaseKind =>
  db.getExecutor().adapter instanceof PostgresAdapter ? 'postgres' : 'sqlite'

/** Text folded as JavaScript's `toLowerCase` folds it. */
export const foldSql = (kind: DatabaseKind, text: Expression<string | null>): RawBuilder<string | null> =>
  kind === 'postgres' ? sql`lower(${text} collate "und-x-icu")` : sql`fold(${text})`

/** The column in which a filter reads a document: PostgreSQL keeps a parsed copy beside the text (migrations/columns.ts). */
export const documentColumn = (kind: DatabaseKind): string => (kind === 'postgres' ? 'parsed' : 'doc')

/** The value at `names` in JSON, as text or, on SQLite, a number or flag as a number; null where there is none. */
export const jsonAt = (
  kind: DatabaseKind,
  json: RawBuilder<unknown>,
  names: readonly string[],
): RawBuilder<string | null> =>
  kind === 'postgres'
    ? sql`(${json} #>> ${names}::text[])`
    : // An element of `json_each` that is no object is no JSON text either, but the bare value.
      names.length === 0
      ? sql`${json}`
      : sql`json_extract(${json}, ${sqlitePath(names)})`

/** The elements of the array at `names`, as a table whose column `value` holds one each. */
export const jsonElements = (
  kind: DatabaseKind,
  json: RawBuilder<unknown>,
  names: readonly string[],
): RawBuilder<{ value: unknown }> =>
  kind === 'postgres'
    ? sql`jsonb_array_elements(${json} #> ${names}::text[])`
    : sql`json_each(${json}, ${sqlitePath(names)})`

/** The elements of the array at `names` in their order, as the table `element` with `value` and `place`. */
export const placedElements = (
  kind: DatabaseKind,
  json: RawBuilder<unknown>,
  names: readonly string[],
): RawBuilder<unknown> =>
  kind === 'postgres'
    ? sql`${jsonElements(kind, json, names)} with ordinality as element(value, place)`
    : sql`(select value, key as place from ${jsonElements(kind, json, names)}) as element`

/** The texts of a JSON array, as a query; `json` is the array's own text. */
export const textsOf = (kind: DatabaseKind, json: Expression<string>): RawBuilder<string> =>
  kind === 'postgres'
    ? sql`(select value from jsonb_array_elements_text(cast(${json} as jsonb)))`
    : sql`(select value from json_each(${json}))`

/**
 * Whether a column is among the texts of a JSON array, found from the texts on by an index: PostgreSQL takes a query for
 * a hundred rows and would read a table of thousands to meet them, but an array for ten.
 */
export const isOneOf = (kind: DatabaseKind, column: string, json: Expression<string>): RawBuilder<SqlBool> =>
  kind === 'postgres'
    ? sql`${sql.ref(column)} = any(array${textsOf(kind, json)})`
    : sql`${sql.ref(column)} in ${textsOf(kind, json)}`

// Every name quoted: a schema's URN has dots, and `$ref` a dollar.
const sqlitePath = (names: readonly string[]) => ['$', ...names.map(name => `"${name}"`)].join('.')

/** Where `part` begins in `text`, counted from 1; 0 when it does not occur. */
export const positionIn = (
  kind: DatabaseKind,
  text: Expression<unknown>,
  part: string,
): RawBuilder<number> => (kind === 'postgres' ? sql`strpos(${text}, ${part})` : sql`instr(${text}, ${part})`)

/** A number as JavaScript has it: SQLite would keep the digits of a long one that no JavaScript number has. */
export const numberSql = (kind: DatabaseKind, stored: Expression<unknown>): RawBuilder<number | null> =>
  kind === 'postgres' ? sql`cast(${stored} as numeric)` : sql`cast(${stored} as real)`

/** Text that is ordered by code point. */
export const byCodePoint = (kind: DatabaseKind, text: Expression<unknown>): RawBuilder<string | null> =>
  kind === 'postgres' ? sql`(${text} collate "C")` : sql`${text}`

/** What `instantOf` (scim/instant.ts) makes of a dateTime that it accepts. */
export const instantSql = (kind: DatabaseKind, text: Expression<string | null>): RawBuilder<string | null> =>
  kind === 'postgres' ? postgresInstant(text) : sql`instant(${text})`

function postgresInstant(text: Expression<string | null>): RawBuilder<string | null> {
  const zone = sql`coalesce(substring(${text} from '(?:[zZ]|[+-][0-9:]{5})$'), 'Z')`
  const seconds = sql`to_char((left(${text}, 19) || ${zone})::timestamptz at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS')`
  const fraction = sql`coalesce(substring(${text} from '\\.([0-9]+)'), '')`
  const finer = sql`rtrim(substr(${fraction}, 4), '0')`
  return sql`(${seconds} || '.' || rpad(left(${fraction}, 3), 3, '0') || 'Z' || ${finer})`
}

/** An instant as it is compared with a time column; such a column is exact to the millisecond. */
export const timeOf = (kind: DatabaseKind, instant: string): RawBuilder<string> =>
  kind === 'postgres'
    ? // Whatever is finer lies between two milliseconds, and half-way is as good as anywhere there.
      sql`${instant.length > 24 ? `${instant.slice(0, 23)}5Z` : instant}::timestamptz`
    : sql`${instant}`

/** Every unique constraint by its name on PostgreSQL, with the columns by which SQLite reports it. */
export const uniqueConstraints = {
  organizations_pkey: 'organizations.id',
  organizations_slug_key: 'organizations.slug',
  projects_pk: 'projects.organization_id, projects.id',
  people_pkey: 'people.id',
  people_email_key: 'people.email',
  members_pk: 'members.organization_id, members.person_id',
  members_id_key: 'members.id',
  domains_pk: 'domains.organization_id, domains.id',
  domains_id_key: 'domains.id',
  domains_name_in_organization: 'domains.organization_id, domains.name',
  domains_verified_name: 'domains.name',
  scim_tokens_pk: 'scim_tokens.domain_id, scim_tokens.id',
  scim_tokens_digest_key: 'scim_tokens.digest',
  users_pk: 'users.domain_id, users.id',
  users_user_name: 'users.domain_id, users.user_name',
  former_users_pk: 'former_users.domain_id, former_users.user_id',
  user_emails_pk: 'user_emails.domain_id, user_emails.value, user_emails.user_id',
  groups_pk: 'groups.domain_id, groups.id',
  groups_display_name: 'groups.domain_id, groups.display_name',
  group_users_pk: 'group_users.domain_id, group_users.group_id, group_users.user_id',
  group_groups_pk: 'group_groups.domain_id, group_groups.group_id, group_groups.nested_id',
  resource_counts_pk: 'resource_counts.domain_id, resource_counts.kind, resource_counts.shard',
  scim_log_pk: 'scim_log.domain_id, scim_log.id',
  scim_quirks_pk: 'scim_quirks.domain_id, scim_quirks.name',
  sessions_pkey: 'sessions.id',
  sessions_digest_key: 'sessions.digest',
  api_keys_pk: 'api_keys.person_id, api_keys.id',
  api_keys_digest_key: 'api_keys.digest',
  invites_pk: 'invites.organization_id, invites.id',
  invites_digest_key: 'invites.digest',
  audit_pk: 'audit.organization_id, audit.id',
  audit_about_pk: 'audit_about.organization_id, audit_about.subject, audit_about.audit_id',
  jobs_pkey: 'jobs.id',
  integrations_pk: 'integrations.organization_id, integrations.id',
  integrations_vendor_id: 'integrations.organization_id, integrations.kind, integrations.integration_id',
  integrations_installation: 'integrations.kind, integrations.integration_id',
  legal_documents_pk: 'legal_documents.organization_id, legal_documents.id',
  legal_documents_type: 'legal_documents.organization_id, legal_documents.document_type',
  legal_documents_link_digest_key: 'legal_documents.link_digest',
  legal_documents_envelope_id_key: 'legal_documents.envelope_id',
  jobs_name_key: 'jobs.name, jobs.key',
  outbox_pkey: 'outbox.id',
  notices_pk: 'notices.domain_id, notices.name',
  idempotency_pk: 'idempotency.credential_id, idempotency.digest',
  setup_delegations_pkey: 'setup_delegations.person_id',
  first_run_pkey: 'first_run.id',
  operator_log_pkey: 'operator_log.id',
  set_up_links_pk: 'set_up_links.organization_id, set_up_links.id',
  set_up_links_digest_key: 'set_up_links.digest',
  events_pk: 'events.organization_id, events.id',
  scim_schemas_pk: 'scim_schemas.domain_id, scim_schemas.number',
  scim_schemas_urn: 'scim_schemas.domain_id, scim_schemas.urn',
  resources_pk: 'resources.domain_id, resources.type, resources.id',
  resource_keys_pk:
    'resource_keys.domain_id, resource_keys.schema_number, resource_keys.name, resource_keys.value',
  bulks_pk: 'bulks.domain_id, bulks.id',
  bulks_id_key: 'bulks.id',
  bulk_results_pk: 'bulk_results.domain_id, bulk_results.bulk_id, bulk_results.position',
  sign_in_requests_pk: 'sign_in_requests.domain_id, sign_in_requests.id',
  sign_in_requests_relay_digest_key: 'sign_in_requests.relay_digest',
  used_assertions_pk: 'used_assertions.domain_id, used_assertions.digest',
  identities_pk: 'identities.domain_id, identities.name_id',
  sign_ins_pk: 'sign_ins.domain_id, sign_ins.id',
  sign_in_links_pk: 'sign_in_links.person_id, sign_in_links.digest',
  sign_in_links_digest_key: 'sign_in_links.digest',
  application_codes_pkey: 'application_codes.digest',
  signing_keys_pk: 'signing_keys.purpose, signing_keys.generation',
  signing_keys_id_key: 'signing_keys.id',
  project_members_pk:
    'project_members.organization_id, project_members.project_id, project_members.person_id',
} as const

export type UniqueConstraint = keyof typeof uniqueConstraints

/** Whether a query failed because a row of the same key exists; with a name, whether it is that very constraint. */
export function isUniqueViolation(error: unknown, constraint?: UniqueConstraint): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  if (error.code === '23505') {
    return constraint === undefined || ('constraint' in error && error.constraint === constraint)
  }
  if (error.code !== 'SQLITE_CONSTRAINT_UNIQUE' && error.code !== 'SQLITE_CONSTRAINT_PRIMARYKEY') return false
  return constraint === undefined || error.message.endsWith(`failed: ${uniqueConstraints[constraint]}`)
}

/** Whether a query failed because the row that the new one belongs to is gone. */
export const isOrphan = (error: unknown): boolean =>
  codeOf(error) === '23503' || codeOf(error) === 'SQLITE_CONSTRAINT_FOREIGNKEY'

/**
 * Whether another transaction came in between and this one may well succeed when it runs again: after a deadlock, a
 * serialization failure, or an address that was free when it was looked up and has a person by now.
 */
export const isContention = (error: unknown): boolean =>
  codeOf(error) === '40P01' || codeOf(error) === '40001' || isUniqueViolation(error, 'people_email_key')

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined
