// The tables of how people sign in, in the same forms as the others (tables.ts).
import type { Generated } from 'kysely'

/** A sign-in that was sent to the identity provider and has not come back. */
export interface SignInRequestsTable {
  domain_id: string
  /** The ID of the AuthnRequest. */
  id: string
  /** Of the RelayState. */
  relay_digest: string
  /** Of the secret that the browser holds in a cookie. */
  binding_digest: string
  kind: 'sp' | 'test'
  /** Where the sign-in goes: a path of ours, or the URL of a registered application. */
  next: string
  created_at: string
  expires_at: string
  /** The AuthnRequest as it was made, before it was signed. */
  xml: string
}

/** Kept until the assertion could not be used any more anyway. */
interface UsedAssertionsTable {
  domain_id: string
  digest: string
  expires_at: string
}

/** The person whom a domain's identity provider calls by this NameID. */
interface IdentitiesTable {
  domain_id: string
  name_id: string
  person_id: string
  created_at: string
}

/** Every attempt to sign in through a domain's SAML. */
export interface SignInsTable {
  /** Whose the domain is. */
  organization_id: string
  domain_id: string
  id: string
  /** What the person was shown, and the request id in the server's own log. */
  trace_id: string
  created_at: string
  kind: 'sp' | 'idp' | 'test'
  outcome: 'accepted' | 'refused'
  code: string | null
  email: string | null
  name_id: string | null
  person_id: string | null
  /** JSON: [{name, outcome, expected, got, ms}]; old rows have no ms. */
  steps: string
  /** JSON: {name: [values]}; the values are masked unless it was a test. */
  attributes: string
  certificate_fingerprint: string | null
  idp_clock_offset_ms: number | null
  duration_ms: number
  ip: string | null
  /** Of tests and refusals, for seven days. */
  response_xml: string | null
  /** The request that it answers, where it is one of ours that waited. */
  request_id: string | null
  requested_at: string | null
  /** Of tests and refusals, for seven days. */
  request_xml: string | null
  /** JSON: what became of one that was accepted. */
  result: string | null
}

/** A link that signs its person in once: mailed to them, or given to an owner by the operator. */
export interface SignInLinksTable {
  person_id: string
  digest: string
  kind: 'email' | 'owner'
  next: string
  created_at: string
  expires_at: string
}

/** What an application exchanges, once and soon, for a token about the session. */
export interface ApplicationCodesTable {
  digest: string
  session_id: string
  application: string
  expires_at: string
}

/** The installation's own keys; the highest generation is the newest. */
export interface SigningKeysTable {
  /** `token` for ES256 tokens, `saml` for AuthnRequests and encrypted assertions. */
  purpose: 'token' | 'saml'
  generation: number
  id: string
  /** The private key, PEM. */
  sealed: string
  /** A JWK for tokens, a certificate for SAML. */
  public: string
  created_at: string
  /** It signs from then on; it is shown before that. */
  active_at: string
  /** It is shown, and decrypts, until then. */
  retires_at: string | null
}

/** Who has access to a project that is not open to the whole organization. */
export interface ProjectMembersTable {
  organization_id: string
  project_id: number
  person_id: string
  level: 'member' | 'admin'
  created_at: string
}

export interface SessionsTable {
  id: string
  digest: string
  person_id: string
  organization_id: string
  /** The domain whose SAML it came in through. */
  domain_id: string | null
  /** How it came about. */
  method: 'saml' | 'email' | 'owner'
  signed_in_at: string
  expires_at: string
  /** The organization that an operator has entered with it. */
  operating_in: Generated<string | null>
  /** Where it began. */
  ip: Generated<string | null>
  /** To the minute; null until its browser comes back. */
  last_seen_at: Generated<string | null>
}

export interface SignInTables {
  sessions: SessionsTable
  sign_in_requests: SignInRequestsTable
  used_assertions: UsedAssertionsTable
  identities: IdentitiesTable
  sign_ins: SignInsTable
  sign_in_links: SignInLinksTable
  application_codes: ApplicationCodesTable
  signing_keys: SigningKeysTable
  project_members: ProjectMembersTable
}
